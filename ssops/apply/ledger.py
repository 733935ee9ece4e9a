"""One space's recorded state while its changes are carried out: gathered here, made durable by `write`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from ssops.errors import Conflict, StateFault
from ssops.model import Address
from ssops.state import history, journal, recorded
from ssops.state.base import StateStore
from ssops.state.document import Encoder
from ssops.state.edit import settle
from ssops.state.space import Intent, Recorded, Run, SpaceState


class Ledger:
    """Intents and outcomes of one space. Nothing is kept before `write`; `at` gives the time of a write."""

    def __init__(
        self,
        store: StateStore,
        state: SpaceState,
        version: str | None,
        new_id: Callable[[], str],
        at: Callable[[], str],
    ) -> None:
        self._store = store
        self._state = state
        self._version = version
        self._new_id = new_id
        self._at = at
        self._encoder = Encoder()
        self._resources = dict(state.resources)
        self._pending = dict(state.pending)
        self._called: set[str] = set()
        self._told: list[journal.Entry] = []
        self._moved = False

    @property
    def size(self) -> int:
        """How many resources are recorded."""
        return len(self._resources)

    def mark(self, run: Run | None) -> None:
        """Mark a plan as being applied, or none."""
        self._moved |= run != self._state.run
        self._state = replace(self._state, run=run)

    def id_of(self, address: Address) -> str:
        """Give a recorded resource's id. Raises KeyError where nothing is recorded."""
        return self._resources[address].id

    def get(self, address: Address) -> Recorded | None:
        """Give what is recorded of a resource, outcomes of this run included."""
        return self._resources.get(address)

    def intend(self, address: Address, intent: Intent) -> None:
        """Note a call that is about to be made."""
        self._pending[address] = intent
        self._moved = True

    def intent(self, address: Address) -> Intent:
        """Give the intent of a call that was noted. Raises KeyError where none was."""
        return self._pending[address]

    def call(self, address: Address) -> None:
        """Note that a call begins now: from here on it may have happened."""
        self._called.add(self._pending[address].key)

    def settle(self, address: Address, id: str, observed: str, at: str) -> None:
        """Note what a call has left in the service."""
        settle(self._resources, address, self._pending.pop(address), id, observed, at)
        self._moved = True

    def record(self, address: Address, one: Recorded) -> None:
        """Note a change that concerns the record alone."""
        self._resources[address] = one
        self._moved = True

    def drop(self, address: Address) -> None:
        """Take back an intent whose call was not made, or is known to have changed nothing."""
        self._moved |= self._pending.pop(address, None) is not None

    def tell(self, entry: journal.Entry) -> None:
        """Note what is to be read in the journal."""
        self._told.append(entry)

    def write(self) -> None:
        """Make durable what was noted since the last write, the journal first. Raises Conflict and StateFault."""
        journal.append(self._store, self._state.space, self._told, self._at())
        self._told.clear()
        if not self._moved:
            return
        state = replace(self._state, resources=self._resources, pending=self._pending)
        state, self._version = recorded.save(self._store, state, self._version, self._new_id, self._encoder)
        self._state = state
        self._moved = False

    def end(self) -> None:
        """Note that all of the plan is applied, everywhere. Raises Conflict and StateFault."""
        self.mark(None)
        self.write()
        history.prune(self._store, self._state.space)

    def close(self) -> None:
        """After an interruption save what can be saved; nothing is left to do when all was written.

        Intents whose call never began are taken back. The intents on disk suffice when even this write fails.
        """
        for address in [known for known, intent in self._pending.items() if intent.key not in self._called]:
            self.drop(address)
        with suppress(Conflict, StateFault):
            self.write()
        with suppress(StateFault):  # a version too many is no harm
            history.prune(self._store, self._state.space)
