"""How a text is written in canonical YAML: plain where every YAML reader agrees on it, else in quotes."""

from __future__ import annotations

import json
import re

from ssops.manifest.scalars import plain

_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`")
_FLOW = frozenset(",[]{}?")  # some readers take a question mark before a bracket for a sign

# What YAML 1.1 and 1.2 make of a plain word other than text. An editor or another tool may read by either.
_OTHERS = re.compile(
    r"(?i: ~ | null | true | false | yes | no | on | off | y | n | = | <<"
    r" | [-+]? [0-9] [0-9_]* (: [0-9_]+)* (\. [0-9_]*)? (e [-+]? [0-9]+)?"
    r" | [-+]? \. [0-9] [0-9_]* (e [-+]? [0-9]+)?"
    r" | [-+]? 0 (x [0-9a-f_]+ | o [0-7_]+ | b [01_]+)"
    r" | [-+]? \. inf | \. nan"
    r" | [0-9]{4} - [0-9]{1,2} - [0-9]{1,2} ([t\ ] .*)? )",
    re.VERBOSE,
)


def written(text: str, *, in_flow: bool) -> str:
    """Write a text of printable characters: plain, or in double quotes, in single ones where that saves escapes.

    A text with a colon is quoted although YAML takes some: one space typed after it would make it a mapping.
    """
    if _is_plain(text, in_flow=in_flow):
        return text
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def escaped(text: str) -> str:
    """Write any text on one line, in double quotes; JSON's escapes are among YAML's."""
    return json.dumps(text, ensure_ascii=False)


def is_text(word: str) -> bool:
    """Tell whether a plain word is text to ssops: not null, a boolean or a number."""
    return isinstance(plain(word), str)


def _is_plain(text: str, *, in_flow: bool) -> bool:
    return (
        text != ""
        and text[0] not in _FIRST
        and not text.startswith("...")  # at the start of a line it would end the document
        and text == text.strip()
        and ":" not in text
        and " #" not in text
        and not (in_flow and not _FLOW.isdisjoint(text))
        and is_text(text)
        and _OTHERS.fullmatch(text) is None
    )
