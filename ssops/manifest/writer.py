"""Values of a document put in, taken out and replaced in its text, in block and in flow style."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from ssops.manifest import block, flow
from ssops.manifest.hand import Hand
from ssops.manifest.key_order import KeyOrder, arrange
from ssops.manifest.spans import Collection, Member, Node, Scalar
from ssops.manifest.splice import Splices
from ssops.manifest.written import BLOCK_STYLES
from ssops.model import Json, Path

New = tuple[str | None, Json]
"""A new member of a collection: its key, None for an item of a list, and its value with its keys in order."""

Coming = dict[int, list[New]]
"""New members by the number of the one they come behind, -1 where they come first."""


class Place(NamedTuple):
    """Where a value stands: at which path, in which member (None: it is the document), in the order of which schema."""

    path: Path
    member: Member | None
    in_flow: bool
    order: KeyOrder

    def within(self, member: Member, key: str | None, step: str | int, inside: Collection) -> Place:
        """Give the place of a member's value; `step` is its key or its number."""
        return Place((*self.path, step), member, inside.is_flow, self.order.within(key))


@dataclass(frozen=True, slots=True)
class Writer:
    """Changes the text of one document in the hand it is written in."""

    splices: Splices
    hand: Hand

    def change_members(self, node: Collection, gone: set[int], coming: Coming, place: Place) -> None:
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

    def _refill(self, node: Collection, members: list[New], place: Place) -> None:
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

    def _lines(self, node: Collection, members: list[New], place: Place) -> list[str]:
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

    def replace(self, node: Scalar | Collection, value: Json, place: Place) -> None:
        """Put a value in place of another, whatever it was."""
        value = arrange(value, place.order)
        if isinstance(node, Collection) and not node.is_flow:
            self._replace_block(node, value, place)
        elif isinstance(value, dict | list):
            self._put_collection(node, value, place)
        elif isinstance(node, Scalar) and node.style in BLOCK_STYLES:
            self._put_block_text(node, value, place)
        else:
            self._put_scalar(node, value, place)

    def _put_scalar(self, node: Scalar | Collection, value: Json, place: Place) -> None:
        style = node.style if isinstance(node, Scalar) else ""
        body = self.hand.body(value) if isinstance(value, str) and self._stands_beside(node, place) else None
        head, *lines = body or (self.hand.scalar(value, in_flow=place.in_flow, style=style),)
        gap = " " if node.start == node.behind else ""
        self.splices.replace(node.start, node.end, gap + head)
        if lines:
            pad = " " * self._inner(place)
            at = block.next_line(self.splices.text, node.end)
            self.splices.put(at, "".join(f"{pad}{line}\n" if line else "\n" for line in lines))

    def _put_block_text(self, node: Scalar, value: Json, place: Place) -> None:
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

    def _put_collection(self, node: Scalar | Collection, value: Json, place: Place) -> None:
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

    def _replace_block(self, node: Collection, value: Json, place: Place) -> None:
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

    def _stands_beside(self, node: Node, place: Place) -> bool:
        """Tell whether a value stands behind its key on one line of a block collection."""
        if place.in_flow or place.member is None:
            return False
        return "\n" not in self.splices.text[place.member.start : node.start]

    def _column(self, value: Json, place: Place) -> int:
        member = place.member
        column = block.column_of(self.splices.text, member.start) if member else 0
        return self.hand.inner(value, column, is_item=member is not None and member.key is None)

    def _inner(self, place: Place) -> int:
        return self._column({}, place)


def _ends_in_block_text(node: Node) -> bool:
    last = block.last_of(node)
    return isinstance(last, Scalar) and last.style in BLOCK_STYLES
