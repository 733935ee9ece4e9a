"""Every sentence ssops says, by id: one catalogue, said in the reader's language."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from ssops.model import Message

LANGUAGES = ("en",)


@cache
def catalogue(language: str) -> dict[str, str]:
    """Give the sentences of one of `LANGUAGES`: id -> text with `{placeholders}`."""
    sentences: dict[str, str] = import_module(f"ssops.messages.{language}").SENTENCES
    return sentences


def say(said: Message, language: str = "en") -> str:
    """Fill a sentence with its values. Raises KeyError for an id that the catalogue does not have."""
    return catalogue(language)[said.id].format(**dict(said.args))
