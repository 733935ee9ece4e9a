"""Loading all manifests: resources, every fault, and the law that the cache never changes a result."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssops.cache import Cache
from ssops.errors import Conflict
from ssops.manifest import config, files, load, specs
from ssops.manifest.load import Manifest
from ssops.model import Address, Entry, Kind, Severity

SALT = "salt" * 8
SETTINGS = "version: 1\norganization: bpfexample0000000001\nmanifests: [m]\n"
SPACE = "version: 1\nkind: space\nref: {ref}\nname: Space {ref}\n"
CONNECTION = """\
version: 1
kind: connection
ref: {ref}
space: {space}
name: Звонки {ref}
data_type: chat
agent: {{keys: {{department: {{name: Отдел, type: string}}}}}}
"""
PROJECT = """\
version: 1
kind: project
ref: {ref}
space: {space}
connection: {connection}
name: {ref}
filters: {{department: sales}}
"""
SALES = Address(Kind.SPACE, "sales", "sales")
CHAT = Address(Kind.CONNECTION, "sales", "chat")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "repository"
    write(made, "ssops.yaml", SETTINGS)
    write(made, "m/sales.yaml", SPACE.format(ref="sales"))
    write(made, "m/c/chat.yaml", CONNECTION.format(ref="chat", space="sales"))
    write(made, "m/p.yaml", PROJECT.format(ref="vip", space="sales", connection="chat"))
    return made


def write(root: Path, path: str, text: str) -> Path:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")
    return root / path


def later() -> int:
    """A clock that is ten seconds ahead: whatever was just written has settled."""
    return time.time_ns() + 10_000_000_000


def loaded(root: Path, cache: Path | None = None, *only: Path) -> Manifest:
    settings = config.load(root / "ssops.yaml")
    if cache is None:
        return load.load(settings, None, only)
    with Cache(cache, SALT) as opened:
        return load.load(settings, opened, only, now_ns=later)


def told(manifest: Manifest) -> tuple[object, ...]:
    """Everything a caller can see of a manifest, the order of entries included."""
    found = {address: manifest.resources.spec(address) for address in manifest.resources.entries}
    return list(manifest.resources.entries.items()), found, manifest.issues, manifest.files


def rules(manifest: Manifest) -> list[tuple[str, str, int]]:
    return [(issue.rule, issue.location.file, issue.location.line) for issue in manifest.issues]


def test_load_when_all_is_well_then_resources_by_address(root: Path) -> None:
    manifest = loaded(root)

    assert list(map(str, manifest.resources.entries)) == ["connection/sales/chat", "project/sales/vip", "space/sales"]
    assert (manifest.issues, manifest.files) == ((), 3)
    assert manifest.resources.spec(SALES) == {"name": "Space sales", "description": ""}


def test_load_when_nothing_is_found_then_a_warning(root: Path) -> None:
    shutil.rmtree(root / "m")
    (root / "m").mkdir()

    manifest = loaded(root)

    assert [(issue.severity, issue.rule) for issue in manifest.issues] == [(Severity.WARNING, "file-none")]


def test_load_when_files_have_faults_then_all_sorted_by_place(root: Path) -> None:
    write(root, "m/a.yaml", SPACE.format(ref="a") + "nmae: x\n")
    write(root, "m/b.yaml", "a: [\n")
    write(root, "m/c/z.yaml", CONNECTION.format(ref="z", space="sales").replace("chat", "fax"))

    manifest = loaded(root)

    assert rules(manifest) == [
        ("schema-unknown-field", "m/a.yaml", 5),
        ("yaml-syntax", "m/b.yaml", 2),
        ("schema-value", "m/c/z.yaml", 6),
    ]


def test_load_when_a_reference_is_unknown_then_placed_at_it(root: Path) -> None:
    write(root, "m/c/lost.yaml", CONNECTION.format(ref="lost", space="saels"))

    assert rules(loaded(root)) == [("space-unknown", "m/c/lost.yaml", 4)]


def test_load_when_the_space_has_faults_then_its_connections_are_not_blamed(root: Path) -> None:
    write(root, "m/sales.yaml", SPACE.format(ref="sales") + "nmae: x\n")

    assert rules(loaded(root)) == [("schema-unknown-field", "m/sales.yaml", 5)]


def test_load_when_an_address_is_there_twice_then_the_first_counts(root: Path) -> None:
    write(root, "m/zz.yaml", SPACE.format(ref="sales"))

    manifest = loaded(root)

    assert ("address-duplicate", "m/zz.yaml", 3) in rules(manifest)
    location = manifest.resources.entries[SALES].location
    assert location is not None
    assert location.file == "m/sales.yaml"


def test_load_when_a_file_is_too_large_then_its_size_is_told(root: Path) -> None:
    write(root, "m/large.yaml", "#" * 5_000_000)

    [issue] = loaded(root).issues

    assert (issue.rule, dict(issue.message.args)["size"]) == ("yaml-limit", 5_000_000)


def test_load_when_only_some_are_asked_for_then_their_issues(root: Path) -> None:
    write(root, "m/a.yaml", SPACE.format(ref="a") + "nmae: x\n")
    write(root, "m/c/lost.yaml", CONNECTION.format(ref="lost", space="other"))

    assert rules(loaded(root, None, root / "m/c")) == [("space-unknown", "m/c/lost.yaml", 4)]
    assert rules(loaded(root, None, root / "m/c/chat.yaml")) == []


def test_load_when_asked_for_what_is_no_manifest_then_an_issue(root: Path) -> None:
    write(root, "elsewhere/a.yaml", "a: [")

    assert rules(loaded(root, None, root / "elsewhere/a.yaml")) == [("file-not-listed", "elsewhere/a.yaml", 1)]


def repositories(root: Path) -> Iterator[Path]:
    """Repositories without faults, with warnings and with errors."""
    yield root
    warned = root.with_name("warned")
    shutil.copytree(root, warned)
    write(warned, "m/empty.yaml", "---\n")
    write(warned, "m/mixed.yaml", SPACE.format(ref="mixed").replace("Space", "Спace"))
    yield warned
    wrong = root.with_name("wrong")
    shutil.copytree(warned, wrong)
    write(wrong, "m/a.yaml", SPACE.format(ref="a") + "nmae: x\n")
    write(wrong, "m/c/lost.yaml", CONNECTION.format(ref="lost", space="other"))
    write(wrong, "m/c/two.yaml", CONNECTION.format(ref="x", space="sales") + "---\n" + SPACE.format(ref="sales"))
    yield wrong


def test_cache_when_cold_warm_moved_corrupt_or_deleted_then_the_same_result(root: Path, tmp_path: Path) -> None:
    for repository in repositories(root):
        cache = tmp_path / f"cache-{repository.name}"
        expected = told(loaded(repository))

        assert told(loaded(repository, cache)) == expected, "cold"
        assert told(loaded(repository, cache)) == expected, "warm"
        moved = repository.rename(tmp_path / "moved")
        assert told(loaded(moved, cache)) == expected, "another folder"
        moved.rename(repository)
        [file] = cache.glob("*.db")
        whole = file.read_bytes()
        for at in range(100, len(whole), 997):
            file.write_bytes(whole[:at] + b"\xa5\xa5\xa5" + whole[at + 3 :])
            assert told(loaded(repository, cache)) == expected, f"damaged at {at}"
            assert told(loaded(repository, cache)) == expected, f"after damage at {at}"
        shutil.rmtree(cache)
        assert told(loaded(repository, cache)) == expected, "deleted"


def test_cache_when_payloads_are_not_what_we_write_then_the_same_result(root: Path, tmp_path: Path) -> None:
    expected = told(loaded(root))
    payloads = (
        b"",
        b"{}",
        b"[]",
        b"[1, 2]",
        b"null",
        b"\xff",
        b'[[["space"]], []]',
        b'{"m/p.yaml": [1, 2, 3]}',
        b"[" * 99,
        b"[" * 200_000,
    )
    loaded(root, tmp_path / "cache")
    with Cache(tmp_path / "cache", SALT) as cache:
        keys = cache._connection.execute("SELECT namespace, key FROM kept").fetchall()  # type: ignore[union-attr]

    for payload in payloads:
        with Cache(tmp_path / "cache", SALT) as cache:
            for namespace, key in keys:
                cache.put(namespace, key, payload)
        assert told(loaded(root, tmp_path / "cache")) == expected


def test_cache_when_a_file_is_changed_then_it_is_noticed(root: Path, tmp_path: Path) -> None:
    expected = told(loaded(root, tmp_path / "cache"))
    write(root, "m/p.yaml", (root / "m/p.yaml").read_text().replace("vip", "vap"))

    changed = told(loaded(root, tmp_path / "cache"))

    assert changed != expected
    assert changed == told(loaded(root))


def test_cache_when_warm_then_no_manifest_is_read(root: Path, tmp_path: Path) -> None:
    expected = loaded(root, tmp_path / "cache")
    read: list[str] = []
    sys.addaudithook(lambda event, args: read.append(str(args[0])) if event == "open" else None)

    manifest = loaded(root, tmp_path / "cache")

    assert manifest == expected
    assert [path for path in read if path.startswith(str(root / "m"))] == []


def test_load_when_warm_then_neither_parser_nor_validator_is_imported(root: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from ssops.cache import Cache; from ssops.manifest import config, load\n"
        "with Cache(Path(sys.argv[2]), sys.argv[3]) as cache:\n"
        "    load.load(config.load(Path(sys.argv[1]), cache), cache)\n"
        "print([name for name in ('yaml', 'jsonschema_rs', 'jsonschema', 'difflib', 'click') if name in sys.modules])"
    )
    loaded(root, tmp_path / "cache")
    with Cache(tmp_path / "cache", SALT) as cache:
        config.load(root / "ssops.yaml", cache)

    said = subprocess.run(
        [sys.executable, "-c", program, root / "ssops.yaml", tmp_path / "cache", SALT],
        cwd=Path(load.__file__).parents[2],
        capture_output=True,
        check=True,
        text=True,
    )

    assert said.stdout == "[]\n"


def test_cache_when_a_file_has_the_same_size_and_mtime_then_the_change_is_noticed(root: Path, tmp_path: Path) -> None:
    path = root / "m/sales.yaml"
    loaded(root, tmp_path / "cache")
    was = path.stat()
    path.write_text(path.read_text().replace("Space sales", "Spaze sales"))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))

    manifest = loaded(root, tmp_path / "cache")

    assert (path.stat().st_size, path.stat().st_mtime_ns) == (was.st_size, was.st_mtime_ns)
    assert manifest.resources.entries[SALES].name == "Spaze sales"


def test_cache_when_a_file_was_written_a_moment_ago_then_its_stamp_is_not_trusted(root: Path, tmp_path: Path) -> None:
    """A second write in the same tick of the clock leaves every stamp as it was: only reading the file tells."""
    settled = config.load(root / "ssops.yaml")
    with Cache(tmp_path / "cache", SALT) as cache:
        load.load(settled, cache, now_ns=lambda: (root / "m/sales.yaml").stat().st_ctime_ns + 1_000_000)
        kept = [cache.get(*key) or b"" for key in _keys(cache, "folder")]

    assert kept != []
    assert all(b"\0\0" in folder for folder in kept)  # a file without a stamp


def test_spec_when_the_cache_forgot_it_then_the_file_is_read_again(root: Path, tmp_path: Path) -> None:
    loaded(root, tmp_path / "cache")
    with Cache(tmp_path / "cache", SALT) as cache:
        manifest = load.load(config.load(root / "ssops.yaml"), cache, now_ns=later)
        for namespace, key in _keys(cache, "spec"):
            cache.put(namespace, key, b"rubbish")

        assert manifest.resources.spec(CHAT)["name"] == "Звонки chat"


def test_spec_when_the_file_was_changed_meanwhile_then_a_conflict(root: Path, tmp_path: Path) -> None:
    loaded(root, tmp_path / "cache")
    with Cache(tmp_path / "cache", SALT) as cache:
        manifest = load.load(config.load(root / "ssops.yaml"), cache, now_ns=later)
        for namespace, key in _keys(cache, "spec"):
            cache.put(namespace, key, b"rubbish")
        write(root, "m/sales.yaml", SPACE.format(ref="sales").replace("Space", "Spaze"))

        with pytest.raises(Conflict) as caught:
            manifest.resources.spec(SALES)

    assert caught.value.reason == "manifest_moved"


def _keys(cache: Cache, namespace: str) -> list[tuple[str, str]]:
    cache._write()
    assert cache._connection is not None
    return cache._connection.execute("SELECT namespace, key FROM kept WHERE namespace = ?", (namespace,)).fetchall()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), parts=st.integers(1, 6))
def test_load_when_documents_stand_in_other_files_and_order_then_the_same_resources(
    tmp_path: Path, seed: int, parts: int
) -> None:
    texts = [SPACE.format(ref=f"s{n}") for n in range(3)]
    texts += [CONNECTION.format(ref=f"c{n}", space=f"s{n % 3}") for n in range(6)]
    texts += [PROJECT.format(ref="p", space="s1", connection="c1")]
    random = Random(seed)
    random.shuffle(texts)
    root = tmp_path / f"{seed}-{parts}"
    write(root, "ssops.yaml", SETTINGS)
    for part in range(parts):
        write(root, f"m/{random.choice('abc')}/{part}.yaml", "---\n".join(texts[part::parts]))

    manifest = loaded(root)

    assert manifest.issues == ()
    assert [_without_place(entry) for entry in manifest.resources] == EXPECTED


def _without_place(entry: Entry) -> tuple[str, str]:
    return str(entry.address), entry.digest


def _expected() -> list[tuple[str, str]]:
    from ssops.canonical import digest
    from ssops.manifest import build, reader

    texts = [CONNECTION.format(ref=f"c{n}", space=f"s{n % 3}") for n in (0, 3, 1, 4, 2, 5)]
    texts += [PROJECT.format(ref="p", space="s1", connection="c1"), *(SPACE.format(ref=f"s{n}") for n in range(3))]
    documents, _ = reader.read("---\n".join(texts).encode(), "x.yaml")
    built = [found for found, _ in map(build.build, documents) if found]
    assert digest({}) != built[0].entry.digest
    return [_without_place(one.entry) for one in built]


EXPECTED = _expected()


def test_specs_when_an_address_is_unknown_then_a_key_error(root: Path) -> None:
    with pytest.raises(KeyError):
        specs.Specs(partial(files.read, root), None).load(SALES)
