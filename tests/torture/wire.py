"""A wire between an apply and its store: it counts the answers, and cuts the connection instead of giving one."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_CHUNK = 1 << 16


class Wire:
    """Passes everything on until the `cut`-th answer, 0 for never: the store has done its work, and nobody hears of it.

    An answer is what the server says after it was asked something, on any connection; it works for every protocol in
    which one side speaks at a time.
    """

    def __init__(self, port: int, cut: int) -> None:
        self.answers = 0
        self._port = port
        self._cut = cut
        self._mutex = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]

    @property
    def is_cut(self) -> bool:
        """Tell whether the answer was there to be lost."""
        return 0 < self._cut <= self.answers

    def serve(self) -> None:
        """Let connections in until the door is closed."""
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _pass_on(self, client: socket.socket) -> None:
        with client, suppress(OSError), socket.create_connection(("127.0.0.1", self._port)) as server:
            is_asked = False
            while True:
                for ready in select.select([client, server], [], [])[0]:
                    data = ready.recv(_CHUNK)
                    if not data:
                        return
                    if ready is client:
                        is_asked = True
                        server.sendall(data)
                    elif is_asked and self._is_lost():
                        return
                    else:
                        is_asked = False
                        client.sendall(data)

    def _is_lost(self) -> bool:
        with self._mutex:
            self.answers += 1
            return self.answers == self._cut


@contextmanager
def wire(port: int, cut: int = 0) -> Iterator[Wire]:
    """Give a wire to the server at `port` of this machine."""
    laid = Wire(port, cut)
    thread = threading.Thread(target=laid.serve, daemon=True)
    thread.start()
    try:
        yield laid
    finally:
        laid.close()
        thread.join()
