"""Any edit of any file in any hand: it says what was asked for, and all else is as it was."""

from __future__ import annotations

import codecs
import random
from collections import Counter
from typing import Any

from edits import DOCUMENTS, SCALARS, at, edited, edits, may_take, paths
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scribe import Scribe, comments

from ssops.canonical import canonical
from ssops.manifest import edit, reader, spans
from ssops.manifest.edit import Put


def says(data: bytes) -> bytes:
    found, issues = reader.read(data, "f.yaml")
    assert issues == ()
    return canonical([document.data for document in found])


@st.composite
def written(draw: st.DrawFn, found: list[dict[str, Any]]) -> bytes:
    """Draw a file that says this: with or without a byte order mark and an end to its last line, in any hand."""
    text = Scribe(random.Random(draw(st.integers(min_value=0)))).text(found)
    if draw(st.integers(0, 5)) == 0:
        text = text.rstrip("\r\n")
    data = text.encode()
    documents, issues = reader.read(data, "f.yaml")
    assume(not issues and canonical([each.data for each in documents]) == canonical(found))
    return codecs.BOM_UTF8 + data if draw(st.integers(0, 5)) == 0 else data


@given(st.data())
@settings(max_examples=200)
def test_apply_when_any_edits_then_the_data_is_that_and_the_comments_stay(drawn: st.DataObject) -> None:
    found = drawn.draw(DOCUMENTS)
    before = drawn.draw(written(found))
    asked = drawn.draw(edits(found))

    after = edit.apply(before, "f.yaml", asked)

    wanted = list(found)
    for each in asked:
        assert isinstance(each.document, int)
        wanted[each.document] = edited(wanted[each.document], each)
    assert says(after) == canonical(wanted)
    text, result = before.decode("utf-8-sig"), after.decode("utf-8-sig")
    may_go = Counter(comments("\n".join(may_take(text, each) for each in asked)))
    assert Counter(comments(text)) - Counter(comments(result)) - may_go == Counter()
    assert Counter(comments(result)) - Counter(comments(text)) == Counter()
    assert after.startswith(codecs.BOM_UTF8) == before.startswith(codecs.BOM_UTF8)
    assert after.endswith(b"\n") == before.endswith(b"\n") or len(asked) > 1 or not isinstance(asked[0], Put)
    if text.count("\n") == text.count("\r\n") > 0:
        assert result.count("\n") == result.count("\r\n")


@given(st.data())
@settings(max_examples=100)
def test_apply_when_one_scalar_is_set_then_only_its_own_text_changes(drawn: st.DataObject) -> None:
    found = drawn.draw(DOCUMENTS)
    before = drawn.draw(written(found))
    number = drawn.draw(st.integers(0, len(found) - 1))
    scalars = [path for path in paths(found[number]) if not isinstance(at(found[number], path), (dict, list))]
    path = drawn.draw(st.sampled_from([path for path in scalars if "access" not in path]))
    value = drawn.draw(SCALARS)

    after = edit.apply(before, "f.yaml", [Put(number, path, value)])

    text, result = before.decode("utf-8-sig"), after.decode("utf-8-sig")
    start, end = span(text, number, path)
    assert result.startswith(text[:start])
    if text[start:end].count("\n") == 0 and "\n" not in str(value):
        assert result.endswith(text[end:])
        assert result.count("\n") == text.count("\n")


@given(st.data())
@settings(max_examples=100)
def test_apply_when_a_field_comes_in_then_every_line_of_a_block_mapping_stays(drawn: st.DataObject) -> None:
    found = drawn.draw(DOCUMENTS)
    before = drawn.draw(written(found))
    number = drawn.draw(st.integers(0, len(found) - 1))

    after = edit.apply(before, "f.yaml", [Put(number, ("ticket",), drawn.draw(SCALARS))])

    old, new = before.decode().splitlines(), after.decode().splitlines()
    assert is_within(old, new)


def is_within(few: list[str], many: list[str]) -> bool:
    """Tell whether lines stand among others in the same order."""
    rest = iter(many)
    return all(line in rest for line in few)


def span(text: str, number: int, path: tuple[str | int, ...]) -> tuple[int, int]:
    """Give where a scalar is written."""
    node: Any = spans.read(text)[number]
    for step in path:
        node = next(each.value for at, each in enumerate(node.members) if step == (each.key.value if each.key else at))
    return node.start, node.end
