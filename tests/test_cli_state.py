"""`ssops state ...`, `log` and `blame` through the command line: what they print, ask, refuse, and exit with."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ssops.cli import boundary
from ssops.manifest import schema
from ssops.state import lease
from ssops.state.file import FileStore
from ssops.state.lease import Holder

SPACE, CONNECTION = Path("spaces/sales.yaml"), Path("connections/sales/office-pbx.yaml")
STATE = Path("state/sales.json")
TIMEOUT_S = 30.0

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Make a repository that was applied, had a description changed, and was applied again."""

    def called(*arguments: str, given: bytes = b"") -> tuple[int, str, str]:
        source = tmp_path / "stdin"
        source.write_bytes(given)
        with source.open(encoding="utf-8") as stream:
            monkeypatch.setattr(sys, "stdin", stream)
            code = boundary.run(arguments)
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    monkeypatch.setenv("SSOPS_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "repository"
    assert called("init", str(folder))[0] == 0
    monkeypatch.chdir(folder)
    assert called("apply", "--auto-approve", "--allow-one-way", "connection/sales/office-pbx")[0] == 0
    text = CONNECTION.read_text(encoding="utf-8")
    CONNECTION.write_text(text.replace("description: Extension number", "description: Inner number"), encoding="utf-8")
    assert called("apply", "--auto-approve")[0] == 0
    return called


def document(run: Run, *arguments: str, code: int = 0) -> Any:
    done, out, _ = run(*arguments, "--format", "json")
    assert done == code
    return json.loads(out)


def versions(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document(run, "state", "history", "sales")["versions"]
    return found


def settled(run: Run) -> str:
    """Name the version that the first apply left."""
    whole = (one for one in versions(run) if one["resources"] == 2 and not one["pending"] and one["serial"] < 4)
    return str(next(whole)["version"])


@contextmanager
def locked(folder: Path) -> Iterator[str]:
    store = FileStore(folder / "state", lambda: datetime.now(UTC))
    holder = Holder("serviceAccount:ajeci000000000000001", "apply", "runner-1", 4711, run="https://ci.example.com/1")
    with lease.hold(store, ("sales",), holder, new_id=lambda: "0f6c1d2e", timeout_s=0):
        yield "0f6c1d2e"


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("state", "list"), "listing"),
        (("state", "history", "sales"), "history"),
        (("log",), "log"),
        (("log", "connection/sales/office-pbx", "--limit", "1"), "log"),
        (("blame", "connection/sales/office-pbx"), "blame"),
        (("state", "pull", "sales"), "state"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_json_when_asked_then_one_document_of_its_schema(run: Run, arguments: tuple[str, ...], name: str) -> None:
    assert schema.is_schema_fault_free(document(run, *arguments), name)


def test_list_when_a_space_is_locked_then_by_whom(run: Run) -> None:
    with locked(Path.cwd()) as id:
        text = run("state", "list")[1].splitlines()
        (held,) = document(run, "state", "list")["locks"]
    free = document(run, "state", "list")["locks"]

    assert text[-2] == "2 resources"
    assert text[-1].startswith("space 'sales' is locked: apply by serviceAccount:ajeci000000000000001 (process 4711")
    assert text[-1].endswith(f"id {id}")
    assert (held["id"], held["purpose"], held["page"]) == (id, "apply", "https://ci.example.com/1")
    assert schema.is_schema_fault_free({"resources": [], "locks": [held]}, "listing")
    assert free == []


def test_history_when_listed_then_the_newest_first_and_one_is_current(run: Run) -> None:
    found = versions(run)
    code, out, _ = run("state", "history", "space/sales")

    assert [one["serial"] for one in found] == sorted((one["serial"] for one in found), reverse=True)
    assert [one["current"] for one in found] == [True, *[False] * (len(found) - 1)]
    assert (code, out.splitlines()[0]) == (0, "space sales")
    assert out.splitlines()[1].split()[0] == found[0]["version"]
    assert out.splitlines()[1].endswith("bytes  current")


def test_history_when_damaged_then_said_so_and_1(run: Run) -> None:
    newest = versions(run)[0]["version"]
    for path in (STATE, Path(f"state/history/sales/{newest}.json")):
        path.write_bytes(path.read_bytes()[:-4])

    code, out, _ = run("state", "history", "sales")
    told = document(run, "state", "history", "sales", code=1)

    assert code == 1
    assert out.splitlines()[1].split()[:2] == [newest, "damaged"]
    assert "is damaged" in out.splitlines()[-1]
    assert (told["versions"][0]["damaged"] is None, told["current"]["damaged"] is None) == (False, False)
    assert schema.is_schema_fault_free(told, "history")


def test_restore_when_approved_then_the_record_and_the_next_plan(run: Run) -> None:
    code, out, err = run("state", "restore", "sales", settled(run), "--auto-approve")

    assert (code, out.splitlines()[:2]) == (
        0,
        [
            "~ connection/sales/office-pbx  recorded otherwise",
            "    agent key operator_id, description  'Inner number' -> 'Extension number'",
        ],
    )
    assert out.splitlines()[-1].startswith("space 'sales' has the restored record, as version ")
    assert "ssops plan" in err
    assert run("plan", "--detailed-exitcode")[0] == 0  # live and manifests never moved
    assert [entry["act"] for entry in document(run, "log", "--limit", "2")["entries"]] == ["restore", "restore"]


def test_restore_when_json_then_stdout_is_one_document(run: Run) -> None:
    version = settled(run)

    told = document(run, "state", "restore", "sales", version, "--auto-approve")["restored"]

    assert (told["space"], told["version"], told["written"], told["readable"]) == ("sales", version, True, True)
    assert [one["address"] for one in told["moves"]] == ["connection/sales/office-pbx"]


def test_restore_when_the_record_is_damaged_then_the_hint_of_plan_leads_back(run: Run) -> None:
    STATE.write_bytes(STATE.read_bytes()[:-4])
    code, _, err = run("plan")
    command = err.rpartition("ssops ")[2].split()

    restored = run(*command, "--auto-approve")

    assert (code, command[:3]) == (1, ["state", "restore", "sales"])
    assert restored[0] == 0
    assert restored[1].startswith("What is recorded now cannot be read; this takes its place:\n")
    assert run("plan", "--detailed-exitcode")[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("state", "restore", "sales", "000000000001-ff"),
        ("state", "push", "sales", "state/sales.json"),
        ("state", "push", "sales", "-"),
        ("state", "unlock", "0f6c1d2e"),
    ],
    ids=" ".join,
)
def test_asking_when_there_is_no_terminal_then_64(run: Run, arguments: tuple[str, ...]) -> None:
    told = document(run, *arguments, code=64)

    assert told["error"]["reason"] == "approval_needed"
    assert "--auto-approve" in told["error"]["message"]


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (("state", "restore", "sales", "000000000099-ff", "--auto-approve"), 64, "unknown_version"),
        (("state", "restore", "sails", "000000000099-ff", "--auto-approve"), 64, "unknown_version"),
        (("state", "history", "sails"), 64, "unknown_space"),
        (("state", "history", "connection/sales/office-pbx"), 64, "usage"),
        (("state", "pull", "sails"), 64, "unknown_space"),
        (("state", "push", "sales", "nowhere.json", "--auto-approve"), 1, "io"),
        (("state", "push", "sales", "ssops.yaml", "--auto-approve"), 6, "state_invalid"),
        (("state", "unlock", "nothing", "--auto-approve"), 64, "unknown_lock"),
        (("state", "migrate", "--to", "s3:bucket"), 64, "config_not_found"),
        (("state", "migrate", "--to", "ssops.yaml"), 64, "same_store"),
        (("state", "migrate"), 64, "usage"),
        (("log", "connection/sales/ofice-pbx"), 64, "unknown_address"),
        (("log", "space/sales", "--space", "sales"), 64, "usage"),
        (("log", "--space", "sails"), 64, "unknown_space"),
        (("log", "--limit", "-1"), 64, "usage"),
        (("blame", "connection/sales/other"), 64, "not_recorded"),
        (("blame", "sales"), 64, "usage"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_commands_when_asked_for_what_is_not_there_then_refused(
    run: Run, arguments: tuple[str, ...], code: int, reason: str
) -> None:
    assert document(run, *arguments, code=code)["error"]["reason"] == reason


def test_pull_and_push_when_piped_then_the_same_and_nothing_is_written(run: Run) -> None:
    before = STATE.read_bytes()

    code, out, _ = run("state", "pull", "sales")
    pushed = run("state", "push", "sales", "-", "--auto-approve", given=out.encode())

    assert (code, out.encode()) == (0, before)
    assert pushed[:2] == (0, "space 'sales' has just this record already, as version 6; nothing was written\n")
    assert STATE.read_bytes() == before


def test_pull_when_written_as_a_report_then_the_same_document(run: Run) -> None:
    run("state", "pull", "sales", "--report", "json=backup.json")

    assert Path("backup.json").read_bytes() == STATE.read_bytes()


def test_pull_when_damaged_then_its_bytes_and_1(run: Run) -> None:
    STATE.write_bytes(b'{"space": "sales"}')

    code, out, err = run("state", "pull", "sales")
    told = document(run, "state", "pull", "sales", code=1)

    assert (code, out) == (1, '{"space": "sales"}')
    assert "ssops state restore sales" in err
    assert told["error"]["reason"] == "state_damaged"


def test_push_when_older_then_6_and_the_way_back(run: Run) -> None:
    older = Path(f"state/history/sales/{settled(run)}.json").read_bytes()
    Path("older.json").write_bytes(older)

    code, _, err = run("state", "push", "sales", "older.json", "--auto-approve")

    assert code == 6
    assert "ssops state restore sales VERSION" in err


def test_push_when_the_record_is_gone_then_taken_in(run: Run) -> None:
    Path("backup.json").write_bytes(STATE.read_bytes())
    STATE.unlink()

    code, out, _ = run("state", "push", "sales", "backup.json", "--auto-approve")

    assert (code, out.splitlines()[0]) == (0, "+ connection/sales/office-pbx  recorded again")
    assert run("plan", "--detailed-exitcode")[0] == 0


def test_unlock_when_the_id_is_exact_then_free(run: Run) -> None:
    with locked(Path.cwd()) as id:
        near = run("state", "unlock", id[:-1], "--auto-approve")
        code, out, err = run("state", "unlock", id, "--auto-approve")
        after = document(run, "state", "list")["locks"]

    assert (near[0], f"locks that are held now: {id}" in near[2]) == (64, True)
    assert (code, out) == (0, "free now: sales\n")
    assert after == []
    assert "ssops plan" in err


def test_migrate_when_asked_then_copied_and_ssops_yaml_is_told(run: Run) -> None:
    text = Path("ssops.yaml").read_text(encoding="utf-8")
    head, _, _ = text.partition("\nstate:")
    Path("new.yaml").write_text(f"{head}\nstate: {{file: {{path: other}}}}\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in Path("state").rglob("*.json") if "lock" not in str(path)}

    code, out, err = run("state", "migrate", "--to", "new.yaml")
    again = document(run, "state", "migrate", "--to", "new.yaml")["migrated"]

    assert code == 0
    assert out.splitlines()[-3:] == ["state:", "  file:", "    path: other"]
    assert "stays as it is" in err
    assert {path.name: path.read_bytes() for path in Path("other").rglob("*.json")} == before
    assert (again["copied"], again["documents"], again["state"]) == (0, len(before), {"file": {"path": "other"}})
    Path("new.yaml").replace("ssops.yaml")
    assert run("plan", "--detailed-exitcode")[0] == 0


def test_log_when_of_one_resource_then_its_fields_before_and_after(run: Run) -> None:
    code, out, _ = run("log", "connection/sales/office-pbx")
    told = document(run, "log", "connection/sales/office-pbx")

    assert code == 0
    assert "    agent key operator_id, description  'Extension number' -> 'Inner number'" in out.splitlines()
    assert [entry["act"] for entry in told["entries"]] == ["update", "create"]
    assert told["entries"][0]["fields"] == [
        {
            "path": ["agent", "keys", "operator_id", "description"],
            "before": "Extension number",
            "after": "Inner number",
        }
    ]


def test_log_when_limited_then_the_rest_is_counted(run: Run) -> None:
    code, out, err = run("log", "--limit", "1")

    assert (code, len(out.splitlines())) == (0, 2)
    assert err == "2 earlier entries are not shown; --limit 0 shows all\n"
    assert document(run, "log", "--limit", "1")["more"] == 2
    assert document(run, "log")["more"] == 0


def test_log_when_a_part_is_damaged_then_warned_and_1(run: Run) -> None:
    part = min(Path("state/journal/sales").iterdir())
    part.write_bytes(part.read_bytes()[:-3])

    code, out, err = run("log")
    told = document(run, "log", code=1)
    blamed = run("blame", "space/sales")

    assert (code, len(out.splitlines()), len(told["entries"])) == (1, 2, 1)
    assert f"'journal/sales/{part.stem}', was damaged" in err
    assert blamed[0] == 1
    assert "unknown" in blamed[1]


def test_blame_when_a_field_was_changed_then_it_is_of_that_plan(run: Run) -> None:
    told = document(run, "blame", "connection/sales/office-pbx")["fields"]
    code, out, _ = run("blame", "connection/sales/office-pbx", "--verbose")

    assert {field["path"][-1] for field in told if field["origin"]["act"] == "update"} == {"description"}
    changed = [field["path"] for field in told if field["origin"]["act"] == "update"]
    assert changed == [["agent", "keys", "operator_id", "description"]]
    assert code == 0
    assert any(
        line.startswith("  agent key operator_id, description") and " update " in line for line in out.splitlines()
    )


def on_terminal(answer: bytes, *arguments: str) -> tuple[int, str]:
    """Run ssops on a terminal, answer its question, and give the exit code and all that was shown."""
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "ssops", *arguments]
    process = subprocess.Popen(command, stdin=child, stdout=child, stderr=child, env={**os.environ, "TERM": "dumb"})
    os.close(child)
    shown, is_answered = b"", False
    while select.select([parent], [], [], TIMEOUT_S)[0]:
        try:
            got = os.read(parent, 65536)
        except OSError:  # the terminal is closed once the process has gone
            break
        shown += got
        if not got:
            break
        if b"goes on: " in shown and not is_answered:
            os.write(parent, answer)
            is_answered = True
    os.close(parent)
    return process.wait(timeout=TIMEOUT_S), shown.decode()


@pytest.mark.parametrize(("answer", "code"), [(b"yes\n", 0), (b"no\n", 130)], ids=["yes", "no"])
def test_restore_when_asked_on_a_terminal_then_only_yes_goes_on(run: Run, answer: bytes, code: int) -> None:
    version, before = settled(run), STATE.read_bytes()

    done, shown = on_terminal(answer, "state", "restore", "sales", version)

    assert done == code
    assert "recorded otherwise" in shown
    assert (STATE.read_bytes() != before) is (code == 0)


@pytest.mark.parametrize(("answer", "code"), [(b"yes\n", 0), (b"no\n", 130)], ids=["yes", "no"])
def test_unlock_when_asked_on_a_terminal_then_the_danger_is_told(run: Run, answer: bytes, code: int) -> None:
    with locked(Path.cwd()) as id:
        done, shown = on_terminal(answer, "state", "unlock", id)
        still = document(run, "state", "list")["locks"]

    assert done == code
    assert "stops before its next call" in " ".join(shown.split())
    assert bool(still) is (code == 130)
