"""The search for credentials finds them: a check that cannot fail would be none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import canary
import pytest

pytest_plugins = ("pytester",)

SHOWING = "import os; print(os.environ['YC_TOKEN'])"


def test_credentials_when_the_suite_runs_then_every_variable_holds_the_canary() -> None:
    assert all(canary.SECRET in os.environ[name] for name in canary.VARIABLES)


def test_look_when_a_process_shows_a_credential_then_found() -> None:
    with pytest.raises(canary.Shown):
        subprocess.run([sys.executable, "-c", SHOWING], capture_output=True, check=True)
    with pytest.raises(canary.Shown):
        subprocess.run([sys.executable, "-c", SHOWING], capture_output=True, check=True, text=True)


def test_look_when_a_test_reads_a_credential_then_found(capsys: pytest.CaptureFixture[str]) -> None:
    print(os.environ["YC_TOKEN"])

    with pytest.raises(canary.Shown) as caught:
        capsys.readouterr()

    assert canary.SECRET not in str(caught.value)


def test_left_when_a_file_holds_a_credential_then_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "report.html").write_bytes(b"\0\xff" + os.environ["PGPASSWORD"].encode())
    (tmp_path / "b").write_text("nothing")

    found = list(canary.left(tmp_path))
    (tmp_path / "a" / "report.html").unlink()

    assert found == [tmp_path / "a" / "report.html"]


def test_report_when_a_test_says_a_credential_then_it_fails(pytester: pytest.Pytester) -> None:
    tests = Path(__file__).parent
    pytester.makeconftest((tests / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile("import os\ndef test_it():\n    print(os.environ['YC_TOKEN'])\n")

    done = pytester.run(sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-o", f"pythonpath={tests}")

    done.assert_outcomes(failed=1, errors=1)
    assert canary.SECRET not in done.stdout.str()
