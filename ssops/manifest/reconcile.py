"""From what a document says to what it shall say, by the fewest changes of its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import NamedTuple

from ssops.canonical import canonical
from ssops.manifest import block, flow
from ssops.manifest.hand import Hand
from ssops.manifest.key_order import KeyOrder, arrange
from ssops.manifest.spans import Alias, Collection, Member, Node, Scalar
from ssops.manifest.splice import Splices
from ssops.manifest.written import BLOCK_STYLES
from ssops.model import Json, Path

_IDENTITY = "role"
"""The field that a binding is known by among others; every other item of a list is known by all that it says."""

_LAST = -1  # the rank of `<<`: whatever comes in stands behind it


_New = tuple[str | None, Json]
_Coming = dict[int, list[_New]]
"""New members by the number of the one they come behind, -1 where they come first."""


class Shared(Exception):
    """A value to change is not written at its own place: an alias or a merge key brings it in at `offset`."""

    def __init__(self, offset: int, path: Path) -> None:
        super().__init__()
        self.offset = offset
        self.path = path


class _Place(NamedTuple):
    """Where a value stands: at which path, in which member (None: it is the document), in the order of which schema."""

    path: Path
    member: Member | None
    in_flow: bool
    order: KeyOrder

    def within(self, member: Member, key: str | None, step: str | int, inside: Collection) -> _Place:
        return _Place((*self.path, step), member, inside.is_flow, self.order.within(key))


@dataclass(slots=True)
class Reconciler:
    """Gathers the splices of one file. `touched` learns the path and the offset of every value that is changed.

    `anchors` learns the offsets of changed values that have an anchor, or that hold or are held by one.
    """

    splices: Splices
    hand: Hand
    touched: list[tuple[Path, int]]
    anchors: list[tuple[Path, int]]

    def document(self, root: Node, before: Json, after: Json, order: KeyOrder) -> None:
        """Change one document. Raises Shared."""
        hand = self.hand
        self.hand = _hand_of(root, self.splices.text, hand)
        self._change(root, before, after, _Place((), None, False, order))
        self.hand = hand

    def _change(self, node: Node, before: Json, after: Json, place: _Place) -> None:
        if canonical(before) == canonical(after):
            return
        if isinstance(node, Alias):
            raise Shared(node.start, place.path)
        if node.anchor:
            self.anchors.append((place.path, node.start))
        if isinstance(node, Collection) and node.members and type(before) is type(after):
            if isinstance(before, dict):
                self._mapping(node, before, after, place)
            else:
                self._sequence(node, before, after, place)
        else:
            self.touched.append((place.path, node.start))
            self._replace(node, after, place)

    def _mapping(self, node: Collection, before: Json, after: Json, place: _Place) -> None:
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
                self._change(member.value, value, after[key], place.within(member, key, key, node))
            else:
                self._leave(member, (*place.path, key))
                gone.add(own[key])
        if gone:  # a merge key may bring in what was taken out
            self.anchors += [(place.path, each.start) for each in node.members if each.is_merge]
        self._members(node, gone, self._coming(node, before, after, gone, place), place)

    def _coming(self, node: Collection, before: Json, after: Json, gone: set[int], place: _Place) -> _Coming:
        """Give the new keys of a mapping by the member that each comes behind."""
        ranks = [
            _LAST if each.is_merge else place.order.rank(each.key.value if each.key else "") for each in node.members
        ]
        coming: _Coming = {}
        for key in sorted((key for key in after if key not in before), key=place.order.rank):
            self.touched.append(((*place.path, key), node.start))
            value = arrange(after[key], place.order.within(key))
            coming.setdefault(_anchor(ranks, gone, place.order.rank(key)), []).append((key, value))
        return coming

    def _sequence(self, node: Collection, before: Json, after: Json, place: _Place) -> None:
        order = place.order.within(None)
        known, wanted = ([_identity(item) for item in side] for side in (before, after))
        gone: set[int] = set()
        coming: _Coming = {}
        for does, start, end, there, to in SequenceMatcher(None, known, wanted, autojunk=False).get_opcodes():
            if does == "equal":
                for index, item in zip(range(start, end), after[there:to], strict=True):
                    member = node.members[index]
                    self._change(member.value, before[index], item, place.within(member, None, index, node))
                continue
            for index in range(start, end):
                self._leave(node.members[index], (*place.path, index))
            gone.update(range(start, end))
            if there < to:
                self.touched.append(((*place.path, start), node.start))
                coming[start - 1] = [(None, arrange(item, order)) for item in after[there:to]]
        self._members(node, gone, coming, place)

    def _leave(self, member: Member, path: Path) -> None:
        """Note what goes with a member."""
        self.touched.append((path, member.start))
        self.anchors += [(path, node.start) for node in _nodes(member.value) if isinstance(node, Alias) or node.anchor]

    def _members(self, node: Collection, gone: set[int], coming: _Coming, place: _Place) -> None:
        """Take members out and put others in."""
        if not gone and not coming:
            return
        if len(gone) == len(node.members):
            self._refill(node, [each for members in coming.values() for each in members], place)
            return
        stays = next(number for number in range(len(node.members)) if number not in gone)
        for number, members in sorted(coming.items()):
            if node.is_flow:
                texts = [self._in_quotes(node).flow_member(*each) for each in members]
                if number < stays:
                    flow.insert_before(self.splices, node, stays, texts)
                else:
                    flow.insert_after(self.splices, node.members[number], texts)
                continue
            is_above = self.hand.is_quoted and _ends_in_block_text(node.members[number].value)
            lines = self._lines(node, members, place)
            if number < stays or is_above:
                at = max(number, stays)
                block.insert_before(self.splices, node, at, lines, is_root=place.member is None)
            else:
                block.insert_after(self.splices, node.members[number], lines)
        if node.is_flow:
            flow.remove(self.splices, node, gone, is_followed=bool(coming))
        else:
            block.remove(self.splices, node, gone, is_root=place.member is None)

    def _refill(self, node: Collection, members: list[_New], place: _Place) -> None:
        """Put members in place of all there are; none leave empty brackets behind."""
        text = self.splices.text
        if node.is_flow:
            flow.fill(self.splices, node, [self._in_quotes(node).flow_member(*each) for each in members])
            return
        value: Json = dict(members) if node.is_mapping else [own for _, own in members]
        if not members or not block.begins_line(text, node.start):
            self._replace_block(node, value, place)
            return
        block.insert_before(self.splices, node, 0, self._lines(node, members, place), is_root=place.member is None)
        block.remove(self.splices, node, range(len(node.members)), is_root=place.member is None)

    def _lines(self, node: Collection, members: list[_New], place: _Place) -> list[str]:
        """Give the lines of new members: items, and values of keys that the user chose, as most of their kind are."""
        column = block.column_of(self.splices.text, node.members[0].start)
        kin = [] if place.order.names else [each.value for each in node.members if isinstance(each.value, Collection)]
        in_block = sum(1 if not each.is_flow else -1 for each in kin if each.members) > 0
        return [line for each in members for line in self.hand.member(*each, column, in_block=in_block)]

    def _in_quotes(self, node: Collection) -> Hand:
        """Write as JSON does where the neighbours do."""
        texts = [each.key or each.value for each in node.members]
        is_json = bool(texts) and all(isinstance(each, Scalar) and each.style == '"' for each in texts)
        return replace(self.hand, is_quoted=self.hand.is_quoted or is_json)

    def _replace(self, node: Scalar | Collection, value: Json, place: _Place) -> None:
        value = arrange(value, place.order)
        if isinstance(node, Collection) and not node.is_flow:
            self._replace_block(node, value, place)
        elif isinstance(value, dict | list):
            self._put_collection(node, value, place)
        elif isinstance(node, Scalar) and node.style in BLOCK_STYLES:
            self._put_block_text(node, value, place)
        else:
            self._put_scalar(node, value, place)

    def _put_scalar(self, node: Scalar | Collection, value: Json, place: _Place) -> None:
        style = node.style if isinstance(node, Scalar) else ""
        body = self.hand.body(value) if isinstance(value, str) and self._stands_beside(node, place) else None
        head, *lines = body or (self.hand.scalar(value, in_flow=place.in_flow, style=style),)
        gap = " " if node.start == node.behind else ""
        self.splices.replace(node.start, node.end, gap + head)
        if lines:
            pad = " " * self._inner(place)
            at = block.next_line(self.splices.text, node.end)
            self.splices.put(at, "".join(f"{pad}{line}\n" if line else "\n" for line in lines))

    def _put_block_text(self, node: Scalar, value: Json, place: _Place) -> None:
        sign, said = self._head(node)
        below = self.splices.text[node.start : node.end].partition("\n")[2]
        folded = self.hand.folded(value, node.style) if isinstance(value, str) else None
        if folded is None:
            self.splices.replace(node.start, node.end, self.hand.scalar(value, in_flow=False) + said)
            return
        first, *lines = folded
        pad = next((line[: len(line) - len(line.lstrip(" "))] for line in below.split("\n") if line.strip(" ")), "")
        if not pad or any(each.isdigit() for each in sign):  # some of it may belong to the text
            pad = " " * self._inner(place)
        body = "".join(f"\n{pad}{line}" if line else "\n" for line in lines)
        self.splices.replace(node.start, node.end, f"{first}{said}{body}")

    def _put_collection(self, node: Scalar | Collection, value: Json, place: _Place) -> None:
        """Put a collection in place of what is no block collection."""
        text = self.splices.text
        if isinstance(node, Collection) and not node.members and "#" in text[node.start : node.end]:
            self._refill(node, [*value.items()] if isinstance(value, dict) else [(None, item) for item in value], place)
            return
        is_small = not value or self.hand.is_small(value, block.column_of(text, node.start) + 1)
        if is_small or not self._stands_beside(node, place):
            gap = " " if node.start == node.behind else ""
            self.splices.replace(node.start, node.end, gap + self.hand.flow(value) + self._head(node)[1])
            return
        lines = self.hand.members(value, self._column(value, place))
        self.splices.replace(node.behind, node.end, self._head(node)[1])
        self.splices.put(block.next_line(text, node.end), "".join(f"{line}\n" for line in lines))

    def _head(self, node: Node) -> tuple[str, str]:
        """Give the sign of a block text and the comment behind it; both empty for anything else."""
        if not isinstance(node, Scalar) or node.style not in BLOCK_STYLES:
            return "", ""
        head = self.splices.text[node.start : node.end].partition("\n")[0]
        sign = head[: len(head) - len(head.lstrip("|>+-0123456789"))]
        return sign, head[len(sign) :]

    def _replace_block(self, node: Collection, value: Json, place: _Place) -> None:
        """Put any value in place of a block collection; comments that belong to none of its members stay."""
        text, is_root = self.splices.text, place.member is None
        is_long = bool(value) and isinstance(value, dict | list)
        said = self.hand.flow(value) if isinstance(value, dict | list) else self.hand.scalar(value, in_flow=False)
        if is_root or not block.begins_line(text, node.start):
            column = block.column_of(text, node.start)
            lines = self.hand.members(value, column) if is_long else (said,)
            end = block.end_of(text, node.members[-1])
            self.splices.replace(node.start, end, "\n".join(lines).lstrip(" ") + "\n")
            return
        if is_long and not self.hand.is_small(value, block.column_of(text, node.behind) + 1):
            lines = self.hand.members(value, self._column(value, place))
            block.insert_before(self.splices, node, 0, lines)
        else:
            self.splices.put(node.behind, f" {said}")
        block.remove(self.splices, node, range(len(node.members)))

    def _stands_beside(self, node: Node, place: _Place) -> bool:
        """Tell whether a value stands behind its key on one line of a block collection."""
        if place.in_flow or place.member is None:
            return False
        return "\n" not in self.splices.text[place.member.start : node.start]

    def _column(self, value: Json, place: _Place) -> int:
        member = place.member
        column = block.column_of(self.splices.text, member.start) if member else 0
        return self.hand.inner(value, column, is_item=member is not None and member.key is None)

    def _inner(self, place: _Place) -> int:
        return self._column({}, place)


def _anchor(ranks: list[int], gone: set[int], rank: int) -> int:
    """Give the last of the members that a key of a rank comes behind, -1 where it comes first."""
    before = [(own, number) for number, own in enumerate(ranks) if number not in gone and own <= rank]
    return max(before, default=(_LAST, -1))[1]


def _identity(item: Json) -> bytes:
    is_binding = isinstance(item, dict) and _IDENTITY in item
    return canonical([item[_IDENTITY]]) if is_binding else canonical(item)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Collection):
        for member in node.members:
            yield from _nodes(member.value)


def _ends_in_block_text(node: Node) -> bool:
    last = block.last_of(node)
    return isinstance(last, Scalar) and last.style in BLOCK_STYLES


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
