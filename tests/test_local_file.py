from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from local_service import ADMIN, CHAT, ORGANIZATION, SPACE, create, do, everything, provider, setting, update

from ssops.errors import ProviderFault
from ssops.model import Actor, Kind
from ssops.providers.base import Done, Fate
from ssops.providers.local import LocalProvider

FOLDER = Path(__file__).parent


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes() if path.is_file() else b"", path.stat().st_mtime_ns)
        for path in sorted([folder, *folder.rglob("*")])
    }


def read_all(service: LocalProvider) -> None:
    with service.reader() as reader:
        for row in reader.rows():
            reader.spec(row.id)
        reader.grants(ADMIN, [row.space_id for row in reader.rows()])
        reader.done("op")


def run(script: str, *args: str | Path) -> subprocess.Popen[str]:
    code = f"import sys; sys.path.insert(0, {str(FOLDER)!r})\nfrom local_service import *\n{script}"
    return subprocess.Popen([sys.executable, "-c", code, *map(str, args)], stdout=subprocess.PIPE, text=True)


def test_reader_when_there_is_no_file_then_an_empty_service_and_nothing_created(tmp_path: Path) -> None:
    service = provider(tmp_path / "none" / "s.db")

    with service.reader() as reader:
        assert reader.rows() == ()
        assert reader.done("op") is Fate.NOT_MADE
        assert [grant.on for grant in reader.grants(ADMIN, ["f3f"])] == ["organization"]
        with pytest.raises(KeyError):
            reader.spec("f3f")

    assert list(tmp_path.iterdir()) == []


def test_reader_when_reading_everything_then_not_a_byte_of_the_folder_changes(tmp_path: Path) -> None:
    service = provider(tmp_path / "s.db")
    space = do(service, create(Kind.SPACE, SPACE)).id
    do(service, create(Kind.CONNECTION, CHAT, space))
    before = contents(tmp_path)

    read_all(service)

    assert contents(tmp_path) == before
    assert list(before) == [".", "s.db"]


def test_reader_when_its_folder_cannot_be_written_then_reads(tmp_path: Path) -> None:
    service = provider(tmp_path / "s.db")
    do(service, create(Kind.SPACE, SPACE))
    (tmp_path / "s.db").chmod(0o444)
    tmp_path.chmod(0o555)

    read_all(service)

    tmp_path.chmod(0o755)


def test_reader_when_asked_to_write_then_sqlite_itself_refuses(tmp_path: Path) -> None:
    service = provider(tmp_path / "s.db")
    do(service, create(Kind.SPACE, SPACE))

    with service.reader() as reader, pytest.raises(ProviderFault):
        reader.store.drop("f3f")


def test_reader_when_a_writer_was_killed_in_the_middle_then_sees_what_was_before_and_writes_nothing(
    tmp_path: Path,
) -> None:
    service = provider(tmp_path / "s.db")
    space = do(service, create(Kind.SPACE, SPACE)).id
    before = everything(service)
    # a small cache makes SQLite write changed pages to the file before the commit
    killed = run(
        """
import os
with provider(Path(sys.argv[1])).writer(ADMIN) as writer:
    database = writer.store.database
    database.run("PRAGMA cache_size = 5")
    with database.transaction():
        for number in range(500):
            writer.store.database.run(
                "INSERT INTO objects SELECT ?, kind, space_id, ?, digest, zeroblob(3000), '', '', '', ''"
                " FROM objects WHERE id = ?", f"x{number}", f"x{number}", sys.argv[2])
        os.kill(os.getpid(), 9)
""",
        service.path,
        space,
    )
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    left_behind = contents(tmp_path)
    assert "s.db-journal" in left_behind

    seen = everything(service)

    assert seen == before
    assert contents(tmp_path) == left_behind
    do(service, create(Kind.CONNECTION, CHAT, space))
    assert len(everything(service)) == 2
    assert sorted(contents(tmp_path)) == [".", "s.db"]


