"""The files of a commit are the files that a checkout of it would give: names, dots, links, folders reached twice."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import repositories
from hypothesis import given
from hypothesis import strategies as st
from repositories import ENVIRON, commit

from ssops.git import repository
from ssops.git.blobs import Blobs
from ssops.manifest import files
from ssops.manifest.tree import LINK, SUBMODULE, Leaf, Tree

FILE = "100644"


def tree(folder: Path, listed: Sequence[str]) -> Tree:
    around = repository.open(folder, ENVIRON)
    base = repository.base(around, "HEAD")
    with Blobs(around.git, 1000) as blobs:
        found = Tree(repository.leaves(around, base.commit, ["."]), lambda oid: next(blobs.read([oid])).data)
        found.find(listed)
    return found


def on_disk(folder: Path, listed: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
    folders, issues = files.find(folder, listed)
    return sorted(file.path for one in folders for file in one.files), [(i.rule, i.location.file) for i in issues]


PLAIN = {
    "m/a.yaml": "",
    "m/b.yml": "",
    "m/c.txt": "",
    "m/.d.yaml": "",
    "m/.e/f.yaml": "",
    "m/g/h.yaml": "",
    "m/g.yaml/i.yaml": "",
    "mm/j.yaml": "",
    ".k/l.yaml": "",
    "n.conf": "",
    "o.yaml": "",
    "m/имя, with space.yaml": "",
    "m/line\nbreak.yaml": "",
}
LINKS = {
    "m/to-file.yaml": "a.yaml",
    "m/to-plain-name": "a.yaml",
    "m/to-folder": "../mm",
    "m/again": "../mm",
    "m/to-link.yaml": "to-file.yaml",
    "m/nowhere.yaml": "nothing.yaml",
    "m/nowhere": "nothing",
    "m/round.yaml": "round.yaml",
    "m/absolute.yaml": "/etc/hostname",
    "m/out.yaml": "../../outside.yaml",
    "far": "m/g",
}


def made(folder: Path, texts: Mapping[str, str], links: Mapping[str, str]) -> Path:
    repositories.made(folder)
    repositories.write(folder, texts)
    for name, target in links.items():
        (folder / name).symlink_to(target)
    commit(folder)
    return folder


@pytest.mark.parametrize(
    "listed",
    [["m"], ["."], ["m", "m/g"], ["m/a.yaml", "m"], ["n.conf", "./m/g/"], [".k", "m/.e"], ["m/../mm"], ["m/g.yaml"]],
    ids=" ".join,
)
def test_find_when_files_are_plain_then_as_on_disk(tmp_path: Path, listed: list[str]) -> None:
    folder = made(tmp_path / "r", PLAIN, {})

    found = tree(folder, listed)

    assert (sorted(blob.path for blob in found.blobs), found.issues) == (on_disk(folder, listed)[0], [])
    assert found.blobs != []


@pytest.mark.parametrize("listed", [["far"], ["far", "m"], ["m/to-folder/j.yaml"], ["far/h.yaml"]], ids=" ".join)
def test_find_when_links_stay_inside_then_as_on_disk(tmp_path: Path, listed: list[str]) -> None:
    inside = {"far": "m/g", "m/to-file.yaml": "a.yaml", "m/to-folder": "../mm", "m/to-plain-name": "a.yaml"}
    folder = made(tmp_path / "r", PLAIN, inside)

    found = tree(folder, listed)

    assert sorted(blob.path for blob in found.blobs) == on_disk(folder, listed)[0]
    assert found.issues == []


def test_find_when_links_lead_astray_then_told_as_on_disk(tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text("")
    folder = made(tmp_path / "r", PLAIN, LINKS)

    found = tree(folder, ["m"])
    paths, issues = on_disk(folder, ["m"])

    # A folder reached twice is read once: on disk under the name that comes first, here under its own if it has one.
    assert sorted(Path(blob.path).name for blob in found.blobs) == sorted(Path(path).name for path in paths)
    assert sorted((issue.rule, issue.location.file) for issue in found.issues) == sorted(issues)
    assert len(issues) == 4


@pytest.mark.parametrize("listed", [["../r/m"], [".."], ["/etc"], ["m/../.."]], ids=" ".join)
def test_find_when_a_listed_path_leads_out_then_it_is_told(listed: list[str]) -> None:
    found = Tree([("m/a.yaml", FILE, "1")], lambda oid: b"")

    found.find(listed)

    assert found.blobs == []
    assert [issue.rule for issue in found.issues] == ["file-outside"]


def test_find_when_a_name_is_not_utf8_then_it_is_told() -> None:
    found = Tree([(os.fsdecode(b"m/caf\xe9.yaml"), FILE, "1")], lambda oid: b"")

    found.find(["m"])

    assert [(issue.rule, issue.location.file) for issue in found.issues] == [("file-name", "m/caf\\xe9.yaml")]


def test_find_when_submodules_are_met_then_they_are_named_once_each() -> None:
    leaves = [("m/.hidden", SUBMODULE, "1"), ("m/a", SUBMODULE, "2"), ("m/b.yaml", FILE, "3"), ("n", SUBMODULE, "4")]
    found = Tree(leaves, lambda oid: b"")

    found.find(["m", "n/deep"])

    assert (found.submodules, [blob.path for blob in found.blobs]) == (["m/a", "n/deep"], ["m/b.yaml"])


PARTS = st.sampled_from(["a", "b", "c.yaml", "..", ".", ""])
TARGETS = st.lists(PARTS, min_size=1, max_size=5).map("/".join)
ENTRIES = st.dictionaries(
    st.lists(st.sampled_from(["a", "b", "c.yaml", "d.yml"]), min_size=1, max_size=3).map("/".join),
    st.none() | TARGETS,
    max_size=8,
)


@given(ENTRIES, st.lists(TARGETS, min_size=1, max_size=3))
def test_find_when_links_are_drawn_then_it_ends_and_gives_files_of_the_commit(
    entries: dict[str, str | None], listed: list[str]
) -> None:
    names = [name for name in entries if not any(f"{name}/" in f"{other}/" for other in entries if other != name)]
    leaves: list[Leaf] = [(name, FILE if entries[name] is None else LINK, name) for name in sorted(names)]

    found = Tree(leaves, lambda oid: (entries[oid] or "").encode())
    found.find(listed)

    assert {blob.oid for blob in found.blobs} <= {name for name in names if entries[name] is None}
    plain = Tree([leaf for leaf in leaves if leaf[1] == FILE], lambda oid: b"")
    plain.find(listed)
    assert {blob.oid for blob in plain.blobs} <= {blob.oid for blob in found.blobs}
