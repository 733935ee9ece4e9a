"""Contents of files by object id, out of one `git cat-file` for the whole run."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import IO, NamedTuple, Self

from ssops.errors import Conflict
from ssops.git.process import Git, fault
from ssops.model import message

_AT_ONCE = 50
"""Ids asked before the answers are read: few enough to fit the smallest pipe, so that neither side waits forever."""

_CLOSE_S = 5.0
_SKIPPED_BYTES = 1024 * 1024


class Blob(NamedTuple):
    """The content of a file, cut where it is too long, and its whole size in bytes."""

    data: bytes
    size: int


class Blobs:
    """Gives blobs; opened as a context, which ends the process. `most` is how many bytes of one are given."""

    def __init__(self, git: Git, most: int) -> None:
        self._git = git
        self._most = most
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        process = self._process
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            process.wait(_CLOSE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def read(self, oids: Sequence[str]) -> Iterator[Blob]:
        """Give the contents in this order, what is longer than `most` cut.

        Raises Conflict (`base_missing`) for an object that this clone does not have, GitFault when git ends.
        """
        for start in range(0, len(oids), _AT_ONCE):
            chunk = oids[start : start + _AT_ONCE]
            send, answers = self._pipes()
            try:
                send.write("".join(f"{oid}\n" for oid in chunk).encode())
                send.flush()
            except OSError as error:
                raise _missing(chunk[0]) from error
            for oid in chunk:
                yield self._answer(answers, oid)

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            self._process = self._started()
        send, answers = self._process.stdin, self._process.stdout
        if send is None or answers is None:
            raise fault("cat-file")
        return send, answers

    def _started(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603 - a program found by an absolute path; no shell
                self._git.command("cat-file", "--batch"),
                cwd=self._git.folder,
                env=dict(self._git.environ),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise fault(error.strerror or type(error).__name__) from error

    def _answer(self, answers: IO[bytes], oid: str) -> Blob:
        head = answers.readline().split()
        if len(head) != 3 or head[0] != oid.encode():
            raise _missing(oid)
        size = int(head[2])
        data = answers.read(min(size, self._most))
        left = size - len(data) + 1  # a line break ends every answer
        while left:
            skipped = answers.read(min(left, _SKIPPED_BYTES))
            if not skipped:
                raise _missing(oid)
            left -= len(skipped)
        return Blob(data, size)


def _missing(oid: str) -> Conflict:
    return Conflict("base_missing", message("git.object_missing", oid=oid), message("git.object_missing.hint"))
