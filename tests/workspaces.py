"""Workspaces for tests of the whole: made in a folder, opened as the command line opens them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ssops import pipeline
from ssops import workspace as workspaces
from ssops.manifest import config
from ssops.model import Actor, Outcome, Plan
from ssops.pipeline import Applied
from ssops.workspace import Workspace

EXAMPLES = Path(__file__).parent.parent / "examples" / "connections"
ADMIN = Actor("userAccount", "ajeme000000000000001")
EDITOR = Actor("serviceAccount", "ajeeditor00000000001")

CONFIG: dict[str, Any] = {
    "version": 1,
    "organization": "bpfexample0000000001",
    "manifests": ["manifests"],
    "provider": {"local": {"path": "service.db", "grants": [{"role": "speech-sense.admin", "subjects": [str(ADMIN)]}]}},
}


def example(folder: Path) -> Workspace:
    """Copy the shipped examples into `folder` and open them."""
    shutil.copytree(EXAMPLES, folder, dirs_exist_ok=True)
    return opened(folder)


def written(folder: Path, documents: Iterable[Mapping[str, Any]], **settings: Any) -> Workspace:
    """Write documents as one file each (JSON is YAML) with a configuration, and open them."""
    target = folder / "manifests"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    (folder / "ssops.yaml").write_text(json.dumps(CONFIG | settings))
    for number, document in enumerate(documents):
        (target / f"{number:04}.yaml").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return opened(folder)


def opened(folder: Path) -> Workspace:
    """Open the workspace in `folder`, without a cache."""
    return workspaces.open(config.load(folder / "ssops.yaml", None), None, {})


def apply(workspace: Workspace, actor: Actor | None = ADMIN, reviewed: Plan | None = None) -> Applied:
    """Apply with every change approved."""
    return pipeline.apply(workspace, pipeline.Course(approved, ignored), actor=actor, reviewed=reviewed)


def approved(plan: Plan) -> None:
    """Say yes to any plan."""


def ignored(outcome: Outcome) -> None:
    """Look away."""


def fingerprint(folder: Path) -> dict[str, str]:
    """Give every file below `folder` with the digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def edit(path: Path, change: Callable[[str], str]) -> None:
    """Rewrite a text file; the change must change something."""
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


REFS = st.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True)
WORDS = st.sampled_from(["Sales", "Продажи", "no", "012", "1:30", "naïve", "a: b", "# x", "{}", "'", '"', "|", "да"])
KEYS = st.dictionaries(
    st.from_regex(r"[a-z]{1,4}_[a-z]{1,4}", fullmatch=True).map(lambda key: f"x_{key}"),
    st.fixed_dictionaries(
        {
            "name": WORDS,
            "type": st.sampled_from(["string", "number", "decimal", "boolean", "date", "json", "url"]),
        },
        optional={"description": WORDS, "retired": st.booleans()},
    ),
    max_size=4,
)


def connection(space: str, ref: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Make a connection's document from drawn parts."""
    document: dict[str, Any] = {
        "version": 1,
        "kind": "connection",
        "ref": ref,
        "space": space,
        "name": f"{data['name']} {ref}",
        "description": data["description"],
        "data_type": data["data_type"],
        "agent": {"keys": {f"a{key}": value for key, value in data["agent"].items()}},
        "shared": {"keys": data["shared"]},
    }
    if data["data_type"] == "two_channel_audio":
        document["agent"]["channel"] = 0
        document["customer"] = {"channel": 1}
    if data["data_type"] == "single_channel_audio":
        document["split"] = {"by": "duration", "segment": "5m"}
    return document


CONNECTION = st.fixed_dictionaries(
    {
        "name": WORDS,
        "description": WORDS,
        "data_type": st.sampled_from(["two_channel_audio", "single_channel_audio", "chat"]),
        "agent": KEYS,
        "shared": KEYS,
    }
)


@st.composite
def documents(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw the documents of a few spaces with a few connections each."""
    found: list[dict[str, Any]] = []
    for number, ref in enumerate(draw(st.lists(REFS, min_size=1, max_size=3, unique=True))):
        space: dict[str, Any] = {
            "version": 1,
            "kind": "space",
            "ref": ref,
            "name": f"{draw(WORDS)} {number}",
            "description": draw(WORDS),
        }
        if draw(st.booleans()):
            space["access"] = [{"role": "speech-sense.editor", "subjects": [str(EDITOR)]}]
        found.append(space)
        owns = draw(st.lists(REFS, max_size=3, unique=True))
        found += [connection(ref, own, draw(CONNECTION)) for own in owns]
    return found
