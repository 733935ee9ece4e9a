"""Merge the modules of one language."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules


def merged(package: str, path: Iterable[str]) -> dict[str, str]:
    """Give the sentences of every module of a package. Raises ValueError for an id that two of them have."""
    sentences: dict[str, str] = {}
    for found in iter_modules(path):
        part: dict[str, str] = import_module(f"{package}.{found.name}").SENTENCES
        if twice := sentences.keys() & part.keys():
            raise ValueError(twice)
        sentences |= part
    return sentences
