"""A ref renamed in the manifests: where it is declared and wherever it is referred to, comments kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from ssops.errors import InvalidManifest, UsageFault
from ssops.manifest import edit, reader, refs
from ssops.manifest.build import address_of
from ssops.manifest.edit import Put
from ssops.model import Address, Issue, Json, Kind, Location, message


class _Said(NamedTuple):
    """A place that says a ref, and whose it is. `is_own`: it declares the resource, others refer to it."""

    place: Location
    number: int
    path: tuple[str]
    address: Address
    is_own: bool


def rename(files: Mapping[str, bytes], old: Address, new: Address) -> dict[str, bytes]:
    """Give the files that change, by path, when a resource gets another ref: all documents that declare or name it.

    `files` are all manifests by path, relative to the folder of ssops.yaml; those that neither ref stands in are not
    read. With a space its connections and projects follow, with a connection its projects, also those of documents
    that are to be deleted.

    Raises UsageFault: `move_same`, `move_kind`, `move_space` (SpeechSense moves nothing between spaces), `move_ref`,
    `move_taken`, `move_unknown`; InvalidManifest for files that cannot be read; and what `edit.apply` raises.
    """
    check(old, new)
    said = list(_said(files, (old.ref, new.ref)))
    for one in said:
        if one.is_own and one.address == new:  # what only refers to it was left by a move that was cut short
            raise _refused("taken", address=str(new), file=one.place.file, line=one.place.line)
    if not any(one.is_own and one.address == old for one in said):
        raise _unknown(files, old)
    edits: dict[str, list[Put]] = {}
    for one in said:
        if one.address == old:
            edits.setdefault(one.place.file, []).append(Put(one.number, one.path, new.ref))
    return {file: edit.apply(files[file], file, asked) for file, asked in sorted(edits.items())}


def check(old: Address, new: Address) -> None:
    """Say whether one address may become another. Raises UsageFault as `rename` does."""
    if old.kind is not new.kind:
        raise _refused("kind", old=str(old.kind), new=str(new.kind), kind=str(old.kind))
    if not refs.is_ref(new.ref):
        raise _refused("ref", ref=new.ref)
    if old.kind is not Kind.SPACE and old.space != new.space:
        raise _refused("space", old=str(old), space=new.space, address=str(new._replace(space=old.space)))
    if old == new:
        raise _refused("same", address=str(new))


def _said(files: Mapping[str, bytes], only: Collection[str]) -> Iterator[_Said]:
    """Yield every place that says a ref, in reading order, in the files where one of `only` may stand."""
    issues: list[Issue] = []
    for file in sorted(files):
        data = files[file]
        if b"\\" not in data and not any(ref.encode() in data for ref in only):  # a backslash may hide a ref
            continue
        documents, found = reader.read(data, file)
        issues += found
        for number, document in enumerate(documents):
            for path, address in _places(document.data):
                yield _Said(document.locate(path), number, path, address, is_own=path == ("ref",))
    if issues:
        raise InvalidManifest(tuple(issues))


def _places(data: Json) -> Iterator[tuple[tuple[str], Address]]:
    """Yield where a document says a ref, and whose it is."""
    address = address_of(data)
    if address is None:
        return
    yield ("ref",), address
    if address.kind is not Kind.SPACE:
        yield ("space",), Address(Kind.SPACE, address.space, address.space)
    if address.kind is Kind.PROJECT and isinstance(data.get("connection"), str):
        yield ("connection",), Address(Kind.CONNECTION, address.space, data["connection"])


def _unknown(files: Mapping[str, bytes], address: Address) -> UsageFault:
    known = sorted({str(one.address) for one in _said(files, ("",)) if one.is_own})
    near = get_close_matches(str(address), known, n=1)
    if near:
        return _refused("unknown.near", address=str(address), near=near[0])
    return _refused("unknown", address=str(address))


def _refused(why: str, **args: str | int) -> UsageFault:
    reason = f"move_{why.partition('.')[0]}"
    return UsageFault(reason, message(f"move.{why}", **args), message(f"move.{why}.hint", **args))
