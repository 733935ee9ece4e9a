"""A pooler in transaction mode on loopback, such as Odyssey or PgBouncer: statements go to sessions in turn.

It can also lose the answer to a statement that was carried out, or swallow it.
"""

from __future__ import annotations

import itertools
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_ENCRYPTION = (80877103, 80877104)  # SSLRequest, GSSENCRequest
_ENDS = b"QS"  # Query and Sync: here the server is to answer

Fate = Callable[[bytes], str]
"""What becomes of the answer to these messages: `told`, `lost` (the connection breaks) or `swallowed`."""


@contextmanager
def pooler(port: int, *, sessions: int = 2, fate: Fate = lambda _: "told") -> Iterator[int]:
    """Give the port of a pooler in front of the server at `port`. It fails a client that leaves a transaction open."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_let_in, args=(door, port, sessions, fate), daemon=True).start()
        yield door.getsockname()[1]


def _let_in(door: socket.socket, port: int, sessions: int, fate: Fate) -> None:
    with suppress(OSError):
        while True:
            client, _ = door.accept()
            threading.Thread(target=_serve, args=(client, port, sessions, fate), daemon=True).start()


def _serve(client: socket.socket, port: int, sessions: int, fate: Fate) -> None:
    servers = [socket.create_connection(("127.0.0.1", port)) for _ in range(sessions)]
    with suppress(OSError):
        start = _start(client)
        for server in servers:
            server.sendall(start)
        greetings = [_answer(server) for server in servers]
        client.sendall(greetings[0])
        for server in itertools.cycle(servers):
            asked = _until(client, _ENDS)
            server.sendall(asked)
            answer = _answer(server)
            assert answer[-1:] == b"I", "a transaction was left open"
            match fate(asked):
                case "lost":
                    break
                case "told":
                    client.sendall(answer)
    for each in (client, *servers):
        each.close()


def _start(client: socket.socket) -> bytes:
    while True:
        (length,) = struct.unpack("!i", _exactly(client, 4))
        body = _exactly(client, length - 4)
        if struct.unpack("!i", body[:4])[0] not in _ENCRYPTION:
            return struct.pack("!i", length) + body
        client.sendall(b"N")


def _answer(server: socket.socket) -> bytes:
    return _until(server, b"Z")  # ReadyForQuery; its last byte tells whether a transaction is open


def _until(end: socket.socket, kinds: bytes) -> bytes:
    read = b""
    while True:
        head = _exactly(end, 5)
        read += head + _exactly(end, struct.unpack("!i", head[1:])[0] - 4)
        if head[:1] in kinds:
            return read


def _exactly(end: socket.socket, count: int) -> bytes:
    read = b""
    while len(read) < count:
        part = end.recv(count - len(read))
        if not part:
            raise ConnectionResetError
        read += part
    return read
