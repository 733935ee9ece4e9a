"""Every sentence ssops says, by id: one catalogue, said in the reader's language.

A sentence that counts stands there once for each plural form of its language, `ID.one` and `ID.other` in English, and
is named `ID` everywhere else; its value `count` picks the form. A language's module says which form a number takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from ssops.model import Message

LANGUAGES = ("en",)

OTHER = "other"
"""The plural form that every counted sentence has; it stands in for one that a sentence does not need."""


@cache
def catalogue(language: str) -> dict[str, str]:
    """Give the sentences of one of `LANGUAGES`: id -> text with `{placeholders}`."""
    sentences: dict[str, str] = import_module(f"ssops.messages.{language}").SENTENCES
    return sentences


def say(said: Message, language: str = "en") -> str:
    """Fill a sentence with its values. Raises KeyError for an id that the catalogue does not have."""
    args = dict(said.args)
    text = catalogue(language).get(said.id) or _counting(said.id, args, language)
    return text.format(**args)


def _counting(id: str, args: Mapping[str, str | int], language: str) -> str:
    sentences = catalogue(language)
    form: str = import_module(f"ssops.messages.{language}").plural(int(args["count"])) if "count" in args else OTHER
    return sentences[f"{id}.{form}"] if f"{id}.{form}" in sentences else sentences[f"{id}.{OTHER}"]