def test_writer_when_killed_between_operations_then_each_is_whole_and_a_repeat_converges(tmp_path: Path) -> None:
    service = provider(tmp_path / "s.db")
    space = do(service, create(Kind.SPACE, SPACE)).id
    script = """
with provider(Path(sys.argv[1])).writer(ADMIN) as writer:
    for number in range(120):
        print(number, flush=True)
        writer.carry_out(create(Kind.CONNECTION, CHAT | {"name": f"c{number}"}, sys.argv[2], key=f"k{number}"))
"""
    reached = 0
    for delay in (3, 25, 60):
        with run(script, service.path, space) as process:
            assert process.stdout is not None
            for _ in range(delay):
                reached = int(process.stdout.readline())
            process.kill()
        with service.reader() as reader:
            rows = [row for row in reader.rows() if row.kind is Kind.CONNECTION]
            told = {f"k{number}": reader.done(f"k{number}") for number in range(120)}
            assert {row.id for row in rows} == {done.id for done in told.values() if isinstance(done, Done)}
        assert len(rows) >= reached

    run(script, service.path, space).communicate(timeout=60)
    names = [stored.spec["name"] for stored in everything(service)]
    assert (len(names), len(set(names))) == (121, 121)


def test_writers_when_four_processes_create_at_once_then_none_is_lost_and_none_is_twice(tmp_path: Path) -> None:
    script = """
with provider(Path(sys.argv[1])).writer(ADMIN) as writer:
    for number in range(20):
        own = f"s{sys.argv[2]}-{number}"
        space = writer.carry_out(create(Kind.SPACE, {"name": own}, key=own))
        # every process asks for this one, with the same key: it is made once
        shared = create(Kind.CONNECTION, CHAT | {"name": f"c{number}"}, sys.argv[3], key=f"shared-{number}")
        print(space.id, writer.carry_out(shared).id)
"""
    service = provider(tmp_path / "s.db")
    first = do(service, create(Kind.SPACE, SPACE)).id

    processes = [run(script, service.path, number, first) for number in "1234"]
    told = [tuple(line.split()) for process in processes for line in process.communicate(timeout=60)[0].splitlines()]

    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    spaces, connections = {space for space, _ in told}, {connection for _, connection in told}
    assert (len(told), len(spaces), len(connections)) == (80, 80, 20)
    with service.reader() as reader:
        assert {row.id for row in reader.rows()} == {first, *spaces, *connections}


def test_writers_when_four_processes_found_the_service_with_one_name_then_one_wins(tmp_path: Path) -> None:
    script = """
from ssops.errors import ProviderFault
try:
    print(do(provider(Path(sys.argv[1])), create(Kind.SPACE, SPACE, key=sys.argv[2])).id)
except ProviderFault as fault:
    print(fault.message.id)
"""
    service = provider(tmp_path / "new" / "s.db")

    processes = [run(script, service.path, number) for number in "1234"]
    said = [process.communicate(timeout=60)[0].strip() for process in processes]

    taken = "provider.refused.name_taken"
    assert sorted(said, key=lambda line: line == taken)[1:] == [taken] * 3
    assert [stored.id for stored in everything(service)] == [line for line in said if line != taken]


def test_update_when_two_saw_the_same_then_only_the_first_is_made(tmp_path: Path) -> None:
    service = provider(tmp_path / "s.db")
    space = do(service, create(Kind.SPACE, SPACE))
    do(service, update(Kind.SPACE, space.id, setting("description", to="first"), expected=space.digest))

    with pytest.raises(ProviderFault, match="aborted"):
        do(service, update(Kind.SPACE, space.id, setting("description", to="second"), expected=space.digest))

    assert everything(service)[0].spec["description"] == "first"


def garbage(path: Path) -> None:
    path.write_bytes(b"kind: space\n" * 1000)


def truncated(path: Path) -> None:
    service = provider(path)
    space = do(service, create(Kind.SPACE, SPACE)).id
    for number in range(20):
        do(service, create(Kind.CONNECTION, CHAT | {"name": f"c{number}"}, space))
    os.truncate(path, path.stat().st_size // 2)


def overwritten(path: Path) -> None:
    truncated(path)
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 100_000)


