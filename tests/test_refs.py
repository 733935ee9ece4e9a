"""Refs from display names: readable, valid, unique, the same every time."""

from __future__ import annotations

import pytest
from hostile_names import NAMES
from hypothesis import given
from hypothesis import strategies as st

from ssops.manifest import refs, schema
from ssops.model import Kind


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("Sales", "sales"),
        ("Office PBX calls", "office-pbx-calls"),
        ("Офисная АТС", "ofisnaya-ats"),
        ("Горячая линия №5", "goryachaya-liniya-no5"),
        (
            "Ещё щука — подъезд, цех, юг, чаша, хор, жизнь, эхо",
            "eshche-shchuka-podezd-tsekh-yug-chasha-khor-zhizn-ekho",
        ),
        ("Поддержка (VIP)", "podderzhka-vip"),
        ("Чай\u0306ный", "chaynyy"),
        ("Bob's café", "bobs-cafe"),
        ("Straße, naïve, ﬁn", "strasse-naive-fin"),
        ("8-800 hotline", "x-8-800-hotline"),
        ("２４/7", "x-24-7"),
        ("日本語 calls", "calls"),
        ("日本語", "x"),
        ("", "x"),
        ("--", "x"),
        ("x" * 100, "x" * 63),
        (
            "Контроль качества обслуживания клиентов первой линии поддержки",
            "kontrol-kachestva-obsluzhivaniya-klientov-pervoy-linii",
        ),
    ],
)
def test_propose_when_a_name_is_given_then_a_readable_ref(name: str, ref: str) -> None:
    assert refs.propose(name, ()) == ref
    assert refs.propose(name.upper(), ()) == ref


def test_propose_when_nothing_remains_then_the_kind_stands_for_it() -> None:
    assert refs.propose("日本語", (), empty="connection") == "connection"
    assert refs.propose("8-800", (), empty="connection") == "connection-8-800"


def test_propose_when_taken_then_the_next_free_number() -> None:
    taken: list[str] = []
    for _ in range(4):
        taken.append(refs.propose("Sales", taken))

    assert taken == ["sales", "sales-2", "sales-3", "sales-4"]


def test_propose_when_a_long_one_is_taken_then_the_number_still_fits() -> None:
    long = "x" * 80

    assert refs.propose(long, {"x" * 63}) == "x" * 61 + "-2"


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_propose_when_the_name_is_hostile_then_a_ref_all_the_same(name: str) -> None:
    assert refs.is_ref(refs.propose(name, ()))


@given(st.text(max_size=80), st.sets(st.sampled_from(["x", "x-2", "a", "sales", "b-2"])))
def test_propose_when_any_name_then_a_free_ref_that_the_schemas_take(name: str, taken: set[str]) -> None:
    ref = refs.propose(name, taken)

    assert ref not in taken
    assert refs.propose(name, sorted(taken)) == ref
    assert schema.is_schema_fault_free({"version": 1, "kind": "space", "ref": ref, "name": "n"}, Kind.SPACE.value)


@pytest.mark.parametrize("text", ["", "A", "1a", "-a", "a_b", "a" * 64, "a\n", "é"])
def test_is_ref_when_it_is_none_then_false(text: str) -> None:
    assert not refs.is_ref(text)
