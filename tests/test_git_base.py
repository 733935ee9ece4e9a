"""A file of the base that did not change is not read twice; one that did is read once, and remembered by its object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha1
from pathlib import Path

import pytest
from repositories import CONNECTION, SPACE

from ssops.cache import Cache
from ssops.canonical import digest_of
from ssops.manifest import base
from ssops.manifest.policy import Policy
from ssops.manifest.rows import Content
from ssops.manifest.tree import Blob
from ssops.model import Address, Kind, Resources

SALES = SPACE.format(ref="sales").encode()
PBX = CONNECTION.format(ref="pbx", name="Office").encode()


@dataclass
class Store:
    """Blobs by id, and which of them were asked for."""

    bodies: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, path: str, body: bytes) -> Blob:
        oid = sha1(body, usedforsecurity=False).hexdigest()
        self.bodies[oid] = body
        return Blob(path, oid)

    def read(self, oids: Sequence[str]) -> Iterator[tuple[bytes, int]]:
        for oid in oids:
            self.asked.append(oid)
            yield self.bodies[oid], len(self.bodies[oid])


@pytest.fixture
def store() -> Store:
    return Store()


def load(store: Store, blobs: Sequence[Blob], folder: Path, known: dict[str, Content] | None = None) -> Resources:
    with Cache(folder, "salt" * 8) as cache:
        resources, errors = base.load(
            blobs, store.read, known=known or {}, team=Policy(), cache=cache, place="/repository"
        )
    assert errors == ()
    return resources


def test_load_when_the_work_tree_says_the_same_then_its_content_is_taken(store: Store, tmp_path: Path) -> None:
    blobs = [store.put("m/a.yaml", SALES)]
    first = load(store, blobs, tmp_path)
    content = Content((), (), digest_of(SALES))

    again = load(store, blobs, tmp_path, {"m/a.yaml": content})

    assert len(first.entries) == 1
    assert again.entries == {}  # what stands beside counts, not what the blob would say
    assert store.asked == [blobs[0].oid]


def test_load_when_an_object_was_read_before_then_it_is_not_read_again(store: Store, tmp_path: Path) -> None:
    blobs = [store.put("m/a.yaml", SALES), store.put("m/b.yaml", PBX)]
    first = load(store, blobs, tmp_path)
    store.asked.clear()

    again = load(store, blobs, tmp_path)
    moved = load(store, [blob._replace(path=f"n/{blob.path}") for blob in blobs], tmp_path)

    assert again.entries == first.entries
    assert [entry.location.file for entry in moved if entry.location] == ["n/m/b.yaml", "n/m/a.yaml"]
    assert store.asked == []


def test_load_when_one_object_is_new_then_it_alone_is_read(store: Store, tmp_path: Path) -> None:
    load(store, [store.put("m/a.yaml", SALES), store.put("m/b.yaml", PBX)], tmp_path)
    store.asked.clear()
    new = store.put("m/c.yaml", SPACE.format(ref="c").encode())

    load(store, [store.put("m/a.yaml", SALES), store.put("m/b.yaml", PBX), new], tmp_path)

    assert store.asked == [new.oid]


def test_load_when_the_cache_is_lost_then_the_same_is_said(store: Store, tmp_path: Path) -> None:
    blobs = [store.put("m/a.yaml", SALES), store.put("m/b.yaml", PBX)]
    first = load(store, blobs, tmp_path / "one")

    elsewhere = load(store, blobs, tmp_path / "two")
    without, _ = base.load(blobs, store.read, known={}, team=Policy(), cache=None, place="")

    assert elsewhere.entries == first.entries == without.entries
    pbx = Address(Kind.CONNECTION, "sales", "pbx")
    assert elsewhere.spec(pbx) == without.spec(pbx)


def test_load_when_the_cache_says_nonsense_then_the_blob_is_read(store: Store, tmp_path: Path) -> None:
    blobs = [store.put("m/a.yaml", SALES)]
    load(store, blobs, tmp_path)
    for nonsense in (b"[", b"[[[1]], []]", b"{}", b"\xff", b"null"):
        with Cache(tmp_path, "salt" * 8) as cache:
            cache.put("file", digest_of(SALES), nonsense)
        store.asked.clear()

        assert len(load(store, blobs, tmp_path).entries) == 1
        assert store.asked == [blobs[0].oid]
