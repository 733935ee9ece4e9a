"""A ref renamed in the manifests: where it is declared, wherever it is named, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspaces import EXAMPLES, opened

from ssops.errors import InvalidManifest, UsageFault
from ssops.manifest import load, move
from ssops.messages import LANGUAGES, say
from ssops.model import Address, Kind

FILES = {
    "spaces/sales.yaml": "version: 1\nkind: space\nref: sales  # for ever\nname: sales\n",
    "spaces/other.yaml": "version: 1\nkind: space\nref: other\nname: sales\n",
    "connections/pbx.yaml": (
        "version: 1\nkind: connection\nref: 'pbx'\nspace: sales # here\nname: sales\ndata_type: chat\nnote: pbx\n"
        '---\n{version: 1, kind: connection, ref: chat, space: "s\\u0061les", name: pbx, data_type: chat}\n'
    ),
    "connections/other.yaml": "version: 1\nkind: connection\nref: pbx\nspace: other\nname: P\ndata_type: chat\n",
    "projects.yml": (
        "version: 1\r\nkind: project\r\nref: sales\r\nspace: sales\r\nconnection: pbx\r\nname: pbx\r\ndelete: true\r\n"
        "---\r\nversion: 1\r\nkind: project\r\nref: pbx\r\nspace: other\r\nconnection: pbx\r\nname: pbx\r\n"
    ),
}
"""A project that is to be deleted refers to what is moved, too; another space has a connection of the same ref."""

SALES = Address(Kind.SPACE, "sales", "sales")
PBX = Address(Kind.CONNECTION, "sales", "pbx")
OLD = Address(Kind.PROJECT, "sales", "sales")


def renamed(old: Address, new: str) -> dict[str, str]:
    """Rename a ref in `FILES` and give those that change."""
    files = {path: text.encode() for path, text in FILES.items()}
    space = new if old.kind is Kind.SPACE else old.space
    made = move.rename(files, old, Address(old.kind, space, new))
    return {path: data.decode() for path, data in made.items()}


def replaced(path: str, *pairs: tuple[str, str]) -> dict[str, str]:
    """Give a file of `FILES` with texts replaced that stand in it once."""
    text = FILES[path]
    for before, after in pairs:
        assert text.count(before) == 1
        text = text.replace(before, after)
    return {path: text}


def test_rename_when_a_space_then_all_that_is_in_it_follows() -> None:
    assert renamed(SALES, "trade") == {
        **replaced("spaces/sales.yaml", ("ref: sales", "ref: trade")),
        **replaced(
            "connections/pbx.yaml", ("space: sales # here", "space: trade # here"), ('"s\\u0061les"', '"trade"')
        ),
        **replaced("projects.yml", ("space: sales", "space: trade")),
    }


def test_rename_when_a_connection_then_its_projects_follow_and_no_namesake() -> None:
    assert renamed(PBX, "office-pbx") == {
        **replaced("connections/pbx.yaml", ("ref: 'pbx'", "ref: 'office-pbx'")),
        **replaced("projects.yml", ("space: sales\r\nconnection: pbx", "space: sales\r\nconnection: office-pbx")),
    }


def test_rename_when_a_project_then_only_its_own_ref() -> None:
    assert renamed(OLD, "vip") == replaced("projects.yml", ("ref: sales", "ref: vip"))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (SALES, Address(Kind.CONNECTION, "sales", "x"), "move_kind"),
        (PBX, Address(Kind.PROJECT, "sales", "x"), "move_kind"),
        (PBX, Address(Kind.CONNECTION, "other", "x"), "move_space"),
        (OLD, Address(Kind.PROJECT, "other", "sales"), "move_space"),
        (PBX, Address(Kind.CONNECTION, "sales", "Office PBX"), "move_ref"),
        (SALES, Address(Kind.SPACE, "", ""), "move_ref"),
        (PBX, PBX, "move_same"),
        (PBX, Address(Kind.CONNECTION, "sales", "chat"), "move_taken"),
        (SALES, Address(Kind.SPACE, "other", "other"), "move_taken"),
        (Address(Kind.PROJECT, "sales", "vip"), Address(Kind.PROJECT, "sales", "x"), "move_unknown"),
        (Address(Kind.CONNECTION, "nowhere", "vip"), Address(Kind.CONNECTION, "nowhere", "x"), "move_unknown"),
    ],
)
def test_rename_when_it_cannot_be_then_a_usage_fault_says_why(old: Address, new: Address, reason: str) -> None:
    with pytest.raises(UsageFault) as stopped:
        move.rename({path: text.encode() for path, text in FILES.items()}, old, new)

    assert stopped.value.reason == reason
    for language in LANGUAGES:
        assert say(stopped.value.message, language)
        assert stopped.value.hint
        assert say(stopped.value.hint, language)


def test_rename_when_the_new_address_is_taken_then_the_place_is_told() -> None:
    with pytest.raises(UsageFault) as stopped:
        renamed(PBX, "chat")

    told = say(stopped.value.message)
    assert told == "'connection/sales/chat' is taken: connections/pbx.yaml:9 declares it"


def test_rename_when_only_references_bear_the_new_ref_then_a_move_that_was_cut_short_goes_on() -> None:
    files = {path: text.encode() for path, text in FILES.items() if path != "spaces/other.yaml"}

    changed = move.rename(files, SALES, Address(Kind.SPACE, "other", "other"))

    assert "spaces/sales.yaml" in changed


def test_rename_when_no_manifest_declares_it_then_the_nearest_is_named() -> None:
    with pytest.raises(UsageFault) as stopped:
        renamed(PBX._replace(ref="pbxx"), "x")

    assert stopped.value.hint
    assert say(stopped.value.hint) == "did you mean 'connection/sales/pbx'?"


def test_rename_when_a_file_cannot_be_read_then_its_faults_are_told() -> None:
    files = {"a.yaml": FILES["spaces/sales.yaml"].encode(), "b.yaml": b"sales: ["}

    with pytest.raises(InvalidManifest) as stopped:
        move.rename(files, SALES, Address(Kind.SPACE, "x", "x"))

    assert [issue.location.file for issue in stopped.value.issues] == ["b.yaml"]


@pytest.mark.parametrize("address", [SALES, Address(Kind.CONNECTION, "sales", "office-pbx")], ids=str)
def test_rename_when_the_example_is_moved_then_it_is_valid_and_only_addresses_differ(
    address: Address, tmp_path: Path
) -> None:
    files = {path.relative_to(EXAMPLES).as_posix(): path.read_bytes() for path in EXAMPLES.rglob("*.yaml")}
    new = address._replace(ref="moved", space="moved" if address.kind is Kind.SPACE else address.space)

    made = move.rename(files, address, new)

    for path, data in (files | made).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    before, after = (load.load(opened(folder).config, None) for folder in (EXAMPLES, tmp_path))
    assert after.issues == before.issues
    assert new in after.resources.entries
    assert {entry.name for entry in after.resources} == {entry.name for entry in before.resources}
    back = move.rename(files | made, new, address)
    assert {path: (files | made | back)[path] for path in files} == files
