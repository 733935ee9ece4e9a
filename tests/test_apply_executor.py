"""Carrying out a plan on a fake service with scripted faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from fakes import (
    ACTOR,
    FakeService,
    MemoryStore,
    change,
    connection,
    counter,
    means,
    plan_of,
    project,
    resources,
    space,
)

from ssops.apply import executor, recovery
from ssops.canonical import digest
from ssops.errors import Conflict, StateFault
from ssops.messages import say
from ssops.model import Action, Address, Execution, FieldChange, Grade, Outcome, Plan, Spec, Status, message
from ssops.state import document, journal, recorded
from ssops.state.space import Recorded, SpaceState

AT = "2026-01-02T03:04:05Z"

WISH: dict[Address, Spec] = {
    space("sales"): {"name": "Sales"},
    connection("sales", "pbx"): {"name": "PBX", "shared": {"keys": {"a": {"type": "date", "retired": True}}}},
    connection("sales", "chat"): {"name": "Chat"},
    project("sales", "vip"): {"name": "VIP", "connection": "pbx", "filters": {}},
    space("audit"): {"name": "Audit"},
}


class World:
    """A service, a store and the order in which a pipeline applies."""

    def __init__(self) -> None:
        self.service = FakeService()
        self.store = MemoryStore()
        self.new_id = counter()
        self.told: list[Outcome] = []

    def apply(self, wish: Mapping[Address, Spec], plan: Plan | None = None) -> tuple[Outcome, ...]:
        found = recovery.resolve(recorded.read(self.store), self.service)
        live = {row.id: row.digest for row in self.service.rows()}
        plan = plan or plan_of(wish, found.state, live)
        state = recovery.write(self.store, found, self.new_id, AT)
        with_ = means(self.store, self.service, self.new_id)
        return executor.run(plan, desired=resources(wish), state=state, means=with_, on_outcome=self.told.append)

    def state(self, ref: str) -> SpaceState:
        return document.loads(self.store.documents[ref], ref)

    def names(self) -> list[str]:
        return sorted(row.name for row in self.service.rows())


@pytest.fixture
def world() -> World:
    return World()


def statuses(outcomes: tuple[Outcome, ...]) -> dict[str, str]:
    return {str(outcome.address): outcome.status.value for outcome in outcomes}


def test_run_when_all_goes_well_then_every_change_is_applied_and_recorded(world: World) -> None:
    outcomes = world.apply(WISH)

    assert set(statuses(outcomes).values()) == {"applied"}
    assert {outcome.address for outcome in world.told} == set(WISH)
    spec = WISH[space("audit")]
    entry = world.state("audit").resources[space("audit")]
    live = world.service.spec(entry.id)
    assert entry == replace(
        Recorded(
            entry.id, spec, digest(spec), digest(live), Grade.CONFIRMED, "2026-01-02T03:04:05Z", str(ACTOR), "", "Audit"
        ),
        plan=entry.plan,
    )
    assert [(world.state(ref).pending, world.state(ref).run) for ref in ("sales", "audit")] == [({}, None)] * 2


def test_run_when_outcomes_are_given_then_in_the_order_of_the_plan(world: World) -> None:
    plan = plan_of(WISH, recorded.read(world.store), {})

    outcomes = world.apply(WISH, plan)

    assert [outcome.address for outcome in outcomes] == [one.address for one in plan.changes]


def test_run_when_applied_then_a_second_apply_calls_nothing(world: World) -> None:
    world.apply(WISH)
    world.service.calls.clear()
    before = dict(world.store.documents)

    assert (world.apply(WISH), world.service.calls, world.store.documents) == ((), [], before)


def test_run_when_refs_are_sent_then_as_ids_and_without_retired(world: World) -> None:
    world.apply(WISH)

    ids = {address: one.id for address, one in world.state("sales").resources.items()}
    sent = {operation.spec["name"]: operation for operation in world.service.calls}
    assert sent["VIP"].spec == {"name": "VIP", "filters": {}, "connection_id": ids[connection("sales", "pbx")]}
    assert sent["VIP"].space_id == ids[space("sales")]
    assert sent["PBX"].spec == {"name": "PBX", "shared": {"keys": {"a": {"type": "date"}}}}
    assert sent["Sales"].space_id is None


def test_run_when_a_batch_is_large_then_intents_are_written_together(world: World) -> None:
    wish: dict[Address, Spec] = {space("sales"): {"name": "Sales"}}
    wish |= {connection("sales", f"c{number}"): {"name": f"C{number}"} for number in range(119)}

    world.apply(wish)

    pending = [len(document.loads(data, "sales").pending) for data in world.store.puts]
    assert pending == [50, 50, 20, 0, 0]


def test_run_when_one_is_refused_then_what_needs_it_is_skipped_and_the_rest_goes_on(world: World) -> None:
    world.service.faults = {3: "refuse"}

    outcomes = world.apply(WISH)

    assert statuses(outcomes) == {
        "space/audit": "applied",
        "space/sales": "applied",
        "connection/sales/chat": "applied",
        "connection/sales/pbx": "applied",
        "project/sales/vip": "applied",
    } | {str(world.service.calls[2].kind) + "/sales/chat": "failed"}
    assert (world.state("sales").pending, world.state("sales").run is None) == ({}, False)


def test_run_when_a_space_fails_then_its_contents_are_skipped_with_the_reason(world: World) -> None:
    world.service.faults = {2: "refuse"}

    outcomes = world.apply(WISH)

    assert statuses(outcomes) == {
        "space/audit": "applied",
        "space/sales": "failed",
        "connection/sales/chat": "skipped",
        "connection/sales/pbx": "skipped",
        "project/sales/vip": "skipped",
    }
    error = outcomes[-1].error
    assert error is not None
    assert say(error) == "not attempted: it needs 'space/sales', which is not there"


def test_run_when_each_change_fails_in_turn_then_the_next_apply_does_only_the_rest() -> None:
    for number in range(1, 6):
        world = World()
        world.service.faults = {number: "refuse"}
        first = world.apply(WISH)
        world.service.calls.clear()
        world.service.faults = {}

        second = world.apply(WISH)

        undone = {outcome.address for outcome in first if outcome.status is not Status.APPLIED}
        assert {outcome.address for outcome in second} == undone
        assert world.names() == ["Audit", "Chat", "PBX", "Sales", "VIP"]


def test_run_when_an_answer_is_lost_then_the_change_is_found_to_be_made(world: World) -> None:
    world.service.faults = dict.fromkeys(range(1, 6), "lost")

    outcomes = world.apply(WISH)

    assert set(statuses(outcomes).values()) == {"applied"}
    assert world.names() == ["Audit", "Chat", "PBX", "Sales", "VIP"]


def test_run_when_nobody_can_tell_then_the_intent_stays_and_the_next_run_finds_out(world: World) -> None:
    world.service.faults = {1: "lost"}
    world.service.is_silent = True
    first = world.apply({space("audit"): {"name": "Audit"}})
    pending = list(world.state("audit").pending)
    world.service.is_silent = False

    second = world.apply({space("audit"): {"name": "Audit"}})

    assert (statuses(first), pending, second) == ({"space/audit": "failed"}, [space("audit")], ())
    assert (world.names(), world.state("audit").pending, world.state("audit").run) == (["Audit"], {}, None)


@pytest.mark.parametrize("fault", ["interrupt", "interrupt-after"])
@pytest.mark.parametrize("number", range(1, 6))
def test_run_when_interrupted_then_what_is_done_is_recorded_and_the_next_converges(fault: str, number: int) -> None:
    world = World()
    world.service.faults = {number: fault}

    with pytest.raises(KeyboardInterrupt):
        world.apply(WISH)

    told = [outcome.address for outcome in world.told]
    states = recorded.read(world.store)
    assert (len(told), len(states.pending)) == (number - 1, 1)
    assert set(told) == set(states.resources().entries)
    world.apply(WISH)
    assert (world.names(), recorded.read(world.store).pending) == (["Audit", "Chat", "PBX", "Sales", "VIP"], {})


def test_run_when_telling_an_outcome_breaks_then_it_is_recorded_all_the_same(world: World) -> None:
    state = recorded.read(world.store)
    with_ = means(world.store, world.service, world.new_id)

    def broken(outcome: Outcome) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        executor.run(plan_of(WISH, state, {}), desired=resources(WISH), state=state, means=with_, on_outcome=broken)

    found = recorded.read(world.store)
    assert (set(found.resources().entries), found.pending) == (set(WISH), {})


def test_run_when_live_moved_since_the_plan_then_that_change_fails(world: World) -> None:
    world.apply(WISH)
    wish = {**WISH, connection("sales", "chat"): {"name": "Chat", "description": "x"}}
    state = recorded.read(world.store)
    plan = plan_of(wish, state, {row.id: row.digest for row in world.service.rows()})
    id = world.state("sales").resources[connection("sales", "chat")].id
    world.service.objects[id]["spec"] = {"name": "Chat", "description": "by hand"}

    outcomes = world.apply(wish, plan)

    assert statuses(outcomes) == {"connection/sales/chat": "failed"}


def test_run_when_only_retired_moved_then_the_service_is_not_called(world: World) -> None:
    world.apply(WISH)
    world.service.calls.clear()
    retired = {"name": "Chat", "retired": True}

    outcomes = world.apply({**WISH, connection("sales", "chat"): retired})

    entry = world.state("sales").resources[connection("sales", "chat")]
    assert (statuses(outcomes), world.service.calls) == ({"connection/sales/chat": "applied"}, [])
    assert (entry.spec, entry.observed) == (retired, digest({"name": "Chat"}))


def test_run_when_a_space_is_deleted_then_its_document_stays_without_resources(world: World) -> None:
    world.apply(WISH)
    serial = world.state("sales").serial

    outcomes = world.apply({space("audit"): WISH[space("audit")]})

    state = world.state("sales")
    assert set(statuses(outcomes).values()) == {"applied"}
    assert (world.names(), state.resources, state.pending, state.run) == (["Audit"], {}, {}, None)
    assert state.serial > serial
    world.apply(WISH)
    assert (world.state("sales").lineage, len(world.state("sales").resources)) == (state.lineage, 4)


def test_run_when_a_change_is_not_automatic_then_it_is_skipped_and_said(world: World) -> None:
    plan = replace(
        plan_of({}, recorded.read(world.store), {}),
        changes=(change(space("audit"), Action.CREATE, execution=Execution.ASSISTED),),
    )

    outcomes = world.apply({space("audit"): {"name": "Audit"}}, plan)

    said = message("apply.not_automatic", address="space/audit")
    assert outcomes == (Outcome(space("audit"), Action.CREATE, Status.SKIPPED, error=said),)


def test_run_when_another_run_wrote_the_state_then_conflict_and_no_call(world: World) -> None:
    world.apply(WISH)
    world.service.calls.clear()
    state = recorded.read(world.store)
    wish = {**WISH, space("audit"): {"name": "Audit", "description": "x"}}
    plan = plan_of(wish, state, {})
    stale = state.having([(state.load("audit"), "older")])
    with_ = means(world.store, world.service, world.new_id)

    with pytest.raises(Conflict):
        executor.run(plan, desired=resources(wish), state=stale, means=with_, on_outcome=world.told.append)

    assert world.service.calls == []


class FullStore(MemoryStore):
    """A store whose disk is full from the second write on."""

    def put(self, name: str, data: bytes, expected: str | None) -> str:
        if self.puts:
            raise StateFault("state_unwritable", message("state.unwritable", path=name, why="full"))
        return MemoryStore.put(self, name, data, expected)


def test_run_when_the_disk_is_full_then_the_next_run_finds_what_was_made(world: World) -> None:
    wish = {space("audit"): WISH[space("audit")]}
    world.store = FullStore()
    with pytest.raises(StateFault):
        world.apply(wish)
    world.store = MemoryStore(dict(world.store.documents))

    again = world.apply(wish)

    assert (again, world.names(), world.state("audit").pending) == ((), ["Audit"], {})


def test_remaining_when_a_reviewed_plan_was_cut_short_then_the_rest_goes_on(world: World) -> None:
    reviewed = plan_of(WISH, recorded.read(world.store), {})
    world.service.faults = {3: "interrupt-after"}
    with pytest.raises(KeyboardInterrupt):
        world.apply(WISH, reviewed)
    found = recovery.resolve(recorded.read(world.store), world.service)
    fresh = plan_of(WISH, found.state, {row.id: row.digest for row in world.service.rows()})

    rest = recovery.remaining(reviewed, fresh, found.state)

    assert rest == replace(fresh, digest=reviewed.digest)
    assert [str(one.address) for one in fresh.changes] == ["connection/sales/pbx", "project/sales/vip"]
    world.apply(WISH, rest)
    assert (world.names(), recorded.read(world.store).runs) == (["Audit", "Chat", "PBX", "Sales", "VIP"], {})


def cut_short(world: World) -> tuple[Plan, Plan]:
    """Give a reviewed plan that was begun and stopped, and the plan made afterwards."""
    reviewed = plan_of(WISH, recorded.read(world.store), {})
    world.service.faults = {2: "interrupt"}
    with pytest.raises(KeyboardInterrupt):
        world.apply(WISH, reviewed)
    found = recovery.resolve(recorded.read(world.store), world.service)
    return reviewed, plan_of(WISH, found.state, {})


def test_remaining_when_the_manifests_moved_then_stale(world: World) -> None:
    reviewed, fresh = cut_short(world)
    other = replace(fresh, basis={**fresh.basis, "desired": {}})

    assert recovery.remaining(reviewed, other, recorded.read(world.store)) is None


def test_remaining_when_another_change_appeared_then_stale(world: World) -> None:
    reviewed, fresh = cut_short(world)
    field = FieldChange(("name",), "a", "b")
    other = replace(fresh, changes=(*fresh.changes, change(space("audit"), Action.UPDATE, (field,))))

    assert recovery.remaining(reviewed, other, recorded.read(world.store)) is None


def test_remaining_when_another_plan_was_applied_meanwhile_then_stale(world: World) -> None:
    reviewed, fresh = cut_short(world)
    world.apply({space("audit"): {"name": "Audit", "description": "x"}})

    assert recovery.remaining(reviewed, fresh, recorded.read(world.store)) is None


def test_remaining_when_the_plan_was_never_begun_then_none(world: World) -> None:
    state = recorded.read(world.store)
    plan = plan_of(WISH, state, {})

    assert recovery.remaining(plan, plan, state) is None


def test_run_when_a_lock_is_lost_then_no_further_call_and_what_is_done_is_recorded(world: World) -> None:
    checks = iter(range(100))

    def check() -> None:
        if next(checks) >= 3:  # before the intents of audit, its call, the intents of sales
            raise Conflict("lock_lost", message("lock.lost", space="sales"))

    state = recorded.read(world.store)
    with_ = means(world.store, world.service, world.new_id, check=check)

    with pytest.raises(Conflict) as caught:
        executor.run(plan_of(WISH, state, {}), desired=resources(WISH), state=state, means=with_, on_outcome=ignore)

    assert (caught.value.reason, world.names()) == ("lock_lost", ["Audit"])
    found = recorded.read(world.store)
    assert (list(found.resources().entries), found.pending) == ([space("audit")], {})
    world.apply(WISH)
    assert world.names() == ["Audit", "Chat", "PBX", "Sales", "VIP"]


def ignore(_: Outcome) -> None:
    """Hear and forget."""


def test_run_when_asked_to_stop_then_the_call_in_flight_ends_and_the_rest_waits(world: World) -> None:
    state = recorded.read(world.store)
    stop: list[bool] = []
    with_ = means(world.store, world.service, world.new_id, is_stopped=lambda: bool(stop))

    def on_outcome(_: Outcome) -> None:
        if len(world.service.calls) == 2:
            stop.append(True)

    outcomes = executor.run(
        plan_of(WISH, state, {}), desired=resources(WISH), state=state, means=with_, on_outcome=on_outcome
    )

    assert sorted(statuses(outcomes).values()) == ["applied", "applied", "skipped", "skipped", "skipped"]
    assert {outcome.error for outcome in outcomes if outcome.error} == {message("apply.stopped")}
    found = recorded.read(world.store)
    assert (found.pending, list(found.runs)) == ({}, ["audit", "sales"])
    world.apply(WISH)
    assert (world.names(), recorded.read(world.store).runs) == (["Audit", "Chat", "PBX", "Sales", "VIP"], {})


def test_run_when_the_role_is_taken_away_then_that_space_stops_and_the_others_go_on(world: World) -> None:
    world.service.faults = {3: "denied"}

    outcomes = world.apply(WISH)

    assert statuses(outcomes) == {
        "space/audit": "applied",
        "space/sales": "applied",
        "connection/sales/chat": "failed",
        "connection/sales/pbx": "skipped",
        "project/sales/vip": "skipped",
    }
    assert len(world.service.calls) == 3


@pytest.mark.parametrize("parallelism", [1, 2, 8])
def test_run_when_spaces_go_side_by_side_then_they_are_heard_in_the_order_of_the_plan(parallelism: int) -> None:
    world = World()
    wish: dict[Address, Spec] = {space(f"s{number}"): {"name": f"S{number}"} for number in range(8)}
    wish |= {connection(f"s{number}", "pbx"): {"name": f"C{number}"} for number in range(8)}
    state = recorded.read(world.store)
    plan = plan_of(wish, state, {})
    with_ = means(world.store, world.service, world.new_id, parallelism=parallelism)

    outcomes = executor.run(plan, desired=resources(wish), state=state, means=with_, on_outcome=world.told.append)

    assert {outcome.status for outcome in outcomes} == {Status.APPLIED}
    by_space = [outcome.address.space for outcome in world.told]
    assert by_space == sorted(by_space, key=list(dict.fromkeys(one.address.space for one in plan.changes)).index)
    assert len(world.told) == 16
    assert recorded.read(world.store).runs == {}


def test_run_when_one_space_breaks_then_the_others_are_applied(world: World) -> None:
    state = recorded.read(world.store)
    world.store.documents["audit"] = document.dumps(SpaceState("audit", "other", 9), "w")
    with_ = means(world.store, world.service, world.new_id, parallelism=2)

    with pytest.raises(Conflict):
        executor.run(plan_of(WISH, state, {}), desired=resources(WISH), state=state, means=with_, on_outcome=ignore)

    assert world.names() == ["Chat", "PBX", "Sales", "VIP"]
    assert set(world.state("sales").resources) == {address for address in WISH if address.space == "sales"}


def test_run_when_a_call_was_not_made_then_it_is_made_under_the_same_key(world: World) -> None:
    world.service.faults = {1: "interrupt"}
    with pytest.raises(KeyboardInterrupt):
        world.apply(WISH)
    found = recovery.resolve(recorded.read(world.store), world.service)
    before = world.service.calls[0].key
    state = recovery.write(world.store, found, world.new_id, AT)
    with_ = means(world.store, world.service, world.new_id, unmade=found.unmade)

    executor.run(plan_of(WISH, state, {}), desired=resources(WISH), state=state, means=with_, on_outcome=ignore)

    assert list(found.unmade) == [space("audit")]
    assert world.service.calls[1].key == before


def test_run_when_done_then_the_journal_tells_each_change_once_with_its_run(world: World) -> None:
    world.service.faults = {4: "refuse"}
    world.apply(WISH)
    world.service.faults = {}
    world.apply(WISH)

    told = [entry for ref in ("audit", "sales") for entry in journal.read(world.store, ref, fail)]

    applied = [entry for entry in told if entry.status is Status.APPLIED]
    assert sorted(str(entry.address) for entry in applied) == sorted(map(str, WISH))
    assert {entry.act for entry in applied} == {"create"}
    assert {entry.run.by for entry in told} == {str(ACTOR)}
    assert all(entry.run.digest for entry in told)
    assert [entry.status for entry in told if entry.status is not Status.APPLIED] != []


def fail(fault: StateFault) -> None:
    raise fault
