"""The short form of every figure of `make torture`, on files: a few cases each, in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
HERE = [("kills", "repeated", "lost"), ("chaos", "races", "flips", "economy")]
TRACED = pytest.param(
    ("disk", "signals"), marks=pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
)


@pytest.mark.parametrize("names", [*HERE, TRACED], ids=", ".join)
def test_torture_when_short_then_every_figure_is_met(names: tuple[str, ...]) -> None:
    only = [word for name in names for word in ("--only", name)]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])}

    done = subprocess.run(
        [sys.executable, "-m", "torture", "--short", "--stores", "file", *only],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("  yes") >= len(names)
