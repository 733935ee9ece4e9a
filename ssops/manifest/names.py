"""Names that look like another name: letters of two alphabets in one word, and text that is not NFC."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import is_normalized, normalize

from ssops.domain.data_types import SECTIONS
from ssops.manifest.faults import shown
from ssops.manifest.findings import Findings
from ssops.model import Json, Path

_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile("[A-Za-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")


def check(data: Json, findings: Findings) -> None:
    """Report the resource's name, its keys and their display names. Rules: name-mixed-script, name-not-normalized."""
    # One look at all of them: a manifest in Russian is the ordinary case and must not pay for each name.
    together = "\n".join([name for name in _names(data) if not name.isascii()])
    if not _LATIN.search(together) and is_normalized("NFC", together):
        return
    for path, of_key, name in _places(data):
        if not is_normalized("NFC", name):
            findings.add("name-not-normalized", path, of_key=of_key, name=shown(normalize("NFC", name)))
        if word := _mixed_word(name):
            findings.add("name-mixed-script", path, of_key=of_key, word=shown(word), letters=_rarer_letters(word))


def _names(data: Json) -> list[str]:
    names: list[str] = [data["name"]]
    for section in SECTIONS.get(data.get("data_type"), ()):
        if section in data and "keys" in data[section]:
            keys = data[section]["keys"]
            names += keys
            names += [fields["name"] for fields in keys.values() if "name" in fields]
    return names


def _places(data: Json) -> Iterator[tuple[Path, bool, str]]:
    """Give every name of `_names` with where it stands, and whether it is a key."""
    yield ("name",), False, data["name"]
    for section in SECTIONS.get(data.get("data_type"), ()):
        for key, fields in data.get(section, {}).get("keys", {}).items():
            yield (section, "keys", key), True, key
            if "name" in fields:
                yield (section, "keys", key, "name"), False, fields["name"]


def _mixed_word(name: str) -> str | None:
    if name.isascii():
        return None
    return next((word for word in _WORD.findall(name) if _LATIN.search(word) and _CYRILLIC.search(word)), None)


def _rarer_letters(word: str) -> str:
    """Name the letters of the alphabet the word has less of: those are probably the slip."""
    latin, cyrillic = _LATIN.findall(word), _CYRILLIC.findall(word)
    rarer, alphabet = (cyrillic, "Cyrillic") if len(cyrillic) <= len(latin) else (latin, "Latin")
    return ", ".join(f"{letter} ({alphabet} U+{ord(letter):04X})" for letter in dict.fromkeys(rarer))
