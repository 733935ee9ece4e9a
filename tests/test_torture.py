"""The short form of every figure of `make torture`, on files: a few cases each, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
FIGURES = ("kills", "repeated", "disk", "signals", "lost", "chaos", "races", "flips", "economy")


@pytest.mark.parametrize("names", [FIGURES[:3], FIGURES[3:5], FIGURES[5:]], ids=", ".join)
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
