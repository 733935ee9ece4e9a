"""What unquoted words mean, and how ambiguous ones should be written."""

from __future__ import annotations

from typing import Any

import pytest

from ssops.manifest.scalars import hint_for, plain

VALUES: list[tuple[str, Any]] = [
    ("", None),
    ("~", None),
    ("null", None),
    ("true", True),
    ("false", False),
    ("0", 0),
    ("-7", -7),
    ("999999999999999", 999_999_999_999_999),
    ("1.5", 1.5),
    ("-0.25", -0.25),
    ("1e3", 1000.0),
    ("1.5E-3", 0.0015),
]
TEXTS = [
    "no",
    "yes",
    "on",
    "off",
    "y",
    "n",
    "No",
    "TRUE",
    "True",
    "Null",
    "NULL",
    "012",
    "-012",
    "0o12",
    "0x1F",
    "0b11",
    "1_000",
    "1:30",
    "12:30:45",
    "2024-01-01",
    ".5",
    "5.",
    "+1",
    ".inf",
    "-.inf",
    ".nan",
    "NaN",
    "Infinity",
    "1e999",
    "-1e999",
    "1000000000000000",
    "-",
    "--",
    "-a",
    "1a",
    "1e",
    "1e+",
    "١٢",
    "²",
    "=",
    "<<",
    "trues",
    "nulls",
    "tru",
    "0.1.2",
    "10.0.0.1",
]
HINTS = [
    ("yes", "true"),
    ("No", "false"),
    ("True", "true"),
    ("OFF", "false"),
    ("NULL", "null"),
    ("012", "12"),
    ("0o12", "10"),
    ("0x1F", "31"),
    ("0b11", "3"),
    ("1_000", "1000"),
    ("+5", "5"),
    (".5", "0.5"),
    ("5.", "5.0"),
    ("-.5", "-0.5"),
    ("1:30", "90"),
    ("12:30:45", "45045"),
    ("5", "5"),
    ("true", "true"),
    ("", None),
    ("Sales", None),
    ("2024-01-01", None),
    (".inf", None),
    ("1000000000000000", None),
    ("-", None),
    (".", None),
    ("_", None),
    ("10.0.0.1", None),
    ("9" * 5000, None),
]


@pytest.mark.parametrize(("text", "value"), VALUES, ids=[text or "nothing" for text, _ in VALUES])
def test_plain_when_json_has_it_then_its_value(text: str, value: Any) -> None:
    result = plain(text)

    assert (result, type(result)) == (value, type(value))


@pytest.mark.parametrize("text", [*TEXTS, "1" * 100_000, "0." + "1" * 100_000], ids=lambda text: text[:20])
def test_plain_when_json_has_it_not_then_the_text_as_written(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(("text", "hint"), HINTS, ids=[text[:20] or "nothing" for text, _ in HINTS])
def test_hint_for_when_ambiguous_then_how_to_write_it(text: str, hint: str | None) -> None:
    assert hint_for(text) == hint
