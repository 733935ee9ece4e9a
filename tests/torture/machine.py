"""The machine: people edit, drift, plan, apply, adopt, forget and restore in any order, and runs are struck.

After every step the service is compared with the oracle's dictionary, and at the end everything is mended and applied:
then nothing may be left to do. `torture.search` runs as many as asked for.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from ssops import pipeline, upkeep
from ssops import workspace as looking
from ssops.errors import Blocked, Conflict, NotAuthorized, ProviderFault, SsopsError, UsageFault
from ssops.manifest.load import Looked, Manifest
from ssops.model import Action, Address, Kind, Plan, Status
from ssops.pipeline import Applied
from ssops.providers.base import Operation
from ssops.state import history, lease, process
from ssops.state.recorded import State
from ssops.state.space import SpaceState
from ssops.workspace import Workspace
from torture import wishes
from torture.oracle import Oracle, Stop, is_within, space_of
from torture.run import STRIKES, Killed, Run, RunStore, Strike
from torture.world import ADMIN, LEASE_S, STRANGER, Errand, World, manifest

STEPS = 16
KEEPING = ("adopt", "forget", "restore", "land", "stranger")
_MENDING = 40  # moves until everything that stops a plan is out of its way

Result = Applied | BaseException


@dataclass(frozen=True)
class Review:
    """A plan that somebody reviewed. `at` is how much had happened by then, or when it was last applied alone."""

    errand: Errand
    at: int


def valid(workspace: Workspace, looked: Looked | None = None) -> Manifest:
    """Stand in for reading the manifests: gives the wishes of the world that the run is in."""
    assert isinstance(workspace.store, RunStore)
    return manifest(workspace.store.run.world.wishes)


class Machine(RuleBasedStateMachine):
    """One world, from its first plan to its last."""

    examples = 0
    steps = 0
    seen: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        type(self).examples += 1
        self.oracle = Oracle()
        self.review: Review | None = None
        self.is_over = False

    @initialize(
        is_forgetful=st.sampled_from((False, False, False, True)), wanted=st.integers(0, 3), apply=st.booleans()
    )
    def begin(self, is_forgetful: bool, wanted: int, apply: bool) -> None:
        """Found the service; wish for a space or two with a project each, and make them."""
        self.world = World(is_forgetful, self.oracle.on_made, self._put)
        self._seams = (looking.valid, process.uptime)
        # Manifests are read elsewhere, and a run that sleeps cannot wait for the clock of this machine.
        looking.valid, process.uptime = valid, self.world.uptime
        for address in wishes.ADDRESSES:
            if address.space == "east" or wanted > 1:
                wishes.want(self.world.wishes, address)
        if wanted % 2:
            wishes.drop(self.world.wishes, Address(Kind.CONNECTION, "east", "mail"))
        if apply:
            self._apply()

    def teardown(self) -> None:
        """Mend and apply everything that is left, where no fault was found before."""
        if not hasattr(self, "world"):
            return
        try:
            if sys.exc_info()[0] is None and not self.is_over:
                self._end()
        finally:
            looking.valid, process.uptime = self._seams
            self.world.close()

    # The moves

    @rule(which=st.integers(0, wishes.EDITS - 1), where=st.sampled_from(wishes.ADDRESSES), value=st.integers(0, 2))
    def edit(self, which: int, where: Address, value: int) -> None:
        """Edit the manifests."""
        wishes.edit(self.world, which, where, value)

    @rule(which=st.integers(0, 6), value=st.integers(0, 7))
    def drift(self, which: int, value: int) -> None:
        """Let somebody change the service by hand."""
        wishes.drift(self.world, self.oracle, which, value)
        self._balance()

    @rule(
        which=st.integers(0, wishes.EDITS),
        where=st.sampled_from(wishes.ADDRESSES),
        value=st.integers(0, 2),
        only=st.sampled_from((False, False, False, True)),
    )
    def apply(self, which: int, where: Address, value: int, only: bool) -> None:
        """Edit the manifests, or not, and apply them: all of them, or those of one space."""
        self._edit_and_apply(which, where, value, only)

    @rule(
        which=st.integers(0, wishes.EDITS),
        where=st.sampled_from(wishes.ADDRESSES),
        value=st.integers(0, 2),
        only=st.sampled_from((False, False, False, True)),
        strike=st.sampled_from(STRIKES),
        other=st.sampled_from((*[None] * 600, *STRIKES)),
    )
    def struck(
        self, which: int, where: Address, value: int, only: bool, strike: Strike | None, other: Strike | None
    ) -> None:
        """Do the same, and be struck once or twice."""
        self._edit_and_apply(which, where, value, only, strike, other)

    def _edit_and_apply(self, which: int, where: Address, value: int, only: bool, *strikes: Strike | None) -> None:
        if which < wishes.EDITS:
            wishes.edit(self.world, which, where, value)
        self._apply(strikes, only=(where.space,) if only and where.space in self._spaces() else ())

    @rule(
        event=st.sampled_from(("", "", "", "edit", "drift")),
        which=st.integers(0, wishes.EDITS - 1),
        where=st.sampled_from(wishes.ADDRESSES),
        value=st.integers(0, 2),
        strike=st.sampled_from((*[None] * 40, *STRIKES)),
    )
    def apply_reviewed(self, event: str, which: int, where: Address, value: int, strike: Strike | None) -> None:
        """Have a plan reviewed, let something happen, or nothing, and apply that plan."""
        wishes.edit(self.world, which, where, value)
        found = self._planned(())
        if found is None or found.blocked:
            return
        self.review = Review(Errand(dict(self.world.wishes), found, self.world.things()), self.world.moves)
        if event == "edit":
            wishes.edit(self.world, value, where, which % 3)
        elif event == "drift":
            wishes.drift(self.world, self.oracle, value, which)
        self._apply((strike,), review=self.review)

    @precondition(lambda self: self.review is not None)
    @rule()
    def resume(self) -> None:
        """Apply the plan again that was reviewed, however long ago."""
        assert self.review is not None
        self._apply(review=self.review)

    @rule(what=st.sampled_from(("mend", "mend", *KEEPING)), pick=st.integers(0, 7))
    def keep(self, what: str, pick: int) -> None:
        """Adopt, forget, restore; let late calls reach the service; let somebody apply who may not; mend it all."""
        match what:
            case "mend":
                self._mend_all()
            case "adopt":
                found = self._adoptable()
                if found:
                    self._adopt(*found[pick % len(found)])
            case "forget":
                known = sorted({*self.oracle.known, *self.oracle.pending(self.world)})
                if known:
                    self._forget(known[pick % len(known)])
            case "restore":
                self._restore(wishes.ADDRESSES[pick].space, pick)
            case "land":
                self._land()
                self._balance()
            case "stranger":
                self._apply_as_stranger()

    # How they are made and judged

    def _run(self, *strikes: Strike | None) -> Run:
        self.world.rest(1)
        return Run(self.world, [strike for strike in strikes if strike], self._outside)

    def _apply(
        self, strikes: tuple[Strike | None, ...] = (), only: tuple[str, ...] = (), review: Review | None = None
    ) -> None:
        type(self).steps += 1
        run = self._run(*strikes)
        spaces = only or self._spaces()
        reviewed = None
        if review is not None:
            reviewed, run.reviewed = review.errand.plan, review.errand
            spaces = reviewed.spaces
        stops = self.oracle.stops(self.world, spaces)
        open = {address for address in self.oracle.pending(self.world) if address.space in spaces}
        before, moves = self._everything(), self.world.moves
        result = self._carried_out(run, only, reviewed)
        is_fresh = review is None or review.at == moves
        self._judge(run, result, stops, open, is_fresh=is_fresh)
        if isinstance(result, (Blocked, NotAuthorized)):
            assert self._everything() == before, "refused, and written all the same"
        self._balance()
        if review is not None:
            # What an earlier run left open moves the record before the plan does: cut short there, it is stale.
            is_ours = is_fresh and not open and not set(run.fired) & _OTHERS
            self.review = replace(review, at=self.world.moves if is_ours else -1)
        if run.is_dead:
            self._hasty()
        if self._held():
            self.world.rest(10 * LEASE_S)
        if isinstance(result, Applied) and not run.fired:
            self._settled(only or spaces, result)

    def _carried_out(self, run: Run, only: tuple[str, ...], reviewed: Plan | None) -> Result:
        late = list(self.world.late)
        try:
            return pipeline.apply(run.workspace, run.course(), spaces=only, actor=ADMIN, reviewed=reviewed)
        except (SsopsError, Killed, KeyboardInterrupt) as fault:
            return fault
        finally:
            self._forget_late(late)

    def _forget_late(self, late: list[tuple[Operation, Errand]]) -> None:
        """Lose calls that are late by more than a run."""
        self.world.late[:] = [one for one in self.world.late if one not in late]

    def _judge(self, run: Run, result: Result, stops: list[Stop], open: Collection[Address], *, is_fresh: bool) -> None:
        """Hold what became of a run against what struck it."""
        said = f"{type(result).__name__} {getattr(result, 'reason', '')}".strip()
        if isinstance(result, Applied) and not all(one.status is Status.APPLIED for one in result.outcomes):
            said = "partial"
        self.seen[said] += 1
        expected = {_AFTER[how] for how in run.fired if how in _AFTER}
        allowed = {one for group in expected for one in group.split(", ")}
        if not [how for how in run.fired if how in _ENDS] or not expected:
            allowed.add("Blocked impossible" if stops else "Applied")
        if stops:
            allowed.add("Blocked impossible")
        if "lost" in run.fired and self.world.is_forgetful:
            allowed.add("partial")
        if run.reviewed and any("rival" in how for how in run.fired):
            allowed.add("Conflict plan_stale")
        if run.reviewed and self.oracle.is_met(self.world.wishes, run.reviewed.plan.spaces):
            allowed.add("Conflict plan_stale")  # there is nothing left to do
        if open and self.world.is_forgetful:
            allowed.add("Conflict operation_unknown")
        if not is_fresh:
            allowed |= {"Conflict plan_stale", "UsageFault unknown_space", "Applied"}
        assert said in allowed, (said, run.fired, stops, getattr(result, "outcomes", result))

    def _settled(self, spaces: tuple[str, ...], applied: Applied) -> None:
        """See that nothing is left to do after a run that ended well."""
        assert self.oracle.is_met(self.world.wishes, spaces), "applied, and not as it was wished"
        assert not [one for one in self.oracle.pending(self.world) if one.space in spaces], "applied, and still pending"
        left = self._planned(spaces)
        assert left is not None
        assert left.changes == (), f"applied, and still to do: {left.changes}"
        for change in applied.plan.changes:
            assert change.action is not Action.REMOVE

    def _planned(self, only: tuple[str, ...]) -> Plan | None:
        try:
            return pipeline.plan(self._run().workspace, spaces=only, actor=ADMIN)
        except Conflict as fault:
            assert fault.reason == "operation_unknown"
            return None

    def _hasty(self) -> None:
        """Let somebody apply right after a run was killed: its locks are still held."""
        if len(self._held()) == len(self._spaces()):
            before = self._everything()
            run = self._run()
            result = self._carried_out(run, (), None)
            is_idle = isinstance(result, Applied) and not result.outcomes
            is_refused = isinstance(result, (Blocked, Conflict)) and result.reason != "state_moved"
            assert is_idle or is_refused, result
            assert self._everything() == before

    def _held(self) -> list[str]:
        """Give the spaces whose locks nobody gave back, and whose leases have not ended."""
        return [space for space in self._spaces() if lease.read(self.world.store, space) is not None]

    def _outside(self, how: str, run: Run) -> None:
        """Do what others do while a run is at work: where it is most in the way."""
        match how:
            case "rival":
                self._carried_out(self._run(), (), None)
            case "edit":
                assert run.errand is not None
                planned = [self.oracle.known.get(change.address, "") for change in run.errand.plan.changes]
                called = [operation.id or "" for operation in run.calls[-1:]]
                wishes.change(self.world, self.oracle, [*called, *planned], self.world.moves)
            case "land" if all(errand.wishes == self.world.wishes for _, errand in self.world.late):
                self._land()  # where something else is wished for, it is asked for under another key

    def _land(self) -> None:
        late, self.world.late[:] = list(self.world.late), []
        for operation, errand in late:
            with suppress(ProviderFault):  # what it was about is gone, or has changed
                self.world.carry_out(operation, ADMIN, errand)

    def _apply_as_stranger(self) -> None:
        before = self._everything()
        run = self._run()
        try:
            found = pipeline.apply(run.workspace, run.course(), actor=STRANGER)
        except (NotAuthorized, Blocked, Conflict):
            assert self._everything() == before
        else:
            assert found.outcomes == (), found

    def _adoptable(self) -> list[tuple[Address, str]]:
        """Give the objects that nobody manages, each with an address that can stand for it."""
        return [
            (address, id)
            for id, thing in sorted(self.oracle.things.items())
            if id not in self.oracle.known.values()
            for address in wishes.ADDRESSES
            if address not in self.oracle.known and self._fits(address, id)
        ]

    def _fits(self, address: Address, id: str) -> bool:
        thing, known = self.oracle.things[id], self.oracle.known
        if self.oracle.meant.get(id) != address:
            return False
        if thing.kind is Kind.SPACE:
            return not any(one.space == address.space for one in known)
        if thing.home != known.get(space_of(address)):
            return False
        if thing.kind is Kind.PROJECT:
            return bool(thing.spec["connection_id"] == known.get(Address(Kind.CONNECTION, address.space, "line")))
        return bool(thing.spec["name"] == wishes.fresh(address)["name"])

    def _adopt(self, address: Address, id: str) -> None:
        if self._kept(lambda run: upkeep.adopt(run.workspace, address, id, ADMIN)):
            self.oracle.known[address] = id
            self.oracle.moved.add(address)
        self._balance()

    def _forget(self, address: Address) -> None:
        gone = [one for one in self.oracle.known if one == address or is_within(one, address)]
        lost = {
            key for one, key in self.oracle.pending(self.world).items() if one == address or is_within(one, address)
        }
        if self._kept(lambda run: upkeep.forget(run.workspace, address, ADMIN)):
            self.oracle.excused |= lost
            self.oracle.moved |= {address, *gone}
            self.oracle.known = {one: id for one, id in self.oracle.known.items() if one not in gone}
        self._balance()

    def _restore(self, space: str, pick: int) -> None:
        """Bring an older version of the record back."""
        kept = history.names(self.world.store, space)
        if not kept or self.oracle.pending(self.world):
            return
        found = history.find(self.world.store, space, kept[pick % len(kept)].rpartition("/")[2])
        if self.world.is_forgetful and found.pending:
            return

        def restored(before: SpaceState, _: State, __: Any) -> tuple[SpaceState, list[Any]]:
            return replace(found, lineage=before.lineage, serial=before.serial, run=None), []

        if self._kept(lambda run: upkeep.rewrite(run.workspace, space, ADMIN, "restore", restored)):
            others = {one: id for one, id in self.oracle.known.items() if one.space != space}
            record = self.oracle.record(self.world, space)
            self.oracle.moved |= {one for one in wishes.ADDRESSES if one.space == space}
            self.oracle.known = others | {one: id for one, (id, _) in record.items()}
        self._balance()

    def _kept(self, work: Callable[[Run], object]) -> bool:
        run, late = self._run(), list(self.world.late)
        try:
            work(run)
        except UsageFault:
            return False
        self._forget_late(late)
        self.review = self.review and replace(self.review, at=-1)
        return True

    # The end

    def _end(self) -> None:
        self._mend_all()
        self._apply()
        if self.world.is_forgetful:
            self._unknown()
            self._apply()
        before = self._everything()
        run = self._run()
        again = self._carried_out(run, (), None)
        assert isinstance(again, Applied), again
        assert (run.calls, self._everything()) == ([], before), "applied twice, and something was done the second time"
        self.oracle.audit(self.world)
        self.is_over = True

    def _mend_all(self) -> None:
        for _ in range(_MENDING):
            self._unknown()
            stops = self.oracle.stops(self.world, self._spaces())
            if not stops:
                return
            self._mend(stops[0])
        raise AssertionError(f"cannot be mended: {stops}")

    def _unknown(self) -> None:
        """Forget operations of which nobody can tell, as the message says."""
        for _ in range(_MENDING):
            try:
                pipeline.apply(replace(self._run().workspace), self._run().course(), actor=STRANGER)
            except Conflict as fault:
                assert fault.reason == "operation_unknown", fault
                self._forget(min(self.oracle.pending(self.world)))
            except (Blocked, NotAuthorized):
                return
            else:
                return

    def _mend(self, stop: Stop) -> None:
        """Do what a person does who is told why a plan is blocked."""
        everything = self.world.wishes
        match stop.why:
            case "dropped":
                self._forget(stop.address)
            case "taken" if stop.address in self.oracle.known:
                self._forget(stop.address)
            case "taken" if (stop.address, stop.what) in self._adoptable():
                self._adopt(stop.address, stop.what)
            case "taken":
                wishes.drop(everything, stop.address)
            case "kept":
                everything[stop.address] = replace(everything[stop.address], delete=False)
            case "key":
                section, key = stop.what.split(".")
                spec = self.oracle.record(self.world, stop.address.space)[stop.address][1]
                wishes._set(everything, stop.address, (section, "keys", key), spec[section]["keys"][key])

    # What it looks at

    def _spaces(self) -> tuple[str, ...]:
        named = {address.space for address in self.world.wishes}
        return tuple(sorted(named | set(self.world.store.names())))

    def _everything(self) -> tuple[Any, ...]:
        told = {name: data for name, data in self.world.store.documents.items() if not name.startswith("lock/")}
        return told, dict(self.oracle.things)

    def _balance(self) -> None:
        self.oracle.balance(self.world)

    def _put(self, name: str, before: bytes | None, after: bytes) -> None:
        self.oracle.on_put(name, before, after, self.world.store.documents)


_OTHERS = {"sleep and rival", "rival", "edit", "land", "late", "die late"}
_ENDS = ("die before", "die after", "interrupt before", "interrupt after")
_AFTER = {
    "die before": "Killed",
    "die after": "Killed",
    "die late": "Killed",
    "interrupt before": "KeyboardInterrupt",
    "interrupt after": "KeyboardInterrupt",
    "sleep": "Conflict lock_lost, partial, Applied",
    "sleep and rival": "Conflict lock_lost, Conflict state_moved, partial, Applied",
    "rival": "Conflict state_moved, Applied",
    "lost and silent": "partial",
    "refused": "StateFault state_unwritable, partial, Applied",
    "denied": "partial",
    "late": "partial",
    "land": "partial, Applied",
    "stop": "partial, Applied",
    "edit": "partial, Applied",
    "unreachable": "ProviderFault provider_unreachable, partial, Applied",
}
