"""The cache gives back what was put or nothing, whatever becomes of its file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ssops import cache
from ssops.cache import Cache

SALT = "0123456789abcdef0123456789abcdef"


def put(folder: Path, salt: str = SALT) -> Path:
    with Cache(folder, salt) as opened:
        opened.put("file", "key", b"value")
    return folder / f"{salt[:16]}.db"


def got(folder: Path, salt: str = SALT) -> bytes | None:
    with Cache(folder, salt) as opened:
        return opened.get("file", "key")


def test_get_when_put_in_an_earlier_run_then_the_same_bytes(tmp_path: Path) -> None:
    put(tmp_path)

    assert got(tmp_path) == b"value"


def test_get_when_put_in_this_run_then_the_same_bytes(tmp_path: Path) -> None:
    with Cache(tmp_path, SALT) as opened:
        opened.put("file", "key", b"value")

        assert opened.get("file", "key") == b"value"


def test_get_when_the_namespace_is_another_then_nothing(tmp_path: Path) -> None:
    put(tmp_path)

    with Cache(tmp_path, SALT) as opened:
        assert opened.get("spec", "key") is None


def test_get_when_the_salt_is_another_then_nothing(tmp_path: Path) -> None:
    put(tmp_path)

    assert got(tmp_path, "fedcba9876543210" * 2) is None


def test_get_when_the_file_name_was_changed_to_another_salt_then_nothing(tmp_path: Path) -> None:
    other = "fedcba9876543210" * 2
    put(tmp_path).rename(tmp_path / f"{other[:16]}.db")

    assert got(tmp_path, other) is None


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param("UPDATE kept SET value = x'00'", id="another-value"),
        pytest.param("UPDATE kept SET value = 'value'", id="text"),
        pytest.param("UPDATE kept SET value = NULL", id="null"),
        pytest.param("UPDATE kept SET checksum = 'x'", id="checksum"),
        pytest.param("UPDATE kept SET key = 'key', namespace = 'file' WHERE namespace = 'other'", id="moved-row"),
        pytest.param("DROP TABLE kept", id="no-table"),
        pytest.param("DROP TABLE kept; CREATE TABLE kept (other TEXT)", id="another-table"),
    ],
)
def test_get_when_rows_are_damaged_then_nothing_or_the_value(tmp_path: Path, damage: str) -> None:
    is_moved = "other" in damage and "TABLE" not in damage
    path = put(tmp_path)
    if is_moved:
        with Cache(tmp_path, SALT) as opened:
            opened.put("other", "key", b"another value")
    with sqlite3.connect(path) as connection:
        if is_moved:
            connection.execute("DELETE FROM kept WHERE namespace = 'file'")
        connection.executescript(damage)
    connection.close()

    assert got(tmp_path) is None


@pytest.mark.parametrize("size", [0, 1, 100, 4096, 10_000])
def test_put_when_the_file_is_rubbish_then_a_new_one_works_in_the_next_run(tmp_path: Path, size: int) -> None:
    path = tmp_path / f"{SALT[:16]}.db"
    path.write_bytes(b"\xa5" * size)

    first = got(tmp_path)
    put(tmp_path)

    assert first is None
    assert got(tmp_path) == b"value"


def test_get_when_any_byte_of_the_file_is_wrong_then_nothing_or_the_value(tmp_path: Path) -> None:
    path = put(tmp_path)
    whole = path.read_bytes()

    for at in range(0, len(whole), 61):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        assert got(tmp_path) in (None, b"value")


def test_open_when_the_folder_cannot_be_made_then_it_is_noted_and_nothing_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with Cache(tmp_path / "file" / "cache", SALT) as opened:
        opened.put("file", "key", b"value")

        assert opened.get("file", "key") is None
        assert opened.note != ""


def test_write_when_another_run_holds_the_file_then_it_stays(tmp_path: Path) -> None:
    path = put(tmp_path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Cache(tmp_path, SALT) as opened:
        opened.put("file", "second", b"value")
    other.execute("ROLLBACK")
    other.close()

    assert "locked" in opened.note
    assert got(tmp_path) == b"value"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        pytest.param({"SSOPS_CACHE_DIR": "/a", "HOME": "/h"}, Path("/a"), id="named"),
        pytest.param({"SSOPS_CACHE_DIR": "", "HOME": "/h"}, Path("/h/.cache/ssops"), id="empty-name"),
        pytest.param({"XDG_CACHE_HOME": "/x", "HOME": "/h"}, Path("/x/ssops"), id="xdg"),
        pytest.param({"XDG_CACHE_HOME": "x", "HOME": "/h"}, Path("/h/.cache/ssops"), id="relative-xdg"),
        pytest.param({}, None, id="no-home"),
    ],
)
def test_folder_when_the_environment_says_so_then_there(environ: dict[str, str], expected: Path | None) -> None:
    assert cache.folder(environ) == expected


def test_salt_when_made_twice_then_the_same() -> None:
    assert cache.salt() == cache.salt()
    assert len(cache.salt()) == 64
