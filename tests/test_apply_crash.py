"""An apply killed at any file operation is finished by the next one, with nothing made twice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from crash_apply import WISHES, apply
from fakes import FakeService, now

from ssops.state import recorded
from ssops.state.file import FileStore

SCRIPT = Path(__file__).with_name("crash_apply.py")
STEP = int(os.environ.get("SSOPS_CRASH_STEP", "7"))  # 1 tries every point
EXPECTED = sorted(str(spec["name"]) for spec in WISHES["second"].values())


def run(folder: Path, *words: str, before: tuple[str, ...] = ()) -> int:
    command = [*before, sys.executable, "-B", str(SCRIPT), str(folder), "second", *words]
    environment = {**os.environ, "PYTHONPATH": str(SCRIPT.parent.parent)}
    return subprocess.run(command, check=False, capture_output=True, env=environment).returncode


def prepared(folder: Path) -> Path:
    folder.mkdir()
    apply(folder, "first")
    return folder


def verdict(folder: Path) -> tuple[list[str], int, int, int]:
    """Apply again, then tell: names that are live, pending operations, marked runs, calls of a further apply."""
    apply(folder, "second")
    state = recorded.read(FileStore(folder / "state", now))
    names = sorted(row.name for row in FakeService(folder / "service.json").rows())
    return names, len(state.pending), len(state.runs), apply(folder, "second")


def test_apply_when_killed_before_a_file_operation_then_the_next_converges(tmp_path: Path) -> None:
    base = prepared(tmp_path / "base")
    wrong = {}
    killed = 0

    for point in range(1, 1000, STEP):
        folder = shutil.copytree(base, tmp_path / str(point))
        code = run(folder, str(point))
        if (found := verdict(folder)) != (EXPECTED, 0, 0, 0):
            wrong[point] = found
        if code == 0:
            break
        assert code == -signal.SIGKILL
        killed += 1

    assert (wrong, killed * STEP > 100) == ({}, True)


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize(
    ("call", "error", "when"),
    [(call, "signal=SIGKILL", "{}") for call in ("write", "fsync", "flock", "rename")]
    + [(call, "error=ENOSPC", "{}+") for call in ("write", "fsync")],
    ids=lambda value: value.partition("=")[2] or value,
)
def test_apply_when_struck_at_system_calls_then_the_next_converges(
    tmp_path: Path, call: str, error: str, when: str
) -> None:
    base = prepared(tmp_path / "base")
    wrong = {}
    struck = 0

    for point in range(1, 1000, STEP):
        folder = shutil.copytree(base, tmp_path / str(point))
        inject = f"inject={call}:{error}:when={when.format(point)}"
        code = run(folder, before=("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject))
        if (found := verdict(folder)) != (EXPECTED, 0, 0, 0):
            wrong[point] = found
        if code == 0:
            break
        struck += 1

    assert (wrong, struck > 0) == ({}, True)
