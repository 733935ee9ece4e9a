"""Members of a block collection put in and taken out by whole lines, each with the comments that belong to it.

To a member belong its own lines, with what is said beside them, the comments below it that are indented as what it
holds, and the comments right above it, up to a blank line. Above the first key of a document they belong to the
document unless a blank line parts them from its head, as `ssops fmt` has it.
"""

from __future__ import annotations

from collections.abc import Collection as Group
from collections.abc import Sequence

from ssops.manifest.spans import Collection, Member, Node, Scalar
from ssops.manifest.splice import Splices
from ssops.manifest.written import BLOCK_STYLES


def column_of(text: str, at: int) -> int:
    """Give the column of an offset, from 0."""
    return at - line_start(text, at)


def line_start(text: str, at: int) -> int:
    """Give where the line of an offset begins."""
    return text.rfind("\n", 0, at) + 1


def next_line(text: str, at: int) -> int:
    """Give where the line after that of an offset begins; the text ends with a line break."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def begins_line(text: str, at: int) -> bool:
    """Tell whether nothing but spaces stands before an offset on its line."""
    return not text[line_start(text, at) : at].strip(" \t")


def rest_of_line(text: str, at: int) -> str:
    """Give what follows an offset on its line."""
    return text[at : next_line(text, at)].strip()


def end_of(text: str, member: Member) -> int:
    """Give where the line after a member and all that belongs to it begins."""
    end = at = next_line(text, member.end)
    value = member.value
    if not isinstance(value, Collection) or value.is_flow:
        return end
    column = column_of(text, value.start)
    if member.key is not None and not value.is_mapping and column == column_of(text, member.start):
        column += 1  # dashes right below their key: a comment in their column is the key's neighbour
    while at < len(text):
        line = text[at : next_line(text, at)]
        said = line.strip()
        if said and (not said.startswith("#") or len(line) - len(line.lstrip(" \t")) < column):
            break
        at += len(line)
        end = at if said else end
    return end


def start_of(text: str, inside: Collection, index: int, *, is_root: bool) -> int:
    """Give where the first line of a member begins, the comments that belong to it included."""
    start = top = line_start(text, inside.members[index].start)
    floor = end_of(text, inside.members[index - 1]) if index else 0
    while start > floor and _line_above(text, start).lstrip().startswith("#"):
        start = line_start(text, start - 1)
    if is_root and not index and not (start and _is_blank_above(text, start)):
        return top
    return start


def remove(splices: Splices, inside: Collection, gone: Group[int], *, is_root: bool = False) -> None:
    """Take members out, not all of them unless the first one begins its line.

    Of the blank lines before and after a member those that are left stand for both.
    """
    text, members = splices.text, inside.members
    for index in sorted(gone):
        start, end = start_of(text, inside, index, is_root=is_root), end_of(text, members[index])
        if not begins_line(text, members[0].start) and all(each in gone for each in range(index + 1)):
            splices.cut(members[0].start, end + len(text[end:]) - len(text[end:].lstrip()))
            continue
        floor = end_of(text, members[index - 1]) if index else start
        is_parted = start > 0 and _is_blank_above(text, start)
        if end == len(text):
            while start > floor and _is_blank_above(text, start):
                start = line_start(text, start - 1)
        elif is_parted or (index and start == floor and takes_blanks(text, members[index - 1])):
            while end < len(text) and not text[end : next_line(text, end)].strip():
                end = next_line(text, end)
        splices.cut(start, end)


def insert_after(splices: Splices, member: Member, lines: Sequence[str]) -> None:
    """Put lines in below a member."""
    splices.put(end_of(splices.text, member), "".join(f"{line}\n" for line in lines))


def insert_before(
    splices: Splices, inside: Collection, index: int, lines: Sequence[str], *, is_root: bool = False
) -> None:
    """Put lines in above a member, the first one that stays, and the comments that belong to it."""
    text, first = splices.text, inside.members[0].start
    if begins_line(text, first):
        place = start_of(text, inside, index, is_root=is_root)
        splices.put(place, "".join(f"{line}\n" for line in lines))
    else:  # it shares its line with the dash around it
        column = column_of(text, first)
        splices.put(first, "\n".join(lines)[column:] + "\n" + " " * column)


def takes_blanks(text: str, member: Member) -> bool:
    """Tell whether a blank line below a member would become part of the text that it ends with."""
    last = last_of(member.value)
    head = text[last.start : next_line(text, last.start)].partition("#")[0]
    return isinstance(last, Scalar) and last.style in BLOCK_STYLES and "+" in head


def last_of(node: Node) -> Node:
    """Give what stands last in a node."""
    while isinstance(node, Collection) and not node.is_flow and node.members:
        node = node.members[-1].value
    return node


def _line_above(text: str, start: int) -> str:
    return text[line_start(text, start - 1) : start]


def _is_blank_above(text: str, start: int) -> bool:
    return not _line_above(text, start).strip()
