"""What goes wrong around an apply, each with its exit code, its words, and the run after it that puts things right.

Faults of buckets and databases stand in the tests of their stores, kills at every system call under `tests/torture`.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ssops.cli import boundary
from ssops.errors import ProviderFault
from ssops.model import Kind, message
from ssops.providers.base import Done, Operation
from ssops.providers.local import LocalProvider
from ssops.providers.local.service import Service
from ssops.state import lease, process

ORGANIZATION = "bpfexample0000000001"
CONFIG = {
    "version": 1,
    "organization": ORGANIZATION,
    "manifests": ["manifests"],
    "provider": {
        "local": {
            "path": "service.db",
            "actor": "userAccount:ajeme000000000000001",
            "grants": [{"role": "speech-sense.admin", "subjects": ["userAccount:ajeme000000000000001"]}],
        }
    },
}
SPACE = {"version": 1, "kind": "space", "ref": "sales", "name": "Sales"}
AGREED = ("--auto-approve", *(f"--allow-one-way=connection/sales/c{number}" for number in range(4)))
ALL = ["C0", "C1", "C2", "C3", "Sales"]

Run = Callable[..., tuple[int, str, str]]
Carry = Callable[[Service, Operation], Done]


def connection(number: int, **fields: Any) -> dict[str, Any]:
    head = {"version": 1, "kind": "connection", "ref": f"c{number}", "space": "sales", "name": f"C{number}"}
    return {**head, "data_type": "chat", "shared": {"keys": {"ticket": {"name": "Ticket", "type": "string"}}}, **fields}


def write(name: str, document: Any) -> None:
    Path("manifests").mkdir(exist_ok=True)
    Path("manifests", f"{name}.yaml").write_text(json.dumps(document), encoding="utf-8")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("SSOPS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    Path("ssops.yaml").write_text(json.dumps(CONFIG), encoding="utf-8")
    write("space", SPACE)
    for number in range(4):
        write(f"c{number}", connection(number))

    def called(*arguments: str) -> tuple[int, str, str]:
        code = boundary.run(arguments)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return called


def live() -> list[str]:
    """Give the names of all that the service holds, sorted."""
    with LocalProvider(Path("service.db").absolute(), ORGANIZATION).reader() as reader:
        return sorted(row.name for row in reader.rows())


def reason(run: Run, *arguments: str) -> tuple[int, str]:
    """Run a command that fails, and give its exit code and the reason in JSON."""
    code, out, _ = run(*arguments, "--format", "json")
    return code, json.loads(out)["error"]["reason"]


def is_settled(run: Run) -> bool:
    """Tell whether a plain apply leaves everything there once, and nothing to do."""
    again = run("apply", *AGREED)[0]
    return (again, live(), run("plan", "--detailed-exitcode")[0]) == (0, ALL, 0)


@pytest.fixture
def strike(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[int, Carry, Service, Operation], Done]], None]:
    """Put something between ssops and the service: called with the number of the call, from 1."""

    def put(between: Callable[[int, Carry, Service, Operation], Done]) -> None:
        carry_out = Service.carry_out
        calls: list[str] = []

        def struck(self: Service, operation: Operation) -> Done:
            calls.append(operation.key)
            return between(len(calls), carry_out, self, operation)

        monkeypatch.setattr(Service, "carry_out", struck)

    return put


Strike = Callable[[Callable[[int, Carry, Service, Operation], Done]], None]


def test_f1_when_killed_in_the_middle_then_the_next_apply_says_what_it_found_and_ends_it(run: Run) -> None:
    code = (
        "import os, signal, sys; from ssops.providers.local.service import Service; from ssops.cli import boundary\n"
        "carry_out, calls = Service.carry_out, []\n"
        "def killing(self, operation):\n"
        "    calls.append(1); done = carry_out(self, operation)\n"
        "    if len(calls) == 3: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return done\n"
        "Service.carry_out = killing\n"
        f"boundary.run(['apply', *{AGREED!r}])\n"
    )
    killed = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert (killed.returncode, len(live())) == (-signal.SIGKILL, 3)

    code_, _, err = run("apply", *AGREED)

    assert (code_, live()) == (0, ALL)
    assert "connection/sales/c1" in err
    assert run("plan", "--detailed-exitcode")[0] == 0


FULL = """
import errno, os, sys
from ssops.cli import boundary
fsync, synced = os.fsync, []
def full(descriptor):
    synced.append(descriptor)
    if len(synced) >= {number}:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    fsync(descriptor)
