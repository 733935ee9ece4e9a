"""The workspace that is struck at: two spaces that change, one that goes and one that comes; and what must be so after.

A scene stands in a folder of its own, with its own embedded service and its own place in a store.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import signal
import sqlite3
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from ssops.cli import boundary
from ssops.errors import StateFault
from ssops.model import Status
from ssops.state import document, history, journal, lease, recorded
from ssops.state.base import StateStore
from torture.stores import Place

ROOT = Path(__file__).parent.parent.parent
ADMIN = "userAccount:ajeme000000000000001"
EDITORS = ["serviceAccount:ajeeditor00000000001", "serviceAccount:ajeeditor00000000002"]
TIMEOUT_S = 120
"""How long one command may take before it counts as hung."""

Document = dict[str, Any]

_USED = (
    *(f"ssops.cli.{name}" for name in ("main", "apply", "plan", "progress")),
    *("ssops.pipeline", "ssops.plan.file", "ssops.git.process", "ssops.providers.local", "deepdiff"),
)
_DOCUMENTS = ("", "lock")
_SPACES = ("sales", "support", "old", "field")


def _document(kind: str, space: str, ref: str, name: str, **fields: Any) -> Document:
    place = {} if kind == "space" else {"space": space}
    return {"version": 1, "kind": kind, "ref": ref, **place, "name": name, **fields}


def _audio(space: str, ref: str, name: str, *keys: str, **fields: Any) -> Document:
    named = {key: {"name": key.title(), "type": "string"} for key in keys}
    sections = {"agent": {"channel": 0, "keys": named}, "customer": {"channel": 1}}
    return _document("connection", space, ref, name, data_type="two_channel_audio", **sections, **fields)


def _chat(space: str, ref: str, name: str, **fields: Any) -> Document:
    return _document("connection", space, ref, name, data_type="chat", **fields)


def documents(step: int) -> list[Document]:
    """Give the manifests of a step: 0 is what is there at first; each later one can be reached from all before it."""
    access = [{"role": "speech-sense.editor", "subjects": EDITORS[: 1 + min(step, 1)]}]
    said = f"as of step {step}" if step else ""
    found = [
        _document("space", "sales", "sales", "Sales", description=said, access=access),
        _audio("sales", "pbx", "Office PBX", *("brigade", "shift")[: 1 + min(step, 1)], description=said),
        _chat("sales", "old-chat", "Chat until 2024", **({"retired": True} if step else {})),
        _document("project", "sales", "vip", "Key customers", connection="pbx", description=said),
        _document("space", "support", "support", "Support"),
        _audio("support", "hotline", "Горячая линия", description=said),
        _document("space", "old", "old", "Old", **({"delete": True} if step else {})),
    ]
    if not step:
        old = _document("project", "old", "report", "Old report", connection="archive")
        return [*found, _chat("old", "archive", "Archive"), old]
    found += [
        _audio("sales", "mobile", "Mobile phones", "operator", description=said),
        _document("project", "sales", "night", "Night shift", connection="mobile"),
        _chat("support", "site", "Site chat"),
        _document("space", "field", "field", "Field"),
        _audio("field", "badges", "Badges", "visit"),
        _document("project", "field", "visits", "Visits", connection="badges"),
    ]
    return [*found, *(_chat("field", f"extra-{number}", f"Extra {number}") for number in range(2, step + 1))]


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a command: its exit code, or minus the signal that ended it, and what it said."""

    code: int
    out: str
    err: str

    @property
    def has_crashed(self) -> bool:
        """Tell whether it broke in a way that no user may ever see."""
        said = self.out + self.err
        return "Traceback" in said or "fault in ssops" in said

    def __str__(self) -> str:
        return f"exit {self.code}: {' '.join((self.err or self.out).split())[-300:]}"


