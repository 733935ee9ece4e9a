"""Where a run speaks: results on stdout, everything else on stderr, reports in files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import get_terminal_size
from tempfile import NamedTemporaryFile
from types import MappingProxyType
from typing import TextIO

from ssops.cli.settings import Settings
from ssops.render.style import Line, Style, line, paint
from ssops.render.words import sentence

NARROWEST = 40
"""Cells below which wrapping would only do harm."""

Lines = Callable[[], Iterable[Line]]
Document = Callable[[], str]
Documents = Mapping[str, Document]

_NO_DOCUMENTS: Documents = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Output:
    """The streams of one run."""

    settings: Settings

    @property
    def is_json(self) -> bool:
        """Whether stdout carries one JSON document and nothing else."""
        return self.settings.format == "json"

    def result(
        self, lines: Lines, document: Document, *, others: Documents = _NO_DOCUMENTS, is_code: bool = False
    ) -> None:
        """Print the result in the format asked for and write every report; lines of code are never wrapped.

        `others` are the documents of the formats that only this command has.
        """
        self.report(lines, document, others)  # first: where one fails, stdout is left to the document that says so
        documents = {"json": document, **others}
        if self.settings.format in documents:
            write(sys.stdout, documents[self.settings.format]())
        elif is_code:
            write(sys.stdout, paint(lines(), colour=self._has_colour(sys.stdout)))
        else:
            self.show(lines())

    def show(self, lines: Iterable[Line]) -> None:
        """Print text for people: on stdout, or on stderr where stdout carries JSON."""
        stream = sys.stderr if self.is_json else sys.stdout
        write(stream, paint(lines, colour=self._has_colour(stream), columns=columns(stream)))

    def talk(self, *lines: Line) -> None:
        """Say on stderr what is not a result; not under --quiet."""
        if not self.settings.quiet:
            write(sys.stderr, paint(lines, colour=self._has_colour(sys.stderr), columns=columns(sys.stderr)))

    def complain(self, said: str) -> None:
        """Say on stderr what went wrong although the result stands; also under --quiet."""
        head = line((sentence("error.head"), Style.BAD), f" {said}")
        write(sys.stderr, paint([head], colour=self._has_colour(sys.stderr), columns=columns(sys.stderr)))

    def report(self, lines: Lines, document: Document, others: Documents = _NO_DOCUMENTS) -> None:
        """Write the files that --report asked for. Raises OSError."""
        documents = {"json": document, **others}
        for format, path in self.settings.reports:
            replace(path, documents[format]() if format in documents else paint(lines(), colour=False))

    def _has_colour(self, stream: TextIO) -> bool:
        return has_colour(stream, no_color=self.settings.no_color)


def has_colour(stream: TextIO, *, no_color: bool) -> bool:
    """Say whether a stream is to be coloured: a terminal that can, and nobody said no."""
    return stream.isatty() and not no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns(stream: TextIO) -> int | None:
    """Give the cells of a line of the terminal, None for a file or a pipe: their lines are never wrapped."""
    return max(NARROWEST, get_terminal_size().columns) if stream.isatty() else None


def prepare() -> None:
    """Make the standard streams say the same bytes everywhere; what an old terminal cannot show becomes an escape."""
    _reopen_closed()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = None if stream.isatty() else "utf-8"
            reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")


def _reopen_closed() -> None:
    """Send to nowhere what a shell has closed: its number would go to the next file that is opened, a service's."""
    for descriptor, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != descriptor:
                os.dup2(opened, descriptor)
                os.close(opened)
            setattr(sys, name, os.fdopen(descriptor, mode, encoding="utf-8", closefd=False))


def write(stream: TextIO, text: str) -> None:
    """Write and flush. A reader that has gone away, as `head` does, is no fault. Raises OSError for a full disk."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _silence(stream)


def write_bytes(stream: TextIO, data: bytes) -> None:
    """Write a document to the byte, whatever the stream makes of text; else as `write`."""
    try:
        stream.flush()
        stream.buffer.write(data)
        stream.flush()
    except BrokenPipeError:
        _silence(stream)


def finish() -> None:
    """Give up what could not be written: the interpreter would try once more at its end, and spoil the exit code."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _silence(stream)


def _silence(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def replace(path: Path, text: str) -> None:
    """Put a whole file in place at once, or leave what was there. Raises OSError naming `path`."""
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8", newline="\n")  # a pipe or a device cannot be replaced
        else:
            _replace(path, text)
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, str(path)) from fault


def _replace(path: Path, text: str) -> None:
    folder = path.absolute().parent
    with NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=folder, prefix=".", delete=False) as file:
        made = Path(file.name)
        try:
            file.write(text)
            file.flush()
            mask = os.umask(0)
            os.umask(mask)
            made.chmod(0o666 & ~mask)
            made.replace(path)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