os.fsync = full
sys.exit(boundary.run(["apply", *{agreed!r}]))
"""


@pytest.mark.parametrize("number", range(1, 13))
def test_f2_when_the_disk_is_full_then_the_file_is_named_and_nothing_recorded_is_lost(run: Run, number: int) -> None:
    code = FULL.format(number=number, agreed=AGREED)
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)

    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert "state/" in done.stderr
    assert "Traceback" not in done.stderr
    assert is_settled(run)


@pytest.fixture
def held(run: Run) -> Iterator[lease.Lease]:
    """Let somebody on another machine hold the lock of the space."""
    from datetime import UTC, datetime

    from ssops.state.file import FileStore

    store = FileStore(Path("state").absolute(), lambda: datetime.now(UTC))
    holder = lease.Holder("userAccount:other", "apply", "laptop", 4711, "", "https://ci.example/run/1")
    taken = lease.Lease(store, "0123456789abcdef", holder, 60)
    assert taken.take(("sales",)) is None
    yield taken
    taken.release()


def test_f3_when_another_apply_is_at_work_then_it_is_named_and_nothing_is_written(run: Run, held: lease.Lease) -> None:
    code, _, err = run("apply", *AGREED, "--lock-timeout", "0")

    assert (code, live()) == (6, [])
    assert "userAccount:other (apply, process 4711 on laptop" in err
    assert "https://ci.example/run/1" in err
    assert "ssops state unlock 0123456789abcdef" in err
    assert reason(run, "apply", *AGREED, "--lock-timeout", "0") == (6, "lock_held")


def test_f4_when_the_holder_is_unlocked_by_its_id_then_the_next_goes_on(run: Run, held: lease.Lease) -> None:
    assert run("state", "unlock", held.id[:-1], "--auto-approve")[0] == 64
    assert run("state", "unlock", held.id, "--auto-approve")[0] == 0

    assert run("apply", *AGREED, "--lock-timeout", "0")[0] == 0


def test_f5_when_the_run_sleeps_past_its_lease_then_it_makes_no_further_call(
    run: Run, strike: Strike, monkeypatch: pytest.MonkeyPatch
) -> None:
    uptime = process.uptime
    slept: list[float] = [0.0]
    monkeypatch.setattr(process, "uptime", lambda: uptime() + slept[0])

    def sleep(number: int, carry_out: Carry, service: Service, operation: Operation) -> Done:
        done = carry_out(service, operation)
        slept[0] += 1000 if number == 2 else 0
        return done

    strike(sleep)
    code, _, err = run("apply", *AGREED)

    assert (code, live()) == (6, ["C0", "Sales"])
    assert "paused longer than its lock on space 'sales' lasts" in err
    assert "what is done is recorded" in err
    assert is_settled(run)


def test_f6_when_state_moved_since_the_plan_then_stale_and_the_place_is_named(run: Run) -> None:
    run("plan", "--out", "plan.json")
    assert run("apply", *AGREED)[0] == 0
    write("c0", connection(0, description="x"))
    run("plan", "--out", "second.json")
    write("c0", connection(0, description="y"))
    assert run("apply", *AGREED)[0] == 0

    code, _, err = run("apply", "second.json")

    assert code == 6
    assert "connection/sales/c0" in err


def test_f7_when_live_was_changed_since_the_plan_then_that_object_is_named_and_nothing_written(run: Run) -> None:
    assert run("apply", *AGREED)[0] == 0
    write("c0", connection(0, description="x"))
    run("plan", "--out", "plan.json")
    meddle("C0", "by hand")

    code, _, err = run("apply", "plan.json")

    assert code == 6
    assert "connection/sales/c0" in err


def meddle(name: str, description: str) -> None:
    """Change a connection past ssops."""
    from ssops.model import Action, Actor, FieldChange

    provider = LocalProvider(
        Path("service.db").absolute(), ORGANIZATION, grants={"speech-sense.admin": ("userAccount:hand",)}
    )
    with provider.reader() as reader:
        row = next(row for row in reader.rows() if row.name == name)
        spec = dict(reader.spec(row.id))
    change = FieldChange(("description",), spec.get("description"), description)
    operation = Operation(
        "by-hand", Action.UPDATE, Kind.CONNECTION, row.id, row.space_id, {**spec, "description": description}, (change,)
    )
    with provider.writer(Actor("userAccount", "hand")) as writer:
        writer.carry_out(operation)


@pytest.mark.parametrize("lost", range(1, 6))
def test_f8_when_the_answer_to_a_call_is_lost_then_its_work_is_found_and_not_done_again(
    run: Run, strike: Strike, lost: int
) -> None:
    def lose(number: int, carry_out: Carry, service: Service, operation: Operation) -> Done:
        done = carry_out(service, operation)
        if number == lost:
            raise ProviderFault("unavailable", message("error.interrupted"))
        return done

    strike(lose)

    assert run("apply", *AGREED)[0] == 0
    assert live() == ALL
    assert run("plan", "--detailed-exitcode")[0] == 0


@pytest.mark.parametrize("refused", range(2, 6))
def test_f10_when_one_change_fails_then_the_others_are_made_and_the_next_run_does_the_rest(
    run: Run, strike: Strike, refused: int
) -> None:
    made: list[str] = []

    def refuse(number: int, carry_out: Carry, service: Service, operation: Operation) -> Done:
        if number == refused:
            raise ProviderFault("invalid_argument", message("error.out_of_memory"))
        made.append(operation.spec["name"])
        return carry_out(service, operation)

    strike(refuse)
    code, out, err = run("apply", *AGREED)
    assert (code, len(live())) == (7, 4)
    assert "failed" in out
    assert "mend what failed" in err

    assert is_settled(run)
    assert sorted(made) == ALL


def test_f11_when_the_clock_of_this_machine_is_wrong_then_the_lock_is_judged_by_the_stores(
    run: Run, held: lease.Lease, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setattr(time, "time", lambda: 0.0)

    assert reason(run, "apply", *AGREED, "--lock-timeout", "0") == (6, "lock_held")


@pytest.mark.parametrize("damage", ["truncated", "flipped", "emptied", "edited"])
def test_f12_when_the_state_is_damaged_then_the_way_back_is_named_and_works(run: Run, damage: str) -> None:
    assert run("apply", *AGREED)[0] == 0
    path = Path("state/sales.json")
    data = path.read_bytes()
    path.write_bytes(
        {
            "truncated": data[: len(data) // 2],
            "flipped": data[:400] + bytes([data[400] ^ 1]) + data[401:],
            "emptied": b"",
            "edited": data.replace(b'"C0"', b'"CX"'),
        }[damage]
    )

    for command in (("plan",), ("apply", *AGREED), ("state", "list")):
        code, _, err = run(*command)
        assert (code, live()) == (1, ALL)
        assert "ssops state restore sales " in err
    assert reason(run, "plan") == (1, "state_damaged")
    version = err.partition("ssops state restore sales ")[2].split()[0]
    assert run("state", "restore", "sales", version, "--auto-approve")[0] == 0
    assert run("plan", "--detailed-exitcode")[0] == 0


def test_f13_when_the_state_is_of_a_newer_ssops_then_refused_and_untouched(run: Run) -> None:
    assert run("apply", *AGREED)[0] == 0
    path = Path("state/sales.json")
    data = json.loads(path.read_bytes()) | {"format_version": 2, "tool_version": "9.9"}
    path.write_text(json.dumps(data))
    before = path.read_bytes()

    assert reason(run, "apply", *AGREED) == (1, "state_newer")
    assert "9.9" in run("plan")[2]
    assert path.read_bytes() == before


def test_f14_when_the_state_is_lost_then_nothing_is_created_twice_and_adoption_is_offered(run: Run) -> None:
    assert run("apply", *AGREED)[0] == 0
    shutil.rmtree("state")

    code, out, _ = run("plan")
    assert code == 3
    assert "ssops adopt space/sales " in out
    assert run("apply", *AGREED)[0] == 3
    assert live() == ALL


def test_f15_when_a_manifest_moved_since_the_plan_then_stale(run: Run) -> None:
    run("plan", "--out", "plan.json")
    write("c0", connection(0, description="x"))

    assert reason(run, "apply", "plan.json") == (6, "plan_stale")
    assert live() == []


@pytest.mark.parametrize("why", ["unauthenticated", "permission_denied"])
@pytest.mark.parametrize("since", range(2, 6))
def test_f16_f17_when_token_or_role_end_in_the_middle_then_the_space_stops_with_its_state_whole(
    run: Run, strike: Strike, why: str, since: int
) -> None:
    seen: list[int] = []

    def expire(number: int, carry_out: Carry, service: Service, operation: Operation) -> Done:
        seen.append(number)
        if since <= number <= since + 10 and len(seen) == number and number < 6:
            raise ProviderFault(why, message("error.interrupted"))
        return carry_out(service, operation)

    strike(expire)
    code, _, _ = run("apply", *AGREED)

    assert (code, len(live()), len(seen)) == (7, since - 1, since)
    seen.append(0)
    assert is_settled(run)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("call", range(1, 6))
def test_f18_when_asked_to_stop_then_the_call_in_flight_is_recorded_and_the_lock_given_back(
    run: Run, strike: Strike, number: signal.Signals, call: int
) -> None:
    def interrupt(seen: int, carry_out: Carry, service: Service, operation: Operation) -> Done:
        if seen == call:
            os.kill(os.getpid(), number)
        return carry_out(service, operation)

    strike(interrupt)
    code, out, _ = run("apply", *AGREED)

    assert (code, len(live())) == (130 if call < 5 else 0, call)
    assert out.count("applied ") >= call
    shown = json.loads(run("state", "show", "sales", "--format", "json")[1])
    assert (len(shown["resources"]), shown["pending"]) == (call, {})
    assert json.loads(Path("state/lock/sales.json").read_text())["id"] == ""
    assert is_settled(run)


def test_f19_when_a_plan_is_larger_than_the_policy_then_the_whole_plan_is_shown_and_refused(run: Run) -> None:
    Path("ssops.yaml").write_text(json.dumps({**CONFIG, "policy": {"max_changes": 2}}))

    code, out, _ = run("plan")
    assert code == 3
    assert "connection/sales/c3" in out
    assert reason(run, "apply", *AGREED) == (3, "policy")
    assert live() == []


def test_f19_when_every_manifest_is_gone_then_nothing_is_deleted(run: Run) -> None:
    assert run("apply", *AGREED)[0] == 0
    shutil.rmtree("manifests")
    Path("manifests").mkdir()
    write("other", {**SPACE, "ref": "other", "name": "Other"})

    assert reason(run, "apply", *AGREED) == (3, "impossible")
    assert live() == ALL
