"""What is asked of a store and what it answers; XML is read without entities and in bounded size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

TEXT_MAX = 4_000_000
"""Characters of an XML document that are read, and how deep its elements may be nested."""
DEPTH_MAX = 10


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `path` is encoded and begins with `/`; `headers` are those that are signed."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, read whole. Names of `headers` are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def error(self) -> Mapping[str, str]:
        """What the store says of a fault: `Code`, `Message`, `Region`; empty where it says nothing readable."""
        found = elements(self.body) if self.body else None
        if not found or found[0][0] != "Error":
            return {}
        return {path.removeprefix("Error/"): text for path, text in found[1:]}

    @property
    def code(self) -> str:
        """The store's word for a fault, "" where there is none."""
        return self.error.get("Code", "")


def elements(data: bytes) -> list[tuple[str, str]] | None:
    """Give the elements of an XML document in order: the path of names, without namespaces, and the text in it.

    None for what is no XML, has a document type (without one there are no entities), or is too much of it.
    """
    found: list[tuple[str, list[str]]] = []
    inside: list[int] = []
    size = 0

    def start(name: str, _: dict[str, str]) -> None:
        above = f"{found[inside[-1]][0]}/" if inside else ""
        inside.append(len(found))
        found.append((above + name.rpartition(":")[2], []))
        if len(inside) > DEPTH_MAX:
            raise ValueError(name)

    def text(part: str) -> None:
        nonlocal size
        size += len(part)
        if size > TEXT_MAX:
            raise ValueError(size)
        found[inside[-1]][1].append(part)

    def refuse(*_: object) -> None:
        raise ValueError

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: inside.pop()
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError):
        return None
    return [(path, "".join(parts)) for path, parts in found]
