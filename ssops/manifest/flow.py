"""Members of a flow collection put in and taken out: by whole lines where each stands on its own, else in the line."""

from __future__ import annotations

from collections.abc import Collection as Group
from collections.abc import Iterator, Sequence

from ssops.manifest.block import begins_line, column_of, line_start, next_line, rest_of_line
from ssops.manifest.spans import Collection, Member
from ssops.manifest.splice import Splices


def remove(splices: Splices, inside: Collection, gone: Group[int], *, is_followed: bool = False) -> None:
    """Take members out, each with the comment beside it, and those above it where it stands on lines of its own.

    `is_followed`: others come in, so that a comma stays behind the one that is last then.
    """
    text, members = splices.text, inside.members
    for first, last in _runs(sorted(gone)):
        if last - first + 1 == len(members):
            _empty(splices, inside)
        elif all(has_lines(text, each) for each in members[first : last + 1]):
            splices.cut(_lead(text, inside, first), next_line(text, members[last].end))
            if last + 1 == len(members) and not is_followed and not _has_comma(text, members[last]):
                comma = text.index(",", members[first - 1].end)
                splices.cut(comma, comma + 1)
        elif last + 1 < len(members):
            splices.cut(members[first].start, _beside(text, members[last].end, members[last + 1].start))
        elif "#" in text[members[first - 1].end : members[first].start] or (
            is_followed and has_lines(text, members[first - 1])
        ):
            splices.cut(members[first].start, members[last].end)
        else:
            splices.cut(members[first - 1].end, members[last].end)


def insert_after(splices: Splices, member: Member, texts: Sequence[str]) -> None:
    """Put members in after one that stays."""
    text = splices.text
    if not has_lines(text, member):
        splices.put(member.end, "".join(f", {each}" for each in texts))
        return
    is_last = not _has_comma(text, member)
    if is_last:
        splices.put(member.end, ",")
    pad = " " * column_of(text, member.start)
    lines = ",\n".join(f"{pad}{each}" for each in texts)
    splices.put(next_line(text, member.end), f"{lines}\n" if is_last else f"{lines},\n")


def insert_before(splices: Splices, inside: Collection, index: int, texts: Sequence[str]) -> None:
    """Put members in before one, the first that stays."""
    text, member = splices.text, inside.members[index]
    if has_lines(text, member):
        pad = " " * column_of(text, member.start)
        splices.put(_lead(text, inside, index), "".join(f"{pad}{each},\n" for each in texts))
    else:
        splices.put(member.start, "".join(f"{each}, " for each in texts))


def fill(splices: Splices, inside: Collection, texts: Sequence[str]) -> None:
    """Put members in place of all there are."""
    remove(splices, inside, range(len(inside.members)))
    place = inside.members[0].start if inside.members else inside.start + 1
    splices.put(place, ", ".join(texts))


def has_lines(text: str, member: Member) -> bool:
    """Tell whether a member shares its lines with no other and no bracket."""
    rest = rest_of_line(text, member.end).removeprefix(",").lstrip()
    return begins_line(text, member.start) and (not rest or rest.startswith("#"))


def _has_comma(text: str, member: Member) -> bool:
    return rest_of_line(text, member.end).startswith(",")


def _empty(splices: Splices, inside: Collection) -> None:
    text, first, last = splices.text, inside.members[0], inside.members[-1]
    opening, closing = text[inside.start + 1 : first.start], text[last.end : inside.end - 1]
    if "#" not in opening + closing:
        splices.cut(inside.start + 1, inside.end - 1)
        return
    splices.cut(first.start, last.end)
    if closing.lstrip().startswith(","):
        comma = text.index(",", last.end)
        splices.cut(comma, comma + 1)


def _lead(text: str, inside: Collection, index: int) -> int:
    """Give where the lines of a member begin, the comments right above it included."""
    start = line_start(text, inside.members[index].start)
    floor = next_line(text, inside.members[index - 1].end if index else inside.start)
    while start > floor and text[line_start(text, start - 1) : start].lstrip().startswith("#"):
        start = line_start(text, start - 1)
    return start


def _beside(text: str, end: int, following: int) -> int:
    """Give up to where to take out what stands before another member: that one, or the comment beside it."""
    line = next_line(text, end) - 1
    return following if "#" not in text[end:following] else min(line, following)


def _runs(indexes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of the numbers that follow each other."""
    first = None
    for number, index in enumerate(indexes):
        first = index if first is None else first
        if number + 1 == len(indexes) or indexes[number + 1] != index + 1:
            yield first, index
            first = None
