"""Which files are manifests: a fixed order, ordinary files, nothing outside."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from ssops.manifest import files


def write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("version: 1\n")


def found(root: Path, *listed: str) -> list[str]:
    return [file.path for folder in files.find(root, listed)[0] for file in folder.files]


def faults(root: Path, *listed: str) -> list[tuple[str, str]]:
    return [(issue.rule, issue.location.file) for issue in files.find(root, listed)[1]]


def test_find_when_folders_are_nested_then_yaml_files_in_order(tmp_path: Path) -> None:
    write(tmp_path, "a/z.yaml", "a/b/c.yml", "a/b/readme.md", "a/.hidden/x.yaml", "a/.#x.yaml", "b/one.yaml")

    assert found(tmp_path, "b", "a") == ["a/z.yaml", "a/b/c.yml", "b/one.yaml"]


def test_find_when_listed_twice_then_read_once(tmp_path: Path) -> None:
    write(tmp_path, "a/z.yaml", "a/b/c.yml")

    assert found(tmp_path, "a/z.yaml", "a", "./a/b/", ".") == ["a/z.yaml", "a/b/c.yml"]


def test_find_when_a_hidden_file_is_listed_then_it_is_read(tmp_path: Path) -> None:
    write(tmp_path, ".a/b.yaml")

    assert found(tmp_path, ".a") == [".a/b.yaml"]


def test_find_when_a_link_stays_inside_then_it_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "shared/x.yaml", "shared/in/y.yaml")
    (tmp_path / "a").mkdir()
    (tmp_path / "a/x.yaml").symlink_to(tmp_path / "shared/x.yaml")
    (tmp_path / "a/in").symlink_to("../shared/in")

    assert found(tmp_path, "a") == ["a/x.yaml", "a/in/y.yaml"]


def test_find_when_links_go_round_then_it_ends(tmp_path: Path) -> None:
    write(tmp_path, "a/x.yaml")
    (tmp_path / "a/again").symlink_to(tmp_path / "a")

    assert found(tmp_path, "a") == ["a/x.yaml"]


def test_find_when_a_link_leads_out_then_it_is_an_issue(tmp_path: Path) -> None:
    write(tmp_path, "outside/x.yaml", "root/a/y.yaml")
    (tmp_path / "root/a/file.yaml").symlink_to(tmp_path / "outside/x.yaml")
    (tmp_path / "root/a/folder").symlink_to(tmp_path / "outside")
    (tmp_path / "root/a/notes.txt").symlink_to("/etc/hostname")

    assert found(tmp_path / "root", "a") == ["a/y.yaml"]
    assert faults(tmp_path / "root", "a") == [("file-outside", "a/file.yaml"), ("file-outside", "a/folder")]


def test_find_when_a_link_leads_nowhere_then_it_is_an_issue(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").symlink_to("nowhere")

    assert faults(tmp_path, ".") == [("file-unreadable", "x.yaml")]


def test_find_when_files_are_not_ordinary_then_issues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket.yml")

    assert faults(tmp_path, ".") == [("file-not-regular", "pipe.yaml"), ("file-not-regular", "socket.yml")]


def test_find_when_a_name_is_not_utf8_then_an_issue(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.yaml")).write_text("")

    assert faults(tmp_path, ".") == [("file-name", r"\xff.yaml")]


def test_find_when_a_folder_vanished_then_an_issue(tmp_path: Path) -> None:
    assert faults(tmp_path, "gone") == [("file-unreadable", "gone")]


def test_find_when_a_path_holds_a_zero_byte_then_an_issue(tmp_path: Path) -> None:
    assert faults(tmp_path, "a\0b") == [("file-unreadable", "a\0b")]


def test_read_when_a_pipe_took_the_place_then_it_does_not_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")

    assert files.read(tmp_path, "x.yaml") == b""


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, files.BYTES_MAX, files.BYTES_MAX + 1])
def test_read_when_a_file_is_large_then_one_byte_more_than_allowed_at_most(tmp_path: Path, size: int) -> None:
    (tmp_path / "x.yaml").write_bytes(b"x" * size + b"y" * 3)

    assert len(files.read(tmp_path, "x.yaml")) == min(size + 3, files.BYTES_MAX + 1)
