"""Streams, files and numbers as a shell or a prankster hands them over: closed, full, endless, not a number."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ssops.cli import boundary

TIMEOUT_S = 30
SSOPS = f"{sys.executable} -m ssops"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    assert boundary.run(["init", "--quiet", str(folder)]) == 0
    return folder


def shell(folder: Path, line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a shell line as a user has it: buffered, with a cache of its own."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env={**kept, "SSOPS_CACHE_DIR": str(folder / ".cache"), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_S,
    )


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(("arguments", "code"), [("--version", 0), ("plan", 0), ("plan --bogus", 64), ("apply", 64)])
def test_streams_when_closed_then_the_verdict_stays(repository: Path, arguments: str, code: int, closed: str) -> None:
    done = shell(repository, f"{SSOPS} {arguments} {closed}")

    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert "fault in ssops" not in done.stderr


@pytest.mark.parametrize("arguments", ["--version", "plan", "plan --format json", "plan --help", "schema plan"])
def test_stdout_when_full_then_1_and_stderr_says_so(repository: Path, arguments: str) -> None:
    done = shell(repository, f"{SSOPS} {arguments} >/dev/full")

    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "error: no space left on device"
    assert "Exception ignored" not in done.stderr


def test_version_when_the_reader_is_gone_then_0(repository: Path) -> None:
    done = shell(repository, f"set -o pipefail; (sleep 0.2; {SSOPS} --version) | true")

    assert (done.returncode, done.stderr) == (0, "")


def test_stderr_when_full_then_the_verdict_stays(repository: Path) -> None:
    assert shell(repository, f"{SSOPS} plan --bogus 2>/dev/full").returncode == 64


@pytest.mark.parametrize("file", ["/dev/zero", "pipe"])
@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        ("apply {}", 6, "plan_invalid"),
        ("plan --config {}", 4, "invalid_manifest"),
        ("validate --config {}", 4, None),
    ],
    ids=["apply", "plan", "validate"],
)
def test_file_when_endless_or_silent_then_it_is_refused_at_once(
    repository: Path, arguments: str, code: int, reason: str | None, file: str
) -> None:
    os.mkfifo(repository / "pipe")

    done = shell(repository, f"ulimit -v 2000000; {SSOPS} {arguments.format(file)} --format json")

    assert done.returncode == code
    document = json.loads(done.stdout)
    assert document.get("error", {}).get("reason") == reason


def test_plan_file_when_it_is_a_folder_then_1_and_it_is_named(repository: Path) -> None:
    done = shell(repository, f"{SSOPS} apply spaces")

    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "error: 'spaces': is a directory")


def test_plan_file_when_it_comes_through_a_pipe_then_it_is_applied(repository: Path) -> None:
    done = shell(repository, f"{SSOPS} plan --quiet --format json | {SSOPS} apply /dev/stdin --quiet")

    assert (done.returncode, done.stderr) == (0, "")


def test_lock_timeout_when_it_is_no_number_then_64(repository: Path) -> None:
    done = shell(repository, f"{SSOPS} apply --auto-approve --lock-timeout nan")

    assert done.returncode == 64
    assert not (repository / "state").exists()


@pytest.mark.parametrize("told", ["junk", "bash_complete", "bash_nonsense"])
def test_completion_when_the_shell_asks_nonsense_then_64_and_a_message(repository: Path, told: str) -> None:
    done = shell(repository, f"{SSOPS} plan --format json", _SSOPS_COMPLETE=told, COMP_CWORD="x")

    assert done.returncode == 64
    assert json.loads(done.stdout)["error"]["reason"] == "usage"
    assert "_SSOPS_COMPLETE" in done.stderr


def test_report_when_it_cannot_be_written_then_stdout_is_one_document(repository: Path) -> None:
    done = shell(repository, f"{SSOPS} plan --format json --report text=/dev/full")

    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["reason"] == "io"


def test_report_of_an_apply_when_it_cannot_be_written_then_the_outcomes_are_told_all_the_same(repository: Path) -> None:
    apply = f"{SSOPS} apply --auto-approve --allow-one-way connection/sales/office-pbx --format json"

    done = shell(repository, f"{apply} --report text=/dev/full")

    assert done.returncode == 1
    assert [outcome["status"] for outcome in json.loads(done.stdout)["outcomes"]] == ["applied", "applied"]
    assert "error: '/dev/full': no space left on device" in done.stderr


def test_report_of_an_apply_when_stdout_is_json_then_the_text_is_whole(repository: Path) -> None:
    apply = f"{SSOPS} apply --auto-approve --allow-one-way connection/sales/office-pbx --format json"

    done = shell(repository, f"{apply} --report text=report.txt")

    assert done.returncode == 0
    assert "Apply: 2 applied" in (repository / "report.txt").read_text(encoding="utf-8")


def test_completion_when_json_is_asked_for_then_it_is_one_document(repository: Path) -> None:
    done = shell(repository, f"{SSOPS} completion bash --format json")

    assert done.returncode == 0
    assert "_SSOPS_COMPLETE=bash_complete" in json.loads(done.stdout)["script"]


def test_state_when_a_space_is_not_recorded_then_64_with_the_nearest(repository: Path) -> None:
    shell(repository, f"{SSOPS} plan --quiet --format json | {SSOPS} apply /dev/stdin")

    done = shell(repository, f"{SSOPS} state list --space sails")

    assert done.returncode == 64
    assert "did you mean 'sales'?" in done.stderr


def test_folder_when_it_is_gone_then_the_message_names_it(repository: Path) -> None:
    done = shell(repository, f"mkdir gone && cd gone && rmdir ../gone && {SSOPS} plan")

    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "error: '.': no such file or directory"
