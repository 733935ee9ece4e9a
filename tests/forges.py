"""GitHub and GitLab on this machine: the few calls that a comment needs, with the habits of the real ones.

Lists come in pages with `Link`, a comment belongs to the author of the token, GitLab lets only authors edit and encodes
the project's path, a comment that is too long is refused. `plan_answers` puts answers before the real ones.
"""

from __future__ import annotations

import json
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

LONGEST = 65_536


class Seen(NamedTuple):
    """One request as it came in."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True)
class Answer:
    """One answer; `drop` closes the connection instead."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    drop: bool = False
    after: Callable[[], None] | None = None  # called before the answer is sent: what another run does meanwhile


@dataclass
class Forge:
    """A platform with one request, number 12 of acme/speech. `users` maps tokens to who they stand for."""

    users: dict[str, dict[str, Any]]
    comments: list[dict[str, Any]] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    answers: deque[tuple[str, Answer]] = field(default_factory=deque)
    url: str = ""
    page: int = 100

    def plan_answers(self, *answers: Answer, method: str = "") -> None:
        """Answer the next requests (of this method) like this."""
        self.answers.extend((method, answer) for answer in answers)

    def calls(self, *methods: str) -> list[str]:
        """Give the calls so far, as `METHOD path`."""
        return [f"{s.method} {urlsplit(s.path).path}" for s in self.seen if not methods or s.method in methods]

    def bodies(self) -> list[str]:
        return [comment["body"] for comment in self.comments]

    def add(self, body: str, user: dict[str, Any], **more: Any) -> int:
        """Put a comment there as somebody; give its id."""
        id = 1000 + len(self.comments)
        self.comments.append({"id": id, "body": body, self.author: user, **more})
        return id

    author = "user"

    def user_of(self, headers: Mapping[str, str]) -> dict[str, Any] | None:
        raise NotImplementedError

    def answer(self, seen: Seen) -> Answer:
        raise NotImplementedError

    def listed(self, path: str) -> Answer:
        asked = {name: values[-1] for name, values in parse_qs(urlsplit(path).query).items()}
        size, number = min(self.page, int(asked.get("per_page", 20))), int(asked.get("page", 1))
        rows = self.comments[(number - 1) * size : number * size]
        links = {}
        if number * size < len(self.comments):
            plain = re.sub(r"&page=\d+", "", path)
            links = {"Link": f'<{self.url}{plain}&page={number + 1}>; rel="next", <{self.url}{plain}>; rel="first"'}
        return Answer(200, rows, links)

    def written(self, id: int | None, body: Any, user: dict[str, Any]) -> Answer:
        text = body["body"]
        if len(text) > LONGEST:
            return Answer(422, {"message": "Validation Failed"})
        if id is None:
            self.add(text, user)
            return Answer(201, self.comments[-1])
        found = next((one for one in self.comments if one["id"] == id), None)
        if found is None:
            return Answer(404, {"message": "Not Found"})
        if found[self.author]["id"] != user["id"] and self.author == "author":
            return Answer(403, {"message": "403 Forbidden"})
        found["body"] = text
        return Answer(200, found)


class GitHub(Forge):
    """api.github.com. A user of type Bot stands for the token of a workflow, which may not ask who it is."""

    LIST = "/repos/acme/speech/issues/12/comments"

    def user_of(self, headers: Mapping[str, str]) -> dict[str, Any] | None:
        scheme, _, token = headers.get("Authorization", "").partition(" ")
        return self.users.get(token) if scheme == "Bearer" else None

    def answer(self, seen: Seen) -> Answer:
        user, path = self.user_of(seen.headers), urlsplit(seen.path).path
        if user is None:
            return Answer(401, {"message": "Bad credentials"})
        if path == "/user":
            forbidden = Answer(403, {"message": "Resource not accessible by integration"})
            return forbidden if user["type"] == "Bot" else Answer(200, user)
        if path == self.LIST:
            return self.listed(seen.path) if seen.method == "GET" else self.written(None, seen.body, user)
        if seen.method == "PATCH" and (found := re.fullmatch(r"/repos/acme/speech/issues/comments/(\d+)", path)):
            return self.written(int(found[1]), seen.body, user)
        return Answer(404, {"message": "Not Found"})


class GitLab(Forge):
    """gitlab.com/api/v4."""

    LIST = "/api/v4/projects/acme%2Fspeech/merge_requests/12/notes"
    author = "author"

    def user_of(self, headers: Mapping[str, str]) -> dict[str, Any] | None:
        return self.users.get(headers.get("PRIVATE-TOKEN") or headers.get("JOB-TOKEN") or "")

    def answer(self, seen: Seen) -> Answer:
        user, path = self.user_of(seen.headers), urlsplit(seen.path).path
        if user is None:
            return Answer(401, {"message": "401 Unauthorized"})
        if path == "/api/v4/user" and "JOB-TOKEN" not in seen.headers:
            return Answer(200, user)
        if path == self.LIST:
            return self.listed(seen.path) if seen.method == "GET" else self.written(None, seen.body, user)
        if seen.method == "PUT" and (found := re.fullmatch(rf"{self.LIST}/(\d+)", path)):
            return self.written(int(found[1]), seen.body, user)
        return Answer(404, {"message": "404 Not Found"})


@contextmanager
def serving(forge: Forge) -> Iterator[None]:
    """Let a platform answer on a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet

        def log_message(self, *_: Any) -> None:
            pass

        def respond(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            seen = Seen(self.command, self.path, dict(self.headers.items()), body)
            forge.seen.append(seen)
            self.send(planned(seen) or forge.answer(seen))

        do_GET = do_POST = do_PATCH = do_PUT = respond  # noqa: N815

        def send(self, answer: Answer) -> None:
            if answer.after is not None:
                answer.after()
            if answer.drop:
                self.close_connection = True
                return
            data = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(data)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)
            self.wfile.flush()

    def planned(seen: Seen) -> Answer | None:
        if forge.answers and forge.answers[0][0] in ("", seen.method):
            return forge.answers.popleft()[1]
        return None

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        forge.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join(timeout=10)
