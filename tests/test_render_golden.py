"""A plan in every form and language, whole: SSOPS_GOLDEN=write writes the files of tests/golden anew.

The same bytes come out whatever the hash seed, the locale, the time zone and the folder.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from documents import FORMS
from scenario import plans

from ssops.manifest import schema
from ssops.messages import LANGUAGES, speaking
from ssops.model import Action, Execution, RoleVerdict
from ssops.plan import file

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
PLANS = plans()
SURROUNDINGS = {
    "plain": {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    "seed": {"PYTHONHASHSEED": "12345", "LC_ALL": "C.UTF-8", "TZ": "Asia/Kamchatka"},
    "old-encoding": {"PYTHONHASHSEED": "77", "LC_ALL": "ru_RU.KOI8-R", "LANG": "ru_RU.KOI8-R", "TZ": "America/Lima"},
}
DIGESTS = """
import json, sys
from hashlib import sha256
sys.path[:0] = sys.argv[1:]
from documents import FORMS
from scenario import plans
from ssops.messages import LANGUAGES, speaking
found = {}
for language in LANGUAGES:
    with speaking(language):
        for name, plan in plans().items():
            for form, write in FORMS.items():
                found[f"{language}/{name}.{form}"] = sha256(write(plan).encode()).hexdigest()
print(json.dumps(found))
"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", PLANS)
def test_plan_when_written_then_as_expected(name: str, form: str, language: str) -> None:
    path = GOLDEN / language / f"{name}.{form}"

    with speaking(language):
        shown = FORMS[form](PLANS[name])

    if os.environ.get("SSOPS_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(shown.encode())
    assert shown == path.read_bytes().decode()


def test_scenario_when_read_then_it_holds_everything_that_a_plan_can() -> None:
    changes = PLANS["blocked"].changes

    assert {change.action for change in changes} == set(Action) - {Action.REMOVE}
    assert {change.execution for change in changes} == set(Execution)
    assert {change.role.verdict for change in changes if change.role} == set(RoleVerdict)
    assert [len(change.advice) for change in PLANS["blocked"].blocked] == [2]
    assert any(field.drift for change in changes for field in change.fields)
    assert [plan.verdict.value for plan in PLANS.values()] == ["blocked", "changes", "changes", "no_changes"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PLANS)
def test_json_when_read_back_then_the_same_plan_in_any_language(name: str, language: str) -> None:
    with speaking(language):
        written = FORMS["json"](PLANS[name])

    assert file.loads(written.encode()) == PLANS[name]
    assert schema.is_schema_fault_free(json.loads(written), "plan")


@pytest.mark.parametrize("given", SURROUNDINGS.values(), ids=SURROUNDINGS)
def test_plan_when_written_elsewhere_then_the_same_bytes(given: dict[str, str], tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", DIGESTS, str(HERE), str(HERE.parent)],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], **given},
        check=True,
        capture_output=True,
        timeout=60,
    )

    digests: dict[str, str] = json.loads(found.stdout)
    expected = {name: sha256((GOLDEN / name).read_bytes()).hexdigest() for name in digests}
    assert len(digests) == len(PLANS) * len(FORMS) * len(LANGUAGES)
    assert digests == expected
