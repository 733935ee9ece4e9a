"""Refs made from the names that people see: readable, the same every time, and not taken yet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import count
from unicodedata import combining, normalize

MAX_LENGTH = 63

_LATIN = str.maketrans("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", "ъь'’ʼ`")
"""Russian letters of one Latin letter each; the hard sign, the soft sign and apostrophes are silent."""

_LONGER = {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
_OTHERS = re.compile(r"[^a-z0-9]+")
_REF = re.compile(r"[a-z][a-z0-9-]{0,62}")


def propose(name: str, taken: Collection[str], *, empty: str = "x") -> str:
    """Give a ref for a display name, other than those that are `taken`: `Офисная АТС` -> `ofisnaya-ats`.

    Russian is written in Latin letters and accents are left out; of other scripts nothing remains. `empty` is a ref
    for a name of which nothing remains, and comes before one that begins with a digit. A taken ref gets -2, -3, ...
    """
    short = normalize("NFKC", name).casefold().translate(_LATIN)
    latin = "".join(_LONGER.get(letter, letter) for letter in short)
    bare = "".join(letter for letter in normalize("NFKD", latin) if not combining(letter))
    words = _OTHERS.sub("-", bare).strip("-")
    if not words[:1].isalpha():
        words = f"{empty}-{words}".strip("-")
    return next(ref for ref in _numbered(words) if ref not in taken)


def is_ref(text: str) -> bool:
    """Tell whether a text may be a ref."""
    return _REF.fullmatch(text) is not None


def _numbered(words: str) -> Iterator[str]:
    """Yield the words as a ref, then with numbers from 2 on, none too long."""
    yield _cut(words, MAX_LENGTH)
    for number in count(2):
        yield f"{_cut(words, MAX_LENGTH - len(str(number)) - 1)}-{number}"


def _cut(words: str, length: int) -> str:
    """Cut at the end of a word, unless that would leave less than half."""
    if len(words) <= length:
        return words
    whole = words[: length + 1].rpartition("-")[0]
    return whole if len(whole) >= length // 2 else words[:length].rstrip("-")
