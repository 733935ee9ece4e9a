"""Reads the CI files and runs their steps here, as the platforms would."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
TIMEOUT_S = 60.0

Done = subprocess.CompletedProcess[str]

_EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")
_VARIABLE = re.compile(r"\$(\w+)")


def read(path: Path) -> dict[str, Any]:
    """Read a YAML file with every scalar as the text it is: `on` stays `on`."""
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return found


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", "-c", "init.defaultBranch=main")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True, timeout=TIMEOUT_S
    )
    return done.stdout


def executable(name: str) -> Path:
    """Give a program of the environment that runs the tests."""
    return Path(sys.executable).parent / name


class Platform(HTTPServer):
    """Both APIs as far as a first comment goes: nothing is there, everything may be written."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.written: list[tuple[str, str]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Platform

    def do_GET(self) -> None:
        self._answer(200, {"id": 3, "username": "ssops"} if self.path.endswith("/user") else [])

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.written.append((self.path, body["body"]))
        self._answer(201, {"id": 1, "body": body["body"], "user": {"id": 3}, "author": {"id": 3}, "system": False})

    def _answer(self, status: int, document: Any) -> None:
        data = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        return


@dataclass
class Runner:
    """One job: a folder with the checkout, a folder beside it, and what steps hand on to later ones."""

    checkout: Path
    temp: Path
    variables: dict[str, str]
    outputs: dict[str, str] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        return (self.temp / "summary").read_text(encoding="utf-8")

    def github(
        self, step: Mapping[str, Any], values: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a step of a workflow; `values` are those of its expressions."""
        known = {"runner.temp": str(self.temp), **(values or {})}
        given = {name: _EXPRESSION.sub(lambda m: known[m[1]], text) for name, text in step.get("env", {}).items()}
        (self.temp / "output").write_text("")
        own = {
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(self.temp / "output"),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
        }
        done = self._run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], {**own, **given})
        lines = (self.temp / "output").read_text().splitlines()
        self.outputs |= dict(line.split("=", 1) for line in lines)
        return done

    def gitlab(self, job: Mapping[str, Any], variables: Mapping[str, str]) -> Done:
        """Run the script of a job, which the shell reads as one; `variables` may name each other."""
        known = {**self.variables, **variables}
        given = {name: _VARIABLE.sub(lambda m: known[m[1]], text) for name, text in variables.items()}
        return self._run(["sh", "-e", "-c", "\n".join(job["script"])], given)

    def _run(self, command: list[str], variables: Mapping[str, str]) -> Done:
        clean = {"PATH": f"{executable('')}:{os.environ['PATH']}", "HOME": str(self.temp), "LANG": "C.UTF-8"}
        return subprocess.run(
            command,
            cwd=self.checkout,
            env={**clean, **self.variables, **variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=TIMEOUT_S,
        )
