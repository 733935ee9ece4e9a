"""The whole loop through the command line: init, validate, plan, apply, plan; and what each refuses."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ssops.cli import boundary
from ssops.manifest import schema

SPACE = "spaces/sales.yaml"
CONNECTION = "connections/sales/office-pbx.yaml"
READER = "serviceAccount:ajereader00000000001"

CTRL_C = b"\x03"
TIMEOUT_S = 20.0

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.setenv("SSOPS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    folder = tmp_path / "repository"
    assert boundary.run(["init", str(folder)]) == 0
    monkeypatch.chdir(folder)
    capsys.readouterr()
    return folder


@pytest.fixture
def run(repository: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def called(*arguments: str) -> tuple[int, str, str]:
        code = boundary.run(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return called


@pytest.fixture
def applied(run: Run) -> Run:
    assert run("plan", "--out", "plan.json")[0] == 0
    assert run("apply", "plan.json")[0] == 0
    return run


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def edit(file: str, old: str, new: str) -> None:
    text = Path(file).read_text(encoding="utf-8")
    assert old in text
    Path(file).write_text(text.replace(old, new), encoding="utf-8")


def test_loop_when_walked_then_the_second_plan_is_empty(run: Run) -> None:
    validated = run("validate")
    planned = run("plan", "--out", "plan.json", "--detailed-exitcode")
    applied = run("apply", "plan.json")
    again = run("plan", "--detailed-exitcode")

    assert validated == (0, "valid: 2 resources in 2 files\n", "")
    assert (planned[0], planned[2]) == (2, "next: 'ssops apply plan.json' carries out exactly this plan\n")
    assert applied[0] == 0
    assert applied[1].splitlines()[-1].startswith("Apply: 2 applied (sha256:")
    assert again[0] == 0
    assert again[1].startswith("No changes: 2 unchanged. (sha256:")


def test_plan_when_made_then_nothing_but_the_plan_file_is_written(run: Run, repository: Path) -> None:
    before = bytes_of(repository)

    run("plan", "--out", "plan.json", "--report", "text=plan.txt")

    after = bytes_of(repository)
    assert sorted(set(after) - set(before)) == ["plan.json", "plan.txt"]
    assert {name: after[name] for name in before} == before


def test_plan_when_written_as_json_then_all_outputs_agree(run: Run) -> None:
    code, out, _ = run("plan", "--format", "json", "--out", "plan.json", "--report", "json=report.json")

    assert code == 0
    assert out == Path("plan.json").read_text(encoding="utf-8") == Path("report.json").read_text(encoding="utf-8")
    assert schema.is_schema_fault_free(json.loads(out), "plan")


def test_show_when_given_a_plan_file_then_it_prints_what_plan_printed(run: Run) -> None:
    printed = run("plan", "--out", "plan.json")[1]

    assert run("show", "plan.json")[:2] == (0, printed)


@pytest.mark.parametrize("what", [CONNECTION, "connection/sales/office-pbx"], ids=["file", "address"])
def test_show_when_given_a_resource_or_another_file_then_it_is_told_apart(applied: Run, what: str) -> None:
    code, out, _ = applied("show", what)

    assert (code, "desired, recorded, live" in out) == ((6, False) if what == CONNECTION else (0, True))


def test_show_when_effective_then_default_keys_are_there(run: Run) -> None:
    code, out, _ = run("show", "connection/sales/office-pbx", "--effective")

    assert code == 0
    assert "    direction_outgoing:\n      type: boolean\n" in out


def test_validate_when_files_are_faulty_then_4_with_all_faults(run: Run) -> None:
    edit(SPACE, "description:", "desciption:")
    edit(CONNECTION, "space: sales", "space: sails")

    code, out, _ = run("validate", "--format", "json")
    document = json.loads(out)

    assert code == 4
    assert schema.is_schema_fault_free(document, "issues")
    assert document["valid"] is False
    assert {issue["file"] for issue in document["issues"]} == {SPACE, CONNECTION}


def test_validate_when_ssops_yaml_is_faulty_then_it_prints_issues_too(run: Run) -> None:
    edit("ssops.yaml", "organization:", "organisation:")

    code, out, _ = run("validate", "--format", "json")

    assert code == 4
    assert {issue["file"] for issue in json.loads(out)["issues"]} == {"ssops.yaml"}


def test_plan_when_files_are_faulty_then_4_and_the_error_carries_the_issues(run: Run) -> None:
    edit(SPACE, "description:", "desciption:")

    code, out, err = run("plan", "--format", "json")
    document = json.loads(out)

    assert code == 4
    assert schema.is_schema_fault_free(document, "error")
    assert document["error"]["reason"] == "invalid_manifest"
    assert "did you mean 'description'" in err


def test_apply_when_it_is_json_then_stdout_is_one_document(run: Run) -> None:
    code, out, _ = run("apply", "--auto-approve", "--allow-one-way", "connection/sales/office-pbx", "--format", "json")
    document = json.loads(out)

    assert code == 0
    assert schema.is_schema_fault_free(document, "outcomes")
    assert [outcome["status"] for outcome in document["outcomes"]] == ["applied", "applied"]


def test_apply_when_a_one_way_change_is_not_named_then_3_and_nothing_is_written(run: Run, repository: Path) -> None:
    code, out, _ = run("apply", "--auto-approve", "--format", "json")

    assert code == 3
    assert json.loads(out)["error"]["reason"] == "one_way_not_named"
    assert not (repository / ".ssops").exists()


def test_apply_when_the_plan_was_edited_then_6_and_nothing_is_written(run: Run, repository: Path) -> None:
    run("plan", "--out", "plan.json")
    edit("plan.json", "Office PBX calls", "Office PBX cells")

    code, out, _ = run("apply", "plan.json", "--format", "json")

    assert (code, json.loads(out)["error"]["reason"]) == (6, "plan_invalid")
    assert not (repository / ".ssops").exists()


def test_apply_when_the_manifests_moved_on_then_6(run: Run) -> None:
    run("plan", "--out", "plan.json")
    edit(CONNECTION, "Task number", "Ticket")

    code, out, _ = run("apply", "plan.json", "--format", "json")

    assert (code, json.loads(out)["error"]["reason"]) == (6, "plan_stale")


def test_apply_when_the_plan_file_is_not_there_then_1(run: Run) -> None:
    code, _, err = run("apply", "nowhere.json")

    assert (code, err.splitlines()[0]) == (1, "error: there is no plan file 'nowhere.json'")


def test_roles_when_the_actor_lacks_one_then_5_only_where_it_is_asked(run: Run, repository: Path) -> None:
    run("plan", "--out", "plan.json")

    codes = {
        "plan": run("plan", "--actor", READER)[0],
        "plan --check-access": run("plan", "--actor", READER, "--check-access")[0],
        "plan, both": run("plan", "--actor", READER, "--check-access", "--detailed-exitcode")[0],
        "access check": run("access", "check", "--actor", READER)[0],
        "apply": run("apply", "plan.json", "--actor", READER)[0],
    }

    assert codes == {"plan": 0, "plan --check-access": 5, "plan, both": 5, "access check": 5, "apply": 5}
    assert not (repository / "state").exists()


@pytest.mark.parametrize("command", [("apply", "--auto-approve"), ("access", "check")], ids=" ".join)
def test_actor_when_nobody_is_named_then_stronger_verdicts_come_first(
    applied: Run, repository: Path, command: tuple[str, ...]
) -> None:
    edit("ssops.yaml", '    actor: "', '    # actor: "')
    before = bytes_of(repository)
    codes = {"nobody": applied(*command)[0]}

    edit(CONNECTION, "name: Office PBX calls", "name: Other")
    codes["blocked"] = applied(*command)[0]
    edit(SPACE, "kind: space", "kind: spaec")
    codes["invalid"] = applied(*command)[0]
    edit(SPACE, "kind: spaec", "kind: space")
    codes["unknown space"] = applied(*command, "--space", "nowhere")[0]

    blocked = 3 if command[0] == "apply" else 5
    assert codes == {"nobody": 5, "blocked": blocked, "invalid": 4, "unknown space": 64}
    assert {name for name, data in bytes_of(repository).items() if before.get(name) != data} == {CONNECTION}


def test_access_when_checked_as_json_then_it_fits_its_schema(run: Run) -> None:
    code, out, _ = run("access", "check", "--format", "json")

    assert code == 0
    assert schema.is_schema_fault_free(json.loads(out), "access")


def test_plan_when_a_change_is_impossible_then_3_and_the_plan_is_printed(applied: Run) -> None:
    edit(CONNECTION, "data_type: two_channel_audio", "data_type: chat")
    edit(CONNECTION, "  channel: 0  # 0 is the left track, 1 the right one\n", "")
    edit(CONNECTION, "  channel: 1\n", "")

    code, out, err = applied("plan", "--detailed-exitcode", "--check-access")

    assert code == 3
    assert "! connection/sales/office-pbx" in out
    assert err == "next: do what 'instead' or 'hint' says and plan again; until then apply writes nothing\n"


def test_state_when_applied_then_it_lists_and_shows(applied: Run) -> None:
    listed = applied("state", "list", "--format", "json")
    shown = applied("state", "show", "sales", "--format", "json")
    one = applied("state", "show", "connection/sales/office-pbx")

    assert [row["address"] for row in json.loads(listed[1])["resources"]] == [
        "space/sales",
        "connection/sales/office-pbx",
    ]
    assert schema.is_schema_fault_free(json.loads(shown[1]), "state")
    assert one[0] == 0


def test_forget_and_adopt_when_called_then_the_plan_is_empty_again(applied: Run) -> None:
    id = json.loads(applied("state", "show", "connection/sales/office-pbx", "--format", "json")[1])["id"]

    forgotten = applied("forget", "connection/sales/office-pbx")
    between = applied("plan")
    adopted = applied("adopt", "connection/sales/office-pbx", id)
    after = applied("plan", "--detailed-exitcode")

    assert (forgotten[0], between[0], adopted[0], after[0]) == (0, 3, 0, 0)


def test_quiet_when_asked_then_only_results_are_printed(run: Run) -> None:
    code, out, err = run("plan", "--quiet")

    assert (code, err) == (0, "")
    assert "+ connection/sales/office-pbx" not in out


def test_flags_when_before_the_command_then_they_count(run: Run) -> None:
    assert run("--format", "json", "validate")[1] == run("validate", "--format", "json")[1]


def on_terminal(folder: Path, answer: bytes, *arguments: str, **environment: str) -> tuple[int, str]:
    """Run ssops on a terminal, answer its first question, and give the exit code and all that was shown."""
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "ssops", *arguments],
        cwd=folder,
        stdin=child,
        stdout=child,
        stderr=child,
        env={**os.environ, "TERM": "xterm", **environment},
    )
    os.close(child)
    shown, has_answered = b"", False
    while True:
        if not select.select([parent], [], [], TIMEOUT_S)[0]:
            process.kill()
            break
        try:
            got = os.read(parent, 65536)
        except OSError:  # the terminal is closed once the process has gone
            break
        shown += got
        if not got:
            break
        if b"goes on: " in shown and not has_answered:
            if answer == CTRL_C:  # the terminal is not the controlling one, so the key would be a mere character
                process.send_signal(signal.SIGINT)
            else:
                os.write(parent, answer)
            has_answered = True
    os.close(parent)
    return process.wait(timeout=30), shown.decode()


@pytest.mark.parametrize(
    ("answer", "code"), [(b"yes\n", 0), (b"no\n", 130), (b"y\n", 130), (b"\x04", 130), (CTRL_C, 130)], ids=repr
)
def test_apply_when_asked_on_a_terminal_then_only_yes_goes_on(repository: Path, answer: bytes, code: int) -> None:
    done, shown = on_terminal(repository, answer, "apply")

    assert done == code
    assert "Traceback" not in shown
    assert (repository / ".ssops").exists() is (code == 0)


@pytest.mark.parametrize(
    ("arguments", "environment", "is_coloured"),
    [((), {}, True), (("--no-color",), {}, False), ((), {"NO_COLOR": "1"}, False), ((), {"TERM": "dumb"}, False)],
    ids=["terminal", "--no-color", "NO_COLOR", "dumb"],
)
def test_colour_when_on_a_terminal_then_it_can_be_switched_off(
    repository: Path, arguments: tuple[str, ...], environment: dict[str, str], is_coloured: bool
) -> None:
    _, shown = on_terminal(repository, b"", "plan", *arguments, **environment)

    assert ("\x1b[" in shown) is is_coloured


def documents(text: str) -> list[Any]:
    return [json.loads(text)]


@pytest.mark.parametrize(
    "arguments",
    [["validate"], ["plan"], ["show", "space/sales"], ["access", "check"], ["state", "list"], ["explain"]],
    ids=" ".join,
)
def test_json_when_asked_then_stdout_is_one_document(applied: Run, arguments: list[str]) -> None:
    code, out, _ = applied(*arguments, "--format", "json")

    assert code == 0
    assert documents(out)
