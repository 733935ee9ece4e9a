"""What `ssops fmt` did or would do, as lines: files, differences, a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import unified_diff

from ssops.render.style import Line, Style, line
from ssops.render.words import counted

_NO_BREAK = "\\ No newline at end of file"
_STYLES = {"+": Style.GOOD, "-": Style.BAD, "@": Style.PLACE}


def diff(file: str, before: str, after: str) -> Iterator[Line]:
    """Give the difference of a file in the unified form that `patch` and `git apply` read; nothing for none."""
    shown = unified_diff(_lines(before), _lines(after), f"a/{file}", f"b/{file}", lineterm="")
    for number, text in enumerate(shown):
        style = Style.STRONG if number < 2 else _STYLES.get(text[0], Style.PLAIN)
        yield from (line((part, style)) for part in text.split("\n"))


def files(changed: Sequence[str]) -> Iterator[Line]:
    """List the files that are not, or were not, in canonical form."""
    return (line(("~ ", Style.CARE), file) for file in changed)


def verdict(*, changed: int, faulty: int, clean: int, is_written: bool) -> Line:
    """Say in one line how many files are in canonical form, were put into it, are not, or have faults."""
    parts = {
        "format.written" if is_written else "format.unwritten": changed,
        "format.faulty": faulty,
        "format.clean": clean,
    }
    said = [counted(id, count) for id, count in parts.items() if count]
    return line("; ".join(said or [counted("format.clean", 0)]))


def _lines(text: str) -> list[str]:
    """Split at LF only; the last line says when it has none."""
    lines = text.split("\n")
    return [*lines[:-1], f"{lines[-1]}\n{_NO_BREAK}"] if lines[-1] else lines[:-1]
