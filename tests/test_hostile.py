"""Hostile files: reading ends with issues or documents within a second and 512 MB, whatever the file holds."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "cases" / "hostile"
GENERATORS = runpy.run_path(str(FOLDER / "generators.py"))["GENERATORS"]
CASES = sorted([path.stem for path in FOLDER.glob("*.yaml")] + list(GENERATORS))
SHARES = 2
TIMEOUT_S = 60
SECONDS = 1.0
AT_THE_LIMIT = {"yaml-limit--2e6-items", "yaml-limit--2e5-keys"}
SECONDS_AT_THE_LIMIT = 3.0  # 200,000 keys and values are read before the file is refused


@pytest.fixture(scope="module")
def results() -> dict[str, dict[str, Any]]:
    """Run all cases in child processes; a case that killed its process has no result."""
    children = [
        subprocess.Popen(
            [sys.executable, str(FOLDER / "run.py"), str(share), str(SHARES)],
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": str(FOLDER.parents[2])},
        )
        for share in range(SHARES)
    ]
    lines = [line for child in children for line in child.communicate(timeout=TIMEOUT_S)[0].splitlines()]
    return {result["case"]: result for result in map(json.loads, lines) if "rules" in result}


def test_cases_when_counted_then_at_least_a_hundred() -> None:
    assert len(set(CASES)) == len(CASES) >= 100


@pytest.mark.parametrize("case", CASES)
def test_read_when_hostile_then_answers_with_the_rule_in_time(results: dict[str, dict[str, Any]], case: str) -> None:
    expected = case.partition("--")[0]

    result = results.get(case)

    assert result is not None, f"{case} killed its process, or the one before it did"
    if expected == "accepted":
        assert result["rules"] == []
    else:
        assert expected in result["rules"]
    assert result["seconds"] < (SECONDS_AT_THE_LIMIT if case in AT_THE_LIMIT else SECONDS)
