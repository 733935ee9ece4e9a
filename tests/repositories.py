"""Git repositories for tests: made in a folder, with nothing of this machine's configuration in them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from ssops.cli import boundary

TIMEOUT_S = 60.0

ENVIRON = {
    "PATH": os.environ["PATH"],
    "HOME": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z",
}

CONFIG = "version: 1\norganization: bpfexample0000000001\nmanifests: [m]\n"
SPACE = "version: 1\nkind: space\nref: {ref}\nname: Space {ref}\n"
CONNECTION = """\
version: 1
kind: connection
ref: {ref}
space: sales
name: {name}
data_type: chat
agent: {{}}
customer: {{}}
shared: {{}}
"""


def git(folder: Path, *arguments: str, environ: Mapping[str, str] = ENVIRON, data: bytes | None = None) -> str:
    """Run git and give what it says. Raises CalledProcessError."""
    done = subprocess.run(
        ["git", "-c", "protocol.file.allow=always", *arguments],
        cwd=folder,
        env=dict(environ),
        input=data,
        capture_output=True,
        check=True,
        timeout=TIMEOUT_S,
    )
    return done.stdout.decode("utf-8", "surrogateescape").strip()


def made(folder: Path) -> Path:
    """Make an empty repository on the branch `main`."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    return folder


def write(folder: Path, texts: Mapping[str, str | bytes | None]) -> None:
    """Write files, or remove those that are None."""
    for name, text in texts.items():
        path = folder / name
        if text is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def commit(folder: Path, texts: Mapping[str, str | bytes | None] | None = None) -> str:
    """Write files, commit all that is there, and give the commit."""
    write(folder, texts or {})
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "x")
    return git(folder, "rev-parse", "HEAD")


def small(folder: Path) -> Path:
    """Make a repository with a space and a connection on `main`, and a branch `feature` checked out."""
    made(folder)
    commit(
        folder,
        {
            "ssops.yaml": CONFIG,
            "m/sales.yaml": SPACE.format(ref="sales"),
            "m/pbx.yaml": CONNECTION.format(ref="pbx", name="Office"),
        },
    )
    git(folder, "checkout", "--quiet", "-b", "feature")
    return folder


def run(*arguments: str) -> int:
    """Run one command line of ssops."""
    return boundary.run(arguments)
