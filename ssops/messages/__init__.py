"""Every sentence ssops says, by id: one catalogue, said in the reader's language.

A sentence that counts stands there once for each plural form of its language, `ID.one` and `ID.other` in English, and
is named `ID` everywhere else; its value `count` picks the form. A language's module says which form a number takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import import_module

from ssops.model import Message

LANGUAGES = ("en", "ru")

_SPOKEN: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])

OTHER = "other"
"""The plural form that every counted sentence has; it stands in for one that a sentence does not need."""


@cache
def catalogue(language: str) -> dict[str, str]:
    """Give the sentences of one of `LANGUAGES`: id -> text with `{placeholders}`."""
    sentences: dict[str, str] = import_module(f"ssops.messages.{language}").SENTENCES
    return sentences


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything inside in one of `LANGUAGES`: the command line asks for it once, at the start of a run."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken() -> str:
    """Give the language of the run."""
    return _SPOKEN.get()


def say(said: Message, language: str | None = None) -> str:
    """Fill a sentence with its values, in the language of the run unless another is named.

    Raises KeyError for an id that the catalogue does not have.
    """
    args, language = dict(said.args), language or _SPOKEN.get()
    text = catalogue(language).get(said.id) or _counting(said.id, args, language)
    return text.format(**args)


def counted(id: str, count: int, language: str | None = None) -> str:
    """Give a sentence that counts, not filled, in the plural form that a number takes. Raises KeyError as `say` does."""
    language = language or _SPOKEN.get()
    sentences = catalogue(language)
    form: str = import_module(f"ssops.messages.{language}").plural(count)
    return sentences.get(f"{id}.{form}") or sentences[f"{id}.{OTHER}"]


def _counting(id: str, args: Mapping[str, str | int], language: str) -> str:
    if f"{id}.{OTHER}" not in catalogue(language):
        raise KeyError(id)
    return counted(id, int(args["count"]), language) if "count" in args else catalogue(language)[f"{id}.{OTHER}"]
