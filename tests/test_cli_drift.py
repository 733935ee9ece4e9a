"""`ssops drift` through the command line: exit codes, formats, reports, what may be named."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import workspaces
from local_service import setting, update

from ssops.cli import boundary
from ssops.manifest import schema
from ssops.model import Address, Kind
from ssops.workspace import states

Run = Callable[..., tuple[int, str, str]]

OFFICE = Address(Kind.CONNECTION, "sales", "office-pbx")
NEXT = "next: 'ssops plan' shows what apply would put back; what is right in SpeechSense belongs in the manifests\n"


@pytest.fixture(scope="module")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("applied")
    workspaces.apply(workspaces.example(folder))
    return folder


@pytest.fixture
def repository(applied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "repository"
    shutil.copytree(applied, folder)
    monkeypatch.setenv("SSOPS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(repository: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def called(*arguments: str) -> tuple[int, str, str]:
        code = boundary.run(["drift", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return called


@pytest.fixture
def drifted(repository: Path, run: Run) -> Run:
    workspace = workspaces.opened(repository)
    id = states(workspace).resources().entries[OFFICE].id
    touch = update(OFFICE.kind, id or "", setting("description", to="Touched in the console"))
    with workspace.provider.writer(workspaces.ADMIN) as writer:
        writer.carry_out(touch)
    return run


def test_drift_when_nothing_was_changed_outside_then_0(run: Run) -> None:
    assert run("--detailed-exitcode") == (0, "No drift: 10 unchanged\n", "")


@pytest.mark.parametrize(("flags", "expected"), [((), 0), (("--detailed-exitcode",), 2)], ids=["plain", "detailed"])
def test_drift_when_something_was_changed_outside_then_the_code_is_as_asked(
    drifted: Run, flags: tuple[str, ...], expected: int
) -> None:
    code, out, err = drifted("--quiet", *flags)

    assert code == expected
    assert out == (
        "changed outside ssops\n"
        "  ~  connection/sales/office-pbx  changed outside: description\n\n"
        "Drift: 1 resource was changed outside ssops, 9 unchanged\n"
    )
    assert err == ""


def test_drift_when_shown_then_the_three_sides_stand_beside_each_other_and_the_next_step_is_told(drifted: Run) -> None:
    code, out, err = drifted()

    assert (code, err) == (0, NEXT)
    (row,) = [line for line in out.splitlines() if line.startswith("~   description ")]
    assert row.split("  ")[-1] == "'Touched in the console'"


def test_drift_when_only_the_manifests_changed_then_it_is_none(run: Run, repository: Path) -> None:
    workspaces.edit(
        repository / "connections" / "sales" / "office-pbx.yaml",
        lambda text: text.replace("description:", "description: New.", 1),
    )

    code, out, _ = run("--detailed-exitcode")

    assert code == 0
    assert "  =  connection/sales/office-pbx  only in the manifests: description\n" in out
    assert out.splitlines()[-1] == "No drift: 1 differs for another reason, 9 unchanged"


def test_drift_when_written_as_json_then_it_fits_the_schema_and_reports_agree(drifted: Run) -> None:
    code, out, _ = drifted(
        "--format", "json", "--detailed-exitcode", "--report", "json=drift.json", "--report", "markdown=drift.md"
    )

    document = json.loads(out)
    assert code == 2
    assert schema.is_schema_fault_free(document, "drift")
    assert document["has_drift"] is True
    assert [(one["address"], one["drift"]) for one in document["resources"]] == [(str(OFFICE), True)]
    assert Path("drift.json").read_text("utf-8") == out
    assert Path("drift.md").read_text("utf-8").startswith("## ⚠️ ssops: Drift: 1 resource was changed outside ssops")


def test_drift_when_looked_for_then_nothing_is_written(drifted: Run, repository: Path) -> None:
    before = workspaces.fingerprint(repository)

    drifted()

    assert workspaces.fingerprint(repository) == before


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ((str(OFFICE),), 2),
        (("space/sales",), 0),
        (("--space", "sales"), 2),
        (("--space", "support"), 0),
        (("--space", "support", str(OFFICE)), 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_drift_when_something_is_named_then_only_that_counts(
    drifted: Run, named: tuple[str, ...], expected: int
) -> None:
    assert drifted("--detailed-exitcode", *named)[0] == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--space", "sails"), "there is no space 'sails'"),
        (("connection/sales/office-pxb",), "there is no 'connection/sales/office-pxb'"),
        (("conection/sales/office-pbx",), "'conection/sales/office-pbx' is not an address"),
        (("--format", "html"), "'html'"),
        (("--report", "sarif=a"), "'sarif=a' does not name a report"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_drift_when_called_wrong_then_64(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run(*arguments)

    assert (code, out) == (64, "")
    assert said in err
    assert "hint: " in err


def test_drift_when_files_are_faulty_then_4(run: Run, repository: Path) -> None:
    workspaces.edit(repository / "spaces" / "sales.yaml", lambda text: text.replace("description:", "desciption:"))

    assert run("--detailed-exitcode")[0] == 4


def test_drift_when_the_state_is_damaged_then_1_and_the_document_is_named(run: Run, repository: Path) -> None:
    workspaces.edit(repository / "state" / "sales.json", lambda text: text.replace("office", "offise"))

    code, _, err = run("--detailed-exitcode")

    assert code == 1
    assert "sales" in err
    assert "Traceback" not in err