def edit(sql: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        do(provider(path), create(Kind.SPACE, SPACE))
        with sqlite3.connect(path) as connection:
            connection.execute(sql)
        connection.close()

    return make


def of_another_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE objects (id)")
    connection.close()


def in_wal_mode(path: Path) -> None:
    edit("PRAGMA journal_mode = WAL")(path)


def of_another_organization(path: Path) -> None:
    do(provider(path, organization="bpfother"), create(Kind.SPACE, SPACE))


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "no database": (garbage, "damaged"),
    "truncated": (truncated, "damaged"),
    "pages overwritten": (overwritten, "damaged"),
    "table gone": (edit("DROP TABLE objects"), "damaged"),
    "no organization": (edit("DELETE FROM about"), "damaged"),
    "newer": (edit("PRAGMA user_version = 2"), "newer"),
    "of another program": (of_another_program, "foreign"),
    "in WAL mode": (in_wal_mode, "foreign"),
    "a folder": (Path.mkdir, "foreign"),
    "a pipe": (os.mkfifo, "foreign"),
    "of another organization": (of_another_organization, "other_organization"),
}


@pytest.mark.parametrize(("make", "sentence"), BROKEN.values(), ids=BROKEN)
def test_file_when_it_is_broken_or_not_ours_then_said_and_left_alone(
    tmp_path: Path, make: Callable[[Path], object], sentence: str
) -> None:
    path = tmp_path / "s.db"
    make(path)
    before = {} if path.is_fifo() else contents(tmp_path)

    with pytest.raises(ProviderFault) as reading:
        read_all(provider(path))
    with pytest.raises(ProviderFault) as writing:
        do(provider(path), create(Kind.SPACE, {"name": "Aid"}))

    assert (reading.value.message.id, writing.value.message.id) == (f"provider.{sentence}",) * 2
    assert path.is_fifo() or contents(tmp_path) == before


VALUES = {
    "spec edited": """UPDATE objects SET spec = '{"name":"x"}'""",
    "spec no text": "UPDATE objects SET spec = 5",
    "name no UTF-8": "UPDATE objects SET name = CAST(x'ff' AS TEXT)",
    "unknown kind": "UPDATE objects SET kind = 'robot'",
}


@pytest.mark.parametrize("sql", VALUES.values(), ids=VALUES)
def test_object_when_it_is_damaged_then_said(tmp_path: Path, sql: str) -> None:
    edit(sql)(tmp_path / "s.db")

    with pytest.raises(ProviderFault) as reading:
        read_all(provider(tmp_path / "s.db"))

    assert reading.value.message.id == "provider.damaged"


def test_file_when_empty_then_an_empty_service_that_can_be_founded(tmp_path: Path) -> None:
    (tmp_path / "s.db").touch()
    service = provider(tmp_path / "s.db")

    assert everything(service) == ()
    do(service, create(Kind.SPACE, SPACE))
    assert len(everything(service)) == 1


def test_folder_when_it_is_a_file_then_said(tmp_path: Path) -> None:
    (tmp_path / "folder").touch()
    service = provider(tmp_path / "folder" / "s.db")

    with pytest.raises(ProviderFault) as reading:
        read_all(service)
    with pytest.raises(ProviderFault) as writing:
        do(service, create(Kind.SPACE, SPACE))

    assert {reading.value.message.id, writing.value.message.id} == {"provider.unusable"}


def test_path_with_marks_of_a_uri_then_taken_as_it_is(tmp_path: Path) -> None:
    service = provider(tmp_path / "a b?mode=rw#%41" / "служба.db")

    do(service, create(Kind.SPACE, SPACE))

    assert service.path.is_file()
    assert len(everything(service)) == 1


def test_file_when_another_process_keeps_it_then_said_after_the_timeout(tmp_path: Path) -> None:
    service = provider(tmp_path / "s.db", busy_timeout_s=0.05)
    do(service, create(Kind.SPACE, SPACE))
    holder = sqlite3.connect(service.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")

    with pytest.raises(ProviderFault) as reading:
        read_all(service)
    with pytest.raises(ProviderFault) as writing:
        do(service, create(Kind.SPACE, {"name": "Aid"}))

    holder.close()
    assert {reading.value.message.id, writing.value.message.id} == {"provider.locked"}


def test_default_actor_then_as_configured(tmp_path: Path) -> None:
    robot = Actor("serviceAccount", "aje")

    assert provider(tmp_path / "s.db", actor=robot).default_actor() == robot
    assert provider(tmp_path / "s.db").default_actor() is None
    assert provider(tmp_path / "s.db").organization == ORGANIZATION
