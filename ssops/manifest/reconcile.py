"""From what a document says to what it shall say, by the fewest changes of its text."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ssops.canonical import canonical
from ssops.manifest import block
from ssops.manifest.hand import Hand
from ssops.manifest.key_order import KeyOrder, arrange
from ssops.manifest.spans import Alias, Collection, Member, Node
from ssops.manifest.splice import Splices
from ssops.manifest.writer import Coming, Place, Writer
from ssops.model import Json, Path

_IDENTITY = "role"
"""The field that a binding is known by among others; every other item of a list is known by all that it says."""

_LAST = -1  # the rank of `<<`: whatever comes in stands behind it


class Shared(Exception):
    """A value to change is not written at its own place: an alias or a merge key brings it in at `offset`."""

    def __init__(self, offset: int, path: Path) -> None:
        super().__init__()
        self.offset = offset
        self.path = path


class Changed(NamedTuple):
    """What was changed: the path of each value, and an offset at or near it.

    `anchored` are those of them that have an anchor, are held by one, or may come from an alias or a merge key then.
    """

    touched: list[tuple[Path, int]]
    anchored: list[tuple[Path, int]]


def change(splices: Splices, hand: Hand, root: Node, before: Json, after: Json, order: KeyOrder) -> Changed:
    """Gather the splices that make one document say `after`. Raises Shared."""
    changed = Changed([], [])
    if canonical(before) != canonical(after):
        writer = Writer(splices, _hand_of(root, splices.text, hand))
        _Reconciler(writer, changed).change(root, before, after, Place((), None, False, order))
    return changed


class _Link(NamedTuple):
    """An item that stays, in a run of such."""

    number: int
    to: int
    before: _Link | None


@dataclass(frozen=True, slots=True)
class _Reconciler:
    """Goes down to where two documents differ."""

    writer: Writer
    changed: Changed

    def change(self, node: Node, before: Json, after: Json, place: Place) -> None:
        if canonical(before) == canonical(after):
            return
        if isinstance(node, Alias):
            raise Shared(node.start, place.path)
        if node.anchor:
            self.changed.anchored.append((place.path, node.start))
        if isinstance(node, Collection) and node.members and type(before) is type(after):
            if isinstance(before, dict):
                self._mapping(node, before, after, place)
            else:
                self._sequence(node, before, after, place)
        else:
            self.changed.touched.append((place.path, node.start))
            self.writer.replace(node, after, place)

    def _mapping(self, node: Collection, before: Json, after: Json, place: Place) -> None:
        own = {each.key.value: number for number, each in enumerate(node.members) if each.key and not each.is_merge}
        gone = set()
        for key, value in before.items():
            if key in after and canonical(value) == canonical(after[key]):
                continue
            if key not in own:
                merge = next(each for each in node.members if each.is_merge)
                raise Shared(merge.start, (*place.path, key))
            member = node.members[own[key]]
            if key in after:
                self.change(member.value, value, after[key], place.within(member, key, key, node))
            else:
                self._leave(member, (*place.path, key))
                gone.add(own[key])
        if gone:  # a merge key may bring in what was taken out
            self.changed.anchored.extend((place.path, each.start) for each in node.members if each.is_merge)
        self.writer.change_members(node, gone, self._coming(node, before, after, gone, place), place)

    def _coming(self, node: Collection, before: Json, after: Json, gone: set[int], place: Place) -> Coming:
        """Give the new keys of a mapping by the member that each comes behind."""
        ranks = [
            _LAST if each.is_merge else place.order.rank(each.key.value if each.key else "") for each in node.members
        ]
        coming: Coming = {}
        for key in sorted((key for key in after if key not in before), key=place.order.rank):
            self.changed.touched.append(((*place.path, key), node.start))
            value = arrange(after[key], place.order.within(key))
            coming.setdefault(_anchor(ranks, gone, place.order.rank(key)), []).append((key, value))
        return coming

    def _sequence(self, node: Collection, before: Json, after: Json, place: Place) -> None:
        order = place.order.within(None)
        stays = dict(_pairs([_identity(item) for item in before], [_identity(item) for item in after]))
        for index, to in stays.items():
            member = node.members[index]
            self.change(member.value, before[index], after[to], place.within(member, None, index, node))
        gone = set(range(len(before))) - stays.keys()
        for index in sorted(gone):
            self._leave(node.members[index], (*place.path, index))
        known = {to: index for index, to in stays.items()}
        coming: Coming = {}
        last = -1
        for to, item in enumerate(after):
            last = known.get(to, last)
            if to not in known:
                self.changed.touched.append(((*place.path, to), node.start))
                coming.setdefault(last, []).append((None, arrange(item, order)))
        self.writer.change_members(node, gone, coming, place)

    def _leave(self, member: Member, path: Path) -> None:
        """Note what goes with a member."""
        self.changed.touched.append((path, member.start))
        tied = (node for node in _nodes(member.value) if isinstance(node, Alias) or node.anchor)
        self.changed.anchored.extend((path, node.start) for node in tied)


def _anchor(ranks: list[int], gone: set[int], rank: int) -> int:
    """Give the last of the members that a key of a rank comes behind, -1 where it comes first."""
    before = [(own, number) for number, own in enumerate(ranks) if number not in gone and own <= rank]
    return max(before, default=(_LAST, -1))[1]


def _identity(item: Json) -> bytes:
    is_binding = isinstance(item, dict) and _IDENTITY in item
    return canonical([item[_IDENTITY]]) if is_binding else canonical(item)


def _pairs(known: list[bytes], wanted: list[bytes]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of items that stay, old and new: as many as can without one passing another.

    In time n log n: the longest rising run of old numbers in the new order, found as in patience sorting.
    """
    places: dict[bytes, deque[int]] = {}
    for number, item in enumerate(known):
        places.setdefault(item, deque()).append(number)
    tops: list[int] = []  # the least old number that ends a run of each length, and the link of the run that it ends
    ends: list[_Link] = []
    for to, item in enumerate(wanted):
        if waiting := places.get(item):
            number = waiting.popleft()
            at = bisect_left(tops, number)
            tops[at : at + 1] = [number]
            ends[at : at + 1] = [_Link(number, to, ends[at - 1] if at else None)]
    run: list[_Link] = []
    link = ends[-1] if ends else None
    while link:
        run.append(link)
        link = link.before
    yield from ((each.number, each.to) for each in reversed(run))


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Collection):
        for member in node.members:
            yield from _nodes(member.value)


def _hand_of(root: Node, text: str, hand: Hand) -> Hand:
    """Learn from a document how far its writer indents; where it does not show, as the hand does."""
    steps: dict[bool, int] = {}
    for node in _nodes(root):
        for member in node.members if isinstance(node, Collection) and not node.is_flow else ():
            value = member.value
            if member.key and isinstance(value, Collection) and not value.is_flow:
                width = block.column_of(text, value.start) - block.column_of(text, member.start)
                steps.setdefault(value.is_mapping, width)
    step = steps.get(True, hand.step)
    is_json = isinstance(root, Collection) and root.is_flow
    return Hand(step, steps.get(False, step), hand.is_quoted or is_json)
