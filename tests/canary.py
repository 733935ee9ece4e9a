"""A credential that no output may ever show: set for the whole suite, looked for in every byte that the suite produces.

The variables that ssops takes credentials from hold it from the start. What a test reads from its streams, what its
processes say and what it leaves in its folders is searched.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SECRET = "canary-5b1f9d0c7e"
"""Part of every credential of the suite."""

VARIABLES = (
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "GITHUB_TOKEN",
    "GITLAB_TOKEN",
    "PGPASSWORD",
    "SSOPS_API_KEY",
    "SSOPS_POSTGRES_PASSWORD",
    "YC_TOKEN",
)


class Shown(AssertionError):
    """A credential was shown."""


def look(said: object, where: str) -> None:
    """Raise Shown when a text or bytes hold a credential."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    if isinstance(text, str) and SECRET in text:
        place = text.index(SECRET)
        raise Shown(f"a credential stands in {where}: ...{text[max(0, place - 80) : place]}<here>")


def listen(patch: pytest.MonkeyPatch) -> None:
    """From here on search what tests read from their streams, and from the processes that they start."""
    for fixture in (pytest.CaptureFixture,):
        readouterr = fixture.readouterr

        def searched(self: Any, read: Any = readouterr) -> Any:
            found = read(self)
            look(found.out, "the output")
            look(found.err, "the error output")
            return found

        patch.setattr(fixture, "readouterr", searched)
    communicate = subprocess.Popen.communicate

    def heard(self: Any, *args: Any, **kwargs: Any) -> Any:
        found = communicate(self, *args, **kwargs)
        for part in found:
            look(part, f"what {self.args} said")
        return found

    patch.setattr(subprocess.Popen, "communicate", heard)


def left(folder: Path) -> Iterator[Path]:
    """Give the files below a folder that hold a credential."""
    if not folder.exists():
        return
    found = subprocess.run(["grep", "-rlaF", "--devices=skip", SECRET, str(folder)], capture_output=True, check=False)
    yield from (Path(line) for line in found.stdout.decode("utf-8", "surrogateescape").splitlines())
