"""What a run asks of its store: how often a large apply writes, and what a plan pays for spaces it is not about."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

from ssops import pipeline, workspace
from ssops.cache import Cache
from ssops.manifest import config
from ssops.model import Action, Address, Grade, Kind, Status
from ssops.state import recorded
from ssops.state.base import StateStore
from ssops.state.space import Recorded, SpaceState
from ssops.workspace import Workspace
from torture.figures import Figure
from torture.ground import scratch
from torture.options import Options
from torture.scene import Document, Scene
from torture.stores import file

_CHANGES = 1000
_MOST_WRITES = 2.0
_SPACE = "big"
_OTHERS = (1, 100, 1000)
_ROUNDS = 5
_SETTLED_S = 2.5  # what was written a moment ago is read anew, whatever a cache knows of it
_MOST_US = 20.0
"""CPU time that a plan may spend on a space that it is not about: reading its name in a listing."""


class _Counting:
    """A store that counts what is asked of it, by call and folder."""

    def __init__(self, store: StateStore) -> None:
        self._store = store
        self.asked: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)

        def counted(*args: Any) -> Any:
            folder = args[0].partition("/") if args and isinstance(args[0], str) else ("", "", "")
            self.asked[f"{name} {folder[0] if folder[1] else 'state'}"] += 1
            return found(*args)

        return counted


def economy(options: Options) -> Iterator[Figure]:
    """Apply a thousand changes to one space; plan one space beside 1, 100 and 1,000 others."""
    with scratch() as folder:
        yield _writes(folder / "writes", 100 if options.is_short else _CHANGES)
        others = _OTHERS[:2] if options.is_short else _OTHERS
        for name in ("first",) if options.is_short else ("first", "repeated"):
            yield _plans(folder / f"plans-{name}", others, is_repeated=name == "repeated")


def _writes(folder: Path, changes: int) -> Figure:
    scene = Scene(folder, file())
    scene.write([_space(_SPACE), *(_chat(_SPACE, f"c{number}") for number in range(changes - 1))])
    opened, store = _opened(scene, None)
    course = pipeline.Course(lambda _: None, lambda _: None)
    done = pipeline.apply(opened, course, actor=opened.provider.default_actor())
    assert len(done.outcomes) == changes, len(done.outcomes)
    assert all((one.status, one.action) == (Status.APPLIED, Action.CREATE) for one in done.outcomes)
    puts = {name.partition(" ")[2]: count for name, count in store.asked.items() if name.startswith("put ")}
    each = sum(puts.values()) / changes
    note = ", ".join(f"{name}: {count}" for name, count in sorted(puts.items()))
    name = f"store writes a change, {changes:,} changes"
    return Figure(name, f"{each:.3f}", f"<= {_MOST_WRITES:.0f}", each <= _MOST_WRITES, f"puts: {note}")


def _plans(folder: Path, beside: tuple[int, ...], *, is_repeated: bool) -> Figure:
    """Plan one of many spaces; `is_repeated` plans it again with what the first plan has put into the cache."""
    asked, cost_s = [], []
    for others in beside:
        scene = Scene(folder / str(others), file())
        scene.write([_space(_SPACE), _chat(_SPACE, "c")])
        opened, _ = _opened(scene, None)
        pipeline.apply(opened, pipeline.Course(lambda _: None, lambda _: None), actor=opened.provider.default_actor())
        _add(opened.store, others)
        time.sleep(_SETTLED_S)
        counted, seconds = zip(*(_planned(scene, is_repeated=is_repeated) for _ in range(_ROUNDS)), strict=True)
        asked.append(counted[-1])
        cost_s.append(median(seconds))
    each_us = (cost_s[-1] - cost_s[0]) / (beside[-1] - beside[0]) * 1e6
    is_same = all(one == asked[0] for one in asked)
    counts = ["+".join(f"{count} {name}" for name, count in sorted(one.items())) for one in asked]
    return Figure(
        f"a{' repeated' if is_repeated else ''} plan beside {beside[-1]:,} other spaces",
        f"{sum(asked[0].values())}, {sum(asked[-1].values())} reads; {each_us:.1f} us a space",
        f"same; <= {_MOST_US:.0f} us",
        is_same and each_us <= _MOST_US,
        f"{counts[0]}; {', '.join(f'{seconds * 1000:.0f} ms' for seconds in cost_s)} beside {beside}",
        () if is_same else tuple(counts),
    )


def _planned(scene: Scene, *, is_repeated: bool) -> tuple[Counter[str], float]:
    with Cache(scene.folder / f"cache-{uuid4().hex}", "salt") as cache:
        for _ in range(1 + is_repeated):
            opened, store = _opened(scene, cache)
            begun = time.process_time()
            made = pipeline.plan(opened, spaces=(_SPACE,))
            cost_s = time.process_time() - begun
        assert not made.changes
    return store.asked, cost_s


def _opened(scene: Scene, cache: Cache | None) -> tuple[Workspace, _Counting]:
    opened = workspace.open(config.load(scene.folder / "ssops.yaml", None), cache, scene.environ())
    store = _Counting(opened.store)
    return replace(opened, store=store), store


def _add(store: StateStore, others: int) -> None:
    """Record spaces that no plan here is about."""
    for number in range(others):
        ref = f"other-{number}"
        address = Address(Kind.SPACE, ref, ref)
        one = Recorded(uuid4().hex[:20], {"name": ref}, "", "", Grade.CONFIRMED, "", "", "", ref)
        recorded.save(store, SpaceState(ref, uuid4().hex, resources={address: one}), None, lambda: uuid4().hex)


def _space(ref: str) -> Document:
    return {"version": 1, "kind": "space", "ref": ref, "name": ref}


def _chat(space: str, ref: str) -> Document:
    return {"version": 1, "kind": "connection", "ref": ref, "space": space, "name": ref, "data_type": "chat"}
