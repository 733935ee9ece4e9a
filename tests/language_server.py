"""The real yaml-language-server, driven as an editor drives it: JSON-RPC over its standard input and output."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from pathlib import Path
from typing import Any, Self

TIMEOUT_S = 60.0

SETTINGS = {
    "yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}},
    "http": {"proxy": "http://127.0.0.1:9", "proxyStrictSSL": True},
}
"""No catalogue of schemas is fetched: all that the server knows of a file is the schema that its first line names."""


class LanguageServer:
    """One server for one folder. Every wait ends after `TIMEOUT_S`."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self._process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._came: queue.Queue[dict[str, Any]] = queue.Queue()
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._last = 0
        threading.Thread(target=self._listen, daemon=True).start()
        self._folder = folder

    def __enter__(self) -> Self:
        root = {"uri": self._folder.as_uri(), "name": "root"}
        capabilities = {"textDocument": {"hover": {"contentFormat": ["markdown"]}}}
        about = {"processId": None, "rootUri": root["uri"], "workspaceFolders": [root], "capabilities": capabilities}
        self.ask("initialize", about)
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": SETTINGS})
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait(TIMEOUT_S)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def diagnostics(self, path: Path) -> list[dict[str, Any]]:
        """Open a file and give what the server says of it."""
        uri, text = path.as_uri(), path.read_text(encoding="utf-8")
        self._diagnostics.pop(uri, None)
        self._tell(
            "textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}}
        )
        while uri not in self._diagnostics:
            self._take()
        return self._diagnostics[uri]

    def hover(self, path: Path, line: int, character: int) -> str:
        """Give the text shown over a place of an open file; lines and characters count from 0."""
        found = self.ask("textDocument/hover", _place(path, line, character))
        return "" if found is None else str(found["contents"]["value"])

    def completion(self, path: Path, line: int, character: int) -> list[str]:
        """Give what is offered at a place of an open file."""
        found = self.ask("textDocument/completion", _place(path, line, character))
        return [item["label"] for item in (found["items"] if isinstance(found, dict) else found)]

    def ask(self, method: str, params: Any) -> Any:
        """Send a request and give its result."""
        self._last += 1
        number = self._last
        self._send({"id": number, "method": method, "params": params})
        while True:
            came = self._take()
            if came.get("id") == number and "method" not in came:
                assert "error" not in came, came
                return came.get("result")

    def _take(self) -> dict[str, Any]:
        """Wait for the next message; requests of the server are answered, diagnostics kept."""
        came = self._came.get(timeout=TIMEOUT_S)
        method = came.get("method")
        if method == "textDocument/publishDiagnostics":
            self._diagnostics[came["params"]["uri"]] = came["params"]["diagnostics"]
        elif method == "workspace/configuration":
            asked = [SETTINGS.get(item.get("section"), {}) for item in came["params"]["items"]]
            self._send({"id": came["id"], "result": asked})
        elif method is not None and "id" in came:
            self._send({"id": came["id"], "result": None})
        return came

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, body: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **body}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while True:
            length = 0
            while (line := stream.readline()) not in (b"\r\n", b""):
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                return
            self._came.put(json.loads(stream.read(length)))


def _place(path: Path, line: int, character: int) -> dict[str, Any]:
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": character}}
