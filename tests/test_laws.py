"""Laws of the whole, for drawn workspaces: what must hold whatever the manifests say."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import workspaces
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssops import pipeline
from ssops.errors import Blocked, NotAuthorized, SsopsError
from ssops.model import Severity, Status
from ssops.plan import file

LAW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
Documents = list[dict[str, Any]]
ELSEWHERE = [("0", "C", "UTC"), ("1", "ru_RU.UTF-8", "Asia/Vladivostok"), ("77", "tr_TR.UTF-8", "America/Lima")]


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@LAW
@given(workspaces.documents())
def test_plan_when_everything_was_applied_then_it_is_empty(documents: Documents) -> None:
    with scratch() as folder:
        workspace = workspaces.written(folder, documents)
        applied = workspaces.apply(workspace)

        again = pipeline.plan(workspace)

    assert {outcome.status for outcome in applied.outcomes} == {Status.APPLIED}
    assert len(applied.outcomes) == len(documents)
    assert (again.changes, again.unchanged) == ((), len(documents))


@LAW
@given(workspaces.documents(), st.randoms(use_true_random=False))
def test_plan_when_files_documents_and_keys_are_shuffled_then_it_is_the_same(
    documents: Documents, chance: random.Random
) -> None:
    with scratch() as folder:
        workspace = workspaces.written(folder, documents)
        straight = pipeline.plan(workspace)
        shuffled = [turned(document, chance) for document in documents]
        chance.shuffle(shuffled)
        crooked = pipeline.plan(workspaces.written(folder, shuffled))
        target = folder / "manifests"
        shutil.rmtree(target)
        target.mkdir()
        together = "\n---\n".join(json.dumps(document) for document in shuffled)
        (target / "all.yml").write_text(together, encoding="utf-8")
        in_one_file = pipeline.plan(workspace)

    assert crooked.digest == straight.digest == in_one_file.digest
    assert [change.fields for change in crooked.changes] == [change.fields for change in straight.changes]


def turned(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: turned(value[key], chance) for key in keys}
    return value


@LAW
@given(workspaces.documents())
def test_plan_when_it_is_made_then_nothing_is_written(documents: Documents) -> None:
    with scratch() as folder:
        workspace = workspaces.written(folder, documents)
        fresh = workspaces.fingerprint(folder)
        pipeline.plan(workspace)
        pipeline.validate(workspace)
        assert workspaces.fingerprint(folder) == fresh
        workspaces.apply(workspace)
        lived_in = workspaces.fingerprint(folder)

        pipeline.plan(workspace)
        pipeline.validate(workspace)

        assert workspaces.fingerprint(folder) == lived_in


@LAW
@given(workspaces.documents())
def test_apply_when_a_role_is_missing_then_nothing_is_written_anywhere(documents: Documents) -> None:
    with scratch() as folder:
        workspace = workspaces.written(folder, documents)
        before = workspaces.fingerprint(folder)

        with pytest.raises(NotAuthorized):
            workspaces.apply(workspace, workspaces.EDITOR)

        after = workspaces.fingerprint(folder)

    assert {name: sum for name, sum in after.items() if "lock" not in name} == before


@LAW
@given(workspaces.documents())
def test_plan_file_when_it_is_read_back_then_it_is_the_same_plan(documents: Documents) -> None:
    with scratch() as folder:
        plan = pipeline.plan(workspaces.written(folder, documents), actor=workspaces.ADMIN)

    text = file.dumps(plan)

    assert file.loads(text.encode()) == plan
    assert file.dumps(file.loads(text.encode())) == text


@LAW
@given(workspaces.documents(), st.data())
def test_apply_when_manifests_change_anyhow_then_the_next_plan_is_empty_or_the_run_is_refused(
    documents: Documents, data: st.DataObject
) -> None:
    with scratch() as folder:
        workspaces.apply(workspaces.written(folder, documents))
        changed = [json.loads(json.dumps(document)) for document in documents]
        for document in changed:
            document["description"] = data.draw(workspaces.WORDS)
            if document["kind"] == "connection" and data.draw(st.booleans()):
                document["shared"]["keys"] |= data.draw(workspaces.KEYS)
        workspace = workspaces.written(folder, changed)
        before = workspaces.fingerprint(folder)
        try:
            workspaces.apply(workspace)
        except Blocked:
            after = workspaces.fingerprint(folder)
            assert {name: sum for name, sum in after.items() if "lock" not in name} == before
        else:
            assert pipeline.plan(workspace).changes == ()


def test_digest_when_hash_seed_locale_time_zone_and_folder_differ_then_it_is_the_same(tmp_path: Path) -> None:
    digests = set()
    for number, (seed, locale, zone) in enumerate(ELSEWHERE):
        folder = tmp_path / f"folder {number}"
        shutil.copytree(workspaces.EXAMPLES, folder)
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "TZ": zone,
            "SSOPS_CACHE_DIR": str(tmp_path / f"cache {number}"),
        }
        command = [sys.executable, "-m", "ssops", "plan", "--format", "json"]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        digests.add(done.stdout)

    assert len(digests) == 1
    assert json.loads(digests.pop())["digest"].startswith("sha256:")


@pytest.mark.parametrize(
    "junk", [b"\x00", b"[" * 100_000, b"a: *b", b"kind: space", b"\xff\xfe", b"- - -", b"!!python/x 1"]
)
def test_validate_when_a_file_is_hostile_then_it_says_so_and_the_others_are_read(tmp_path: Path, junk: bytes) -> None:
    workspace = workspaces.example(tmp_path)
    (tmp_path / "spaces" / "hostile.yaml").write_bytes(junk)

    manifest = pipeline.validate(workspace)

    faulty = {issue.location.file for issue in manifest.issues if issue.severity is Severity.ERROR}
    assert faulty == {"spaces/hostile.yaml"}
    assert manifest.files == 10
    with pytest.raises(SsopsError):
        pipeline.plan(workspace)