@dataclass(frozen=True, slots=True)
class Scene:
    """A workspace in `folder` with its documents in `place`. `extra` is added to the environment of its commands."""

    folder: Path
    place: Place
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def service(self) -> Path:
        return self.folder / "service.db"

    def environ(self) -> dict[str, str]:
        """Give the whole environment of a command."""
        return {
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "SSOPS_LANG": "en",
            "SSOPS_CACHE_DIR": str(self.folder / "cache"),
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            **self.place.environ,
            **self.extra,
        }

    def configure(self) -> None:
        """Write ssops.yaml."""
        config = {
            "version": 1,
            "organization": "bpfexample0000000001",
            "manifests": ["manifests"],
            "provider": {
                "local": {
                    "path": "service.db",
                    "actor": ADMIN,
                    "grants": [{"role": "speech-sense.admin", "subjects": [ADMIN]}],
                }
            },
            "state": {self.place.store: dict(self.place.section)},
        }
        (self.folder / "ssops.yaml").write_text(json.dumps(config), encoding="utf-8")

    def write(self, wanted: Sequence[Document]) -> None:
        """Write ssops.yaml and these manifests, in place of any others."""
        manifests = self.folder / "manifests"
        shutil.rmtree(manifests, ignore_errors=True)
        manifests.mkdir(parents=True)
        self.configure()
        for each in wanted:
            name = f"{each['kind']}-{each.get('space', '')}-{each['ref']}.yaml"
            (manifests / name).write_text(json.dumps(each, ensure_ascii=False), encoding="utf-8")

    def copy(self, folder: Path, place: Place) -> Scene:
        """Give a scene like this one, nothing shared."""
        shutil.copytree(self.folder, folder)
        with self.place.opened(self.folder) as mine, place.opened(folder) as theirs:
            for name in [] if place.store == "file" else everything(mine):
                got = mine.get(name)
                assert got is not None
                theirs.put(name, got[0], None)
        there = Scene(folder, place, self.extra)
        there.configure()
        return there

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def everything(store: StateStore) -> list[str]:
    """Name every document of a store."""
    folders = [*_DOCUMENTS, *(f"{kind}/{space}" for kind in ("history", "journal") for space in _SPACES)]
    return [name for folder in folders for name in store.names(folder)]


def apply_words(step: int, parallelism: int = 1) -> list[str]:
    """Give the command line that applies a step, with every one-way change of it named."""
    connections = [f"connection/{each['space']}/{each['ref']}" for each in documents(step) if "space" in each]
    named = ["space/old", *(name for name in connections)]
    return [
        *("apply", "--auto-approve", "--parallelism", str(parallelism)),
        *(word for name in named for word in ("--allow-one-way", name)),
    ]


def command(*words: str) -> list[str]:
    """Give the command line of a real process."""
    return [sys.executable, "-m", "ssops", *words]


@cache
def preload() -> None:
    """Import all that apply and plan need, also what they import late, so that forks find it there."""
    for name in _USED:
        importlib.import_module(name)


def ran(scene: Scene, *words: str, before: Callable[[], None] | None = None) -> Ran:
    """Run a command in a fork of this process, which has imported everything. `before` is called in the fork."""
    return ended(scene, started(scene, *words, before=before))


def started(scene: Scene, *words: str, name: str = "", before: Callable[[], None] | None = None) -> int:
    """Start a command as `ran` does; give its process, which `ended` waits for. `name` tells it from others' output."""
    preload()
    child = os.fork()
    if child == 0:
        _child(scene, words, name, before)
    return child


def ended(scene: Scene, child: int, name: str = "") -> Ran:
    """Wait for a command and give what became of it. Raises AssertionError for one that hung."""
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    out, err = (path.read_text(errors="replace") if path.exists() else "" for path in _outputs(scene, name))
    assert code != -signal.SIGALRM, f"hung: {err[-500:]}"
    return Ran(code, out, err)


def _outputs(scene: Scene, name: str) -> tuple[Path, Path]:
    return scene.folder / f"out{name}", scene.folder / f"err{name}"


