"""One process on its way through a plan, and everything that may strike it there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from ssops.errors import ProviderFault, StateFault
from ssops.manifest.config import Config
from ssops.model import Action, Actor, Execution, Grant, Kind, Plan, Spec, message
from ssops.pipeline import Course
from ssops.providers.base import Done, Fate, LiveRow, Operation
from ssops.providers.local import CAPABILITIES
from ssops.state.base import StaleWrite
from ssops.workspace import Workspace
from torture.world import ADMIN, BREAK_S, LEASE_S, ORGANIZATION, Errand, World

CONFIG = Config(Path("/nowhere"), "ssops.yaml", ORGANIZATION, (), "local", {}, "file", {}, None)


class Killed(BaseException):
    """The process is no more; it does nothing on its way out."""


class Strike(NamedTuple):
    """What happens at a point: the `at`-th `call`, `write`, `ask`, or the approval of the plan."""

    where: str
    at: int
    how: str


_ANYWHERE = ("die before", "die after", "interrupt before", "interrupt after", "sleep", "sleep and rival", "rival")
HOWS: Mapping[str, tuple[str, ...]] = {
    "call": (*_ANYWHERE, "lost", "lost and silent", "refused", "denied", "late", "die late", "land", "stop", "edit"),
    "write": (*_ANYWHERE, "lost", "refused"),
    "ask": ("die before", "unreachable"),
    "approve": ("sleep", "sleep and rival", "edit", "land", "die before"),
}
_MOST = {"call": 5, "write": 14, "ask": 6, "approve": 1}
STRIKES = tuple(
    Strike(where, at, how) for where, hows in HOWS.items() for at in range(1, _MOST[where] + 1) for how in hows
)


class Run:
    """One process. It is dead once killed: whatever it still tries on its way out comes to nothing.

    `outside` does what others do meanwhile: `rival`, `edit` or `land`.
    """

    def __init__(self, world: World, strikes: Collection[Strike], outside: Callable[[str, Run], None]) -> None:
        self.world = world
        self.fired: list[str] = []
        self.heard = 0
        self.calls: list[Operation] = []
        self.is_dead = False
        self.is_late = False  # slept past the end of its lease
        self.is_silent = False
        self.is_stopped = False
        self.errand: Errand | None = None
        self.reviewed: Errand | None = None
        self._strikes = {(strike.where, strike.at): strike.how for strike in strikes}
        self._counts: Counter[str] = Counter()
        self._outside = outside
        store, provider = RunStore(self), RunProvider(self)
        self.workspace = Workspace(CONFIG, None, store, provider, world.now, world.new_id, {}, LEASE_S)

    def course(self) -> Course:
        """Give how this run goes: everything is approved, one space after the other."""
        return Course(self._approve, self._hear, lambda: self.is_stopped, lock_timeout_s=0, parallelism=1)

    def alive(self) -> None:
        """Raise Killed when this process is no more."""
        if self.is_dead:
            raise Killed

    def point(self, where: str) -> str:
        """Come to a point; say what strikes there, where that is for the caller to do, else ""."""
        self.alive()
        self._counts[where] += 1
        how = self._strikes.get((where, self._counts[where]), "")
        if not how or (self.world.is_forgetful and how in ("late", "die late", "land")):
            return ""  # who keeps no keys cannot tell a late call from a new one
        self.fired.append(how)
        match how:
            case "die before":
                self.is_dead = True
                raise Killed
            case "interrupt before":
                raise KeyboardInterrupt
            case "sleep" | "sleep and rival":
                self.world.rest(BREAK_S)
                self.is_late = True
                if how == "sleep and rival" and (where != "call" or not self.world.is_forgetful):
                    self._outside("rival", self)
                return ""
            case "rival" | "edit" | "land":
                self._outside(how, self)
                return ""
            case "stop":
                self.is_stopped = True
                return ""
        return how

    def after(self, how: str) -> None:
        """Strike after something was done."""
        if how == "die after":
            self.is_dead = True
            raise Killed
        if how == "interrupt after":
            raise KeyboardInterrupt

    def _approve(self, plan: Plan) -> None:
        self.errand = self.reviewed or Errand(dict(self.world.wishes), plan, self.world.things())
        self.point("approve")

    def _hear(self, _: object) -> None:
        self.heard += 1


@dataclass(frozen=True, slots=True)
class RunStore:
    """The shared store as one run reaches it."""

    run: Run

    def get(self, name: str) -> tuple[bytes, str] | None:
        self.run.alive()
        return self.run.world.store.get(name)

    def version(self, name: str) -> str | None:
        self.run.alive()
        return self.run.world.store.version(name)

    def put(self, name: str, data: bytes, expected: str | None) -> str:
        how = self._point()
        version = self.run.world.store.put(name, data, expected)
        if how == "lost":
            raise StaleWrite(name)
        self.run.after(how)
        return version

    def names(self, folder: str = "") -> tuple[str, ...]:
        self.run.alive()
        return self.run.world.store.names(folder)

    def remove(self, name: str) -> None:
        how = self._point()
        self.run.world.store.remove(name)
        self.run.after(how)

    def now(self) -> datetime:
        self.run.alive()
        return self.run.world.now()

    def close(self) -> None:
        self.run.alive()

    def _point(self) -> str:
        how = self.run.point("write")
        if how == "refused":
            raise StateFault("state_unwritable", message("error.interrupted"))
        return how


@dataclass(frozen=True, slots=True)
class RunProvider:
    """The service as one run reaches it; Reader and Writer in one."""

    run: Run

    @property
    def capabilities(self) -> Mapping[tuple[Kind, Action], Execution]:
        return CAPABILITIES

    def default_actor(self) -> Actor | None:
        return None

    @contextmanager
    def reader(self) -> Iterator[RunProvider]:
        self.run.alive()
        yield self

    @contextmanager
    def writer(self, actor: Actor) -> Iterator[RunProvider]:
        assert actor == ADMIN
        self.run.alive()
        yield self

    def rows(self, space_ids: Collection[str] | None = None) -> tuple[LiveRow, ...]:
        self._ask()
        return self.run.world.reader.rows(space_ids)

    def revision(self) -> str | None:
        return None

    def spaces(self) -> tuple[LiveRow, ...]:
        self._ask()
        return self.run.world.reader.spaces()

    def spec(self, id: str) -> Spec:
        self._ask()
        return self.run.world.reader.spec(id)

    def grants(self, actor: Actor, space_ids: Collection[str]) -> tuple[Grant, ...]:
        self._ask()
        return self.run.world.reader.grants(actor, space_ids)

    def done(self, key: str) -> Done | Fate:
        self._ask()
        if self.run.is_silent:
            raise _unreachable()
        return Fate.UNKNOWN if self.run.world.is_forgetful else self.run.world.reader.done(key)

    def carry_out(self, operation: Operation) -> Done:
        run, world = self.run, self.run.world
        assert not run.is_late, "a call was made after the lease had ended"
        assert run.errand is not None, "a call was made before the plan was approved"
        run.calls.append(operation)
        how = run.point("call")
        if how == "refused":
            raise ProviderFault("resource_exhausted", message("error.interrupted"))
        if how == "denied":
            raise ProviderFault("permission_denied", message("error.interrupted"))
        if how in ("late", "die late"):
            world.late.append((operation, run.errand))
            run.is_dead = how == "die late"
            run.alive()
            raise _unreachable()
        done = world.carry_out(operation, ADMIN, run.errand)
        run.after(how)
        run.is_silent |= how == "lost and silent"
        if how.startswith("lost"):
            raise _unreachable()
        return done

    def _ask(self) -> None:
        if self.run.point("ask") == "unreachable":
            raise _unreachable()


def _unreachable() -> ProviderFault:
    return ProviderFault("provider_unreachable", message("error.interrupted"))
