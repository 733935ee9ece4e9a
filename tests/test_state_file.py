"""The store in a folder: atomic writes, compare-and-swap, locks."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from fakes import now

from ssops.errors import StateFault
from ssops.messages import say
from ssops.state.base import StaleWrite
from ssops.state.file import FileStore


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "state", now)


def test_reading_when_there_is_no_folder_then_nothing_is_made(store: FileStore, tmp_path: Path) -> None:
    found = (store.get("sales"), store.version("sales"), store.names())

    assert (found, list(tmp_path.iterdir())) == ((None, None, ()), [])


def test_put_when_first_then_there_with_its_version(store: FileStore, tmp_path: Path) -> None:
    version = store.put("sales", b"one", None)

    assert version == store.version("sales") == sha256(b"one").hexdigest()
    assert (store.get("sales"), store.names()) == ((b"one", version), ("sales",))
    assert listed(tmp_path / "state") == ["sales.json"]


@pytest.mark.parametrize("expected", [None, "other"], ids=["none-expected", "another-expected"])
def test_put_when_another_version_is_there_then_stale_and_untouched(store: FileStore, expected: str | None) -> None:
    version = store.put("sales", b"one", None)

    with pytest.raises(StaleWrite):
        store.put("sales", b"two", expected)

    assert store.get("sales") == (b"one", version)


def test_put_when_none_is_there_but_one_was_expected_then_stale(store: FileStore) -> None:
    with pytest.raises(StaleWrite):
        store.put("sales", b"one", "version")


@pytest.mark.parametrize("trap", ["link", "pipe", "folder"])
def test_get_when_it_is_no_ordinary_file_then_refused(store: FileStore, tmp_path: Path, trap: str) -> None:
    path = tmp_path / "state" / "sales.json"
    path.parent.mkdir()
    match trap:
        case "link":
            path.symlink_to("/etc/hostname")
        case "pipe":
            os.mkfifo(path)
        case _:
            path.mkdir()

    with pytest.raises(StateFault):
        store.get("sales")
    with pytest.raises(StateFault):
        store.version("sales")


def test_put_when_the_folder_is_a_file_then_the_fault_names_it(store: FileStore, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")

    with pytest.raises(StateFault) as caught:
        store.put("sales", b"one", None)

    assert say(caught.value.message).startswith(f"cannot write recorded state at '{tmp_path}/state/sales.json': ")


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_put_when_traced_then_bytes_are_on_disk_before_the_name_moves(tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path[:0] = [{str(Path(__file__).parent)!r}, {str(Path(__file__).parent.parent)!r}]\n"
        "from pathlib import Path; from fakes import now; from ssops.state.file import FileStore\n"
        f"FileStore(Path({str(tmp_path / 'state')!r}), now).put('sales', b'one', None)\n"
    )
    trace = tmp_path / "trace"

    subprocess.run(
        ["strace", "-y", "-qq", "-o", trace, "-e", "trace=fsync,rename", sys.executable, "-c", code], check=True
    )

    lines = trace.read_text().splitlines()
    calls = [line.split("(")[0] + ":" + re.split('[>"]', line.split("/")[-1])[0] for line in lines]
    assert calls == [f"fsync:{tmp_path.name}", "fsync:.new-sales", "rename:sales.json", "fsync:state"]


COUNT = """
import sys
from pathlib import Path
sys.path[:0] = [{tests!r}, {root!r}]
from fakes import now
from ssops.state.base import StaleWrite
from ssops.state.file import FileStore
store = FileStore(Path({folder!r}), now)
left = 40
while left:
    data, version = store.get("sales") or (b"0", None)
    try:
        store.put("sales", b"%d" % (int(data) + 1), version)
        left -= 1
    except StaleWrite:
        pass
"""


def test_put_when_many_processes_count_then_no_update_is_lost(store: FileStore, tmp_path: Path) -> None:
    names = {"tests": str(Path(__file__).parent), "root": str(Path(__file__).parent.parent)}
    code = COUNT.format(folder=str(tmp_path / "state"), **names)

    counters = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(4)]
    codes = [counter.wait() for counter in counters]

    got = store.get("sales")
    assert (codes, got and got[0]) == ([0] * 4, b"160")