def _child(scene: Scene, words: Sequence[str], name: str, before: Callable[[], None] | None) -> NoReturn:
    code = 70
    try:
        for number, path in enumerate((Path(os.devnull), *_outputs(scene, name))):
            os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
        sys.stdin, sys.stdout, sys.stderr = (
            os.fdopen(number, "w" if number else "r", closefd=False) for number in range(3)
        )
        environ = scene.environ()
        os.environ.clear()
        os.environ.update(environ)
        os.chdir(scene.folder)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.alarm(TIMEOUT_S)
        if before is not None:
            before()
        code = boundary.run(words)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.setprofile(None)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a step leaves behind when nothing goes wrong: objects of the service, and changes told in the journal."""

    objects: list[str]
    told: Counter[tuple[str, str]]


def wanted(scene: Scene) -> Wanted:
    """Read what an undisturbed apply has left."""
    with scene.place.opened(scene.folder) as store:
        told = Counter((str(entry.address), entry.act) for entry in _applied(store, []))
    return Wanted(_objects(scene.service), told)


def verdict(scene: Scene, step: int, expected: Wanted, *, is_told: bool = True) -> list[str]:
    """Apply a step once more and give what is wrong then, nothing where all is well.

    `is_told` asks that the journal tells of the same changes as `expected` does, and not only of those that were made.
    """
    again = ran(scene, *apply_words(step))
    if again.code != 0 or again.has_crashed:
        return [f"the next apply: {again}"]
    return faults(scene, expected, is_told=is_told)


def faults(scene: Scene, expected: Wanted, *, is_told: bool = True) -> list[str]:
    """Give what is not as it must be once everything is applied."""
    wrong = []
    empty = ran(scene, "plan", "--detailed-exitcode")
    if empty.code != 0 or empty.has_crashed:
        wrong.append(f"the next plan: {empty}")
    objects = _objects(scene.service)
    if objects != expected.objects:
        more, fewer = Counter(objects) - Counter(expected.objects), Counter(expected.objects) - Counter(objects)
        wrong.append(f"objects: {sorted(more.elements())} too many, {sorted(fewer.elements())} missing")
    with scene.place.opened(scene.folder) as store:
        wrong += state_faults(store)
        state = recorded.read(store)
        wrong += [f"pending: {address}" for address in state.pending]
        wrong += [f"begun: {space}" for space in state.runs]
        ids = sorted(entry.id or "" for entry in state.resources())
        if ids != sorted(_ids(scene.service)):
            wrong.append(f"state and service know different objects: {ids}")
        wrong += [f"locked: {name}" for name in store.names("lock") if lease.read(store, name.partition("/")[2])]
        entries = _applied(store, wrong)
        if untold := _made(scene.service) - {entry.key for entry in entries}:
            wrong.append(f"operations that the journal does not tell: {sorted(untold)}")
        told = Counter((str(entry.address), entry.act) for entry in entries)
        wrong += [f"told twice: {each}" for each, count in told.items() if count > 1 and each[1] != "update"]
        if is_told and told != expected.told:
            wrong.append(f"journal: {told - expected.told} too many, {expected.told - told} missing")
    return wrong


def state_faults(store: StateStore) -> list[str]:
    """Name every document of recorded state, current or kept, that cannot be read."""
    wrong = []
    for space in store.names():
        got = store.get(space)
        try:
            assert got is not None
            document.loads(got[0], space)
        except StateFault as fault:
            wrong.append(f"unreadable: {space}: {fault.reason}")
        wrong += [f"unreadable: {one.name}" for one in history.versions(store, space) if one.state is None]
    return wrong


def unreleased(store: StateStore) -> list[str]:
    """Name the locks that nobody has given back, whether or not their holder lives."""
    names = store.names("lock")
    return [name for name in names if (got := store.get(name)) and json.loads(got[0])["id"] != ""]


def pending(scene: Scene) -> list[str]:
    """Name the operations that are left open."""
    with scene.place.opened(scene.folder) as store:
        return [str(address) for address in recorded.read(store).pending]


def _applied(store: StateStore, wrong: list[str]) -> list[journal.Entry]:
    """Give what the journal says was done; what is damaged is added to `wrong`."""
    return [
        entry
        for space in _SPACES
        for entry in journal.read(store, space, lambda fault: wrong.append(f"journal: {fault.message}"))
        if entry.status is Status.APPLIED
    ]


def _objects(service: Path) -> list[str]:
    """Give every object of the service by what it is, not by its id; sorted."""
    with closing(sqlite3.connect(f"file:{service}?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT id, kind, space_id, name, spec FROM objects").fetchall()
    names = {id: name for id, _, _, name, _ in rows}
    found = []
    for _, kind, space_id, name, spec in rows:
        told: Mapping[str, Any] = json.loads(spec)
        known = {key: names[value] if key == "connection_id" else value for key, value in told.items()}
        found.append(f"{kind} {names[space_id]}/{name} {json.dumps(known, sort_keys=True, ensure_ascii=False)}")
    return sorted(found)


def _ids(service: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{service}?mode=ro", uri=True)) as database:
        return [id for (id,) in database.execute("SELECT id FROM objects")]


def _made(service: Path) -> set[str]:
    with closing(sqlite3.connect(f"file:{service}?mode=ro", uri=True)) as database:
        return {key for (key,) in database.execute("SELECT key FROM operations")}
