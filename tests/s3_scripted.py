"""A small S3 server that can misbehave: it lies about conditions, loses answers, stalls, says no, or talks nonsense."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum, auto
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from ssops.state import s3
from ssops.state.base import StateStore
from ssops.state.s3 import credentials
from ssops.state.s3.client import Patience

BUCKET = "ssops-state"
TOKEN = "t1.canary-Token-0123456789"
KEY = {credentials.KEY_ID: "AKIDCANARY", credentials.SECRET: "canary/Secret+0123", credentials.SESSION: "canaryS=="}


class Lie(StrEnum):
    """What a server that cannot be trusted does."""

    ALL = auto()  # ignores all conditions
    FIRST = auto()  # ignores If-None-Match
    MATCH = auto()  # ignores If-Match
    NEVER = auto()  # meets no condition
    LATE = auto()  # shows what was there before the last write


@dataclass(frozen=True, slots=True)
class Say:
    """Answer this instead of the truth."""

    status: int
    code: str = ""
    said: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """Hang up without an answer, before or after doing what was asked."""

    is_done: bool


@dataclass(frozen=True, slots=True)
class Stall:
    """Say nothing for so long, then hang up."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Raw:
    """Send these bytes and hang up."""

    data: bytes


Step = Say | Drop | Stall | Raw | None


@dataclass(slots=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


class Server(ThreadingHTTPServer):
    """Objects in memory. The next requests meet the steps of `script`, in order; None is an honest answer.

    `always` is met by every request when the script is over; `ahead_s` is how far its clock is ahead.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.before: dict[str, bytes] = {}
        self.script: list[Step] = []
        self.always: Step = None
        self.seen: list[Request] = []
        self.connections = 0
        self.lie: Lie | None = None
        self.ahead_s = 0.0
        self.dated = True
        self.skew_s: float | None = None
        self.guard = threading.Lock()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def methods(self) -> list[str]:
        """Give the methods of all requests until now."""
        return [request.method for request in self.seen]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hung up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def setup(self) -> None:
        super().setup()
        with self.server.guard:
            self.server.connections += 1

    def log_message(self, format: str, *args: Any) -> None: ...

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string((timestamp or time.time()) + self.server.ahead_s)

    def send_response(self, code: int, message: str | None = None) -> None:
        self.send_response_only(code, message)
        if self.server.dated:
            self.send_header("Date", self.date_time_string())

    def do(self) -> None:
        at = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(at.query).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        with self.server.guard:
            self.server.seen.append(Request(self.command, at.path, query, headers))
            step = self.server.script.pop(0) if self.server.script else self.server.always
            if not isinstance(step, Drop) or step.is_done:
                honest = self._listed(query) if query else self._answer(at.path, headers, body, step)
        match step:
            case Say():
                self._say(step)
            case Drop():
                self.close_connection = True
            case Stall():
                time.sleep(step.seconds)
                self.close_connection = True
            case Raw():
                self.wfile.write(step.data)
                self.close_connection = True
            case None:
                self._say(honest)

    do_GET = do_HEAD = do_PUT = do_DELETE = do  # noqa: N815 - what http.server calls

    def _say(self, step: Say) -> None:
        error = f"<Error><Code>{step.code}</Code><Message>{escape(step.said)}</Message></Error>" if step.code else ""
        body = error.encode() if step.body is None else step.body
        self.send_response(step.status)
        for name, value in step.headers.items():
            self.send_header(name, value)
        if step.status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _answer(self, path: str, headers: Mapping[str, str], body: bytes, step: Step) -> Say:
        server = self.server
        if server.skew_s is not None and abs(_told(headers) - time.time() - server.ahead_s) > server.skew_s:
            return Say(403, "RequestTimeTooSkewed", "The difference is too large")
        if not path.startswith(f"/{BUCKET}/"):
            return Say(404, "NoSuchBucket", "The specified bucket does not exist")
        if isinstance(step, Say | Stall | Raw):
            return step if isinstance(step, Say) else Say(500)
        there = server.objects.get(path)
        match self.command:
            case "PUT":
                if not self._may(headers, there):
                    return Say(412, "PreconditionFailed", "At least one of the conditions did not hold")
                server.before[path] = there if there is not None else body
                server.objects[path] = body
                return Say(200, headers={"ETag": _etag(body)})
            case "DELETE":
                server.objects.pop(path, None)
                return Say(204)
            case _ if there is None:
                return Say(404, "NoSuchKey", "The specified key does not exist")
            case _:
                shown = server.before[path] if server.lie is Lie.LATE else there
                return Say(200, headers={"ETag": _etag(shown)}, body=shown)

    def _may(self, headers: Mapping[str, str], there: bytes | None) -> bool:
        lie = self.server.lie
        first, match = headers.get("if-none-match"), headers.get("if-match")
        if lie is Lie.ALL or (lie is Lie.FIRST and first) or (lie is Lie.MATCH and match):
            return True
        if match is not None:
            return there is not None and match == _etag(there) and lie is not Lie.NEVER
        return there is None or first is None

    def _listed(self, query: Mapping[str, str]) -> Say:
        prefix, most = query.get("prefix", ""), int(query.get("max-keys", 1000))
        keys = sorted(path.removeprefix(f"/{BUCKET}/") for path in self.server.objects)
        right = [key for key in keys if key.startswith(prefix) and "/" not in key[len(prefix) :]]
        after = query.get("continuation-token", "")
        page = [key for key in right if key > after][:most]
        is_more = bool(page) and page[-1] != right[-1]
        token = f"<NextContinuationToken>{page[-1]}</NextContinuationToken>" if is_more else ""
        listed = "".join(f"<Contents><Key>{escape(key)}</Key></Contents>" for key in page)
        body = f"<IsTruncated>{str(is_more).lower()}</IsTruncated>{token}{listed}"
        space = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
        return Say(200, body=f"<ListBucketResult {space}>{body}</ListBucketResult>".encode())


def _etag(body: bytes) -> str:
    return f'"{md5(body, usedforsecurity=False).hexdigest()}"'


def _told(headers: Mapping[str, str]) -> float:
    return datetime.strptime(headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Run a server until the end, over TLS where there is a certificate for it."""
    server = Server()
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def opened(server: Server, patience: Patience | None = None, **section: Any) -> Iterator[StateStore]:
    """Open a store on a server, with the token unless `auth` says otherwise; tries follow at once."""
    place = {"bucket": BUCKET, "endpoint": server.endpoint, "auth": "iam", "prefix": "team"} | section
    environ = {credentials.TOKEN: TOKEN, **KEY}
    store = s3.open(place, environ, patience or Patience(sleep=lambda _: None, read_s=5))
    try:
        yield store
    finally:
        store.close()
