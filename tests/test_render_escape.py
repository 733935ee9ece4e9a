"""Hidden characters never reach a terminal raw."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssops.render.escape import json_visible, visible

CASES = {
    "plain": ("Sales", "Sales"),
    "russian": ("Чат на сайте", "Чат на сайте"),
    "escape": ("a\x1b[31mb", "a\\x1b[31mb"),
    "line-break": ("a\nb\tc", "a\\x0ab\\x09c"),
    "c1": ("a\x9bb", "a\\x9bb"),
    "bidi": ("a\u202eb\u2066c", "a\\u202eb\\u2066c"),
    "zero-width": ("a\u200bb\ufeffc", "a\\u200bb\\ufeffc"),
    "tag": ("a\U000e0041b", "a\\U000e0041b"),
    "surrogate": ("a\udc80b", "a\\udc80b"),
    "filler": ("a\u3164b", "a\\u3164b"),
    "joiner-stays": ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
}


@pytest.mark.parametrize(("text", "shown"), CASES.values(), ids=CASES)
def test_visible_when_a_character_is_hidden_then_it_is_named(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_visible_when_done_twice_then_nothing_more_changes(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text(st.characters()))
def test_json_visible_when_read_back_then_the_data_is_the_same(text: str) -> None:
    written = json_visible(json.dumps({"a": text}, ensure_ascii=False, indent=2))

    assert json.loads(written) == {"a": text}
    assert visible(written.replace("\n", "")) == written.replace("\n", "")


def test_json_visible_when_a_tag_character_is_inside_then_it_becomes_a_pair() -> None:
    assert json_visible('"\U000e0041"') == '"\\udb40\\udc41"'
