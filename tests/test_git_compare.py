"""`plan --against git:REF`: the plan that would be made if the base had been applied, out of git alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import repositories
import workspaces
from hypothesis import HealthCheck, given, settings
from repositories import CONFIG, CONNECTION, ENVIRON, SPACE, commit, git, small, write

from ssops import pipeline
from ssops import workspace as looking
from ssops.cache import Cache
from ssops.cli import boundary
from ssops.errors import Conflict, InvalidManifest, UsageFault
from ssops.manifest import config, schema
from ssops.model import Action, Actor, Change, Execution, Kind, Plan, RoleVerdict
from ssops.offline.revision import Revision
from ssops.plan import file
from ssops.providers.base import Reader, Writer
from ssops.providers.local import CAPABILITIES
from ssops.workspace import Workspace

LAW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
MAIN = Revision("main", ENVIRON)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return small(tmp_path / "repository")


def planned(folder: Path, ref: str = "main", **given: Any) -> Plan:
    return pipeline.plan(workspaces.opened(folder), against=Revision(ref, ENVIRON), **given)


def moves(plan: Plan) -> list[tuple[str, Action]]:
    return [(str(change.address), change.action) for change in plan.changes]


def core(change: Change) -> tuple[Any, ...]:
    """What a change is, whoever carries it out and from whichever file it comes."""
    said = (change.address, change.action, change.name, change.fields, change.reversibility, change.execution)
    return *said, change.rules, change.advice, change.annotations


@LAW
@given(workspaces.documents(), workspaces.documents())
def test_plan_when_the_base_was_applied_then_it_is_that_against_live(
    before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = repositories.made(Path(name))
        workspaces.written(folder, before)
        commit(folder)
        workspaces.apply(workspaces.opened(folder))
        workspace = workspaces.written(folder, after)

        live = pipeline.plan(workspace)
        compared = planned(folder)

    # Two documents of the same address and annotation are the same to both, but recorded state keeps no annotations.
    assert [core(change)[:-1] for change in compared.changes] == [core(change)[:-1] for change in live.changes]
    assert compared.unchanged == live.unchanged
    assert compared.spaces == live.spaces


def test_plan_when_nothing_changed_then_it_is_empty(repository: Path) -> None:
    plan = planned(repository)

    assert (plan.changes, plan.unchanged, plan.against, plan.issues) == ((), 2, "git:main", ())


def test_plan_when_files_changed_then_each_is_classed(repository: Path) -> None:
    write(
        repository,
        {
            "m/sales.yaml": SPACE.format(ref="sales") + "description: Calls\n",
            "m/pbx.yaml": None,
            "m/new.yaml": CONNECTION.format(ref="new", name="New"),
        },
    )

    plan = planned(repository)

    assert moves(plan) == [
        ("space/sales", Action.UPDATE),
        ("connection/sales/new", Action.CREATE),
        ("connection/sales/pbx", Action.REMOVE),
    ]
    assert [change.execution for change in plan.changes] == [Execution.AUTO, Execution.AUTO, Execution.BLOCKED]
    assert plan.changes[2].rules == ("connection-never-deleted",)
    assert plan.changes[2].location is None
    assert {change.role.verdict for change in plan.changes if change.role} == {RoleVerdict.UNKNOWN}


def test_plan_when_made_then_it_is_bound_to_the_base(repository: Path) -> None:
    base = git(repository, "rev-parse", "main")
    write(repository, {"m/sales.yaml": SPACE.format(ref="sales") + "note: x\n", "m/b.yaml": SPACE.format(ref="b")})
    first = planned(repository)

    git(repository, "checkout", "--quiet", "main")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "y")
    second = planned(repository)

    assert first.basis["base"] == base
    assert moves(first) == moves(second)
    assert first.digest != second.digest


def test_plan_when_made_again_or_elsewhere_then_the_bytes_are_the_same(repository: Path, tmp_path: Path) -> None:
    write(repository, {"m/b.yaml": SPACE.format(ref="b")})
    git(tmp_path, "clone", "--quiet", "--branch", "main", str(repository), "clone")
    write(tmp_path / "clone", {"m/b.yaml": SPACE.format(ref="b")})

    texts = {file.dumps(planned(folder)) for folder in (repository, repository, tmp_path / "clone")}

    assert len(texts) == 1
    assert file.dumps(file.loads(texts.pop().encode())) == file.dumps(planned(repository))


def test_plan_when_the_base_has_moved_on_then_it_starts_where_they_part_and_says_so(repository: Path) -> None:
    base = git(repository, "rev-parse", "main")
    git(repository, "checkout", "--quiet", "main")
    commit(repository, {"m/later.yaml": SPACE.format(ref="later")})
    git(repository, "checkout", "--quiet", "feature")
    write(repository, {"m/mine.yaml": SPACE.format(ref="mine")})

    plan = planned(repository)

    assert moves(plan) == [("space/mine", Action.CREATE)]
    assert [(issue.rule, dict(issue.message.args)["commit"]) for issue in plan.issues] == [("base-moved", base)]


@dataclass(frozen=True)
class Closed:
    """A provider that nobody may open."""

    capabilities: Mapping[tuple[Kind, Action], Execution]

    def default_actor(self) -> Actor | None:
        raise AssertionError

    def reader(self) -> AbstractContextManager[Reader]:
        raise AssertionError

    def writer(self, actor: Actor) -> AbstractContextManager[Writer]:
        raise AssertionError


def offline(workspace: Workspace) -> Workspace:
    return replace(workspace, provider=Closed(CAPABILITIES))


def test_plan_when_against_git_then_nothing_is_opened_or_written(repository: Path) -> None:
    write(repository, {"m/b.yaml": SPACE.format(ref="b")})
    before = workspaces.fingerprint(repository)

    plan = pipeline.plan(offline(workspaces.opened(repository)), against=MAIN, actor=workspaces.ADMIN)

    assert moves(plan) == [("space/b", Action.CREATE)]
    assert workspaces.fingerprint(repository) == before


def test_plan_when_a_space_is_named_then_it_alone_is_covered(repository: Path) -> None:
    write(repository, {"m/b.yaml": SPACE.format(ref="b"), "m/pbx.yaml": None})

    assert moves(planned(repository, spaces=("b",))) == [("space/b", Action.CREATE)]
    assert moves(planned(repository, spaces=("sales",))) == [("connection/sales/pbx", Action.REMOVE)]
    with pytest.raises(UsageFault):
        planned(repository, spaces=("c",))


def test_plan_when_the_base_has_another_list_of_manifests_then_that_one_is_read(repository: Path) -> None:
    (repository / "m").rename(repository / "n")
    write(repository, {"ssops.yaml": CONFIG.replace("[m]", "[n]")})

    assert planned(repository).changes == ()


def test_plan_when_the_base_has_no_ssops_yaml_then_todays_is_used(tmp_path: Path) -> None:
    folder = repositories.made(tmp_path)
    commit(folder, {"m/sales.yaml": SPACE.format(ref="sales")})
    write(folder, {"ssops.yaml": CONFIG, "m/b.yaml": SPACE.format(ref="b")})

    assert moves(planned(folder)) == [("space/b", Action.CREATE)]


def test_plan_when_the_base_has_no_manifests_then_everything_is_new(tmp_path: Path) -> None:
    folder = repositories.made(tmp_path)
    commit(folder, {"README.md": "x"})
    write(folder, {"ssops.yaml": CONFIG, "m/b.yaml": SPACE.format(ref="b")})

    assert moves(planned(folder)) == [("space/b", Action.CREATE)]


def test_plan_when_the_base_is_of_another_organization_then_a_conflict(repository: Path) -> None:
    write(repository, {"ssops.yaml": CONFIG.replace("bpfexample0000000001", "bpfexample0000000002")})

    with pytest.raises(Conflict) as caught:
        planned(repository)

    assert caught.value.reason == "base_foreign"


def test_plan_when_the_base_deletes_then_it_is_gone_already(repository: Path) -> None:
    asked = SPACE.format(ref="old") + "delete: true\n"
    commit(repository, {"m/old.yaml": asked})

    kept = planned(repository, "HEAD")
    write(repository, {"m/old.yaml": None})
    dropped = planned(repository, "HEAD")
    write(repository, {"m/old.yaml": SPACE.format(ref="old")})
    wanted_again = planned(repository, "HEAD")

    assert (kept.changes, dropped.changes) == ((), ())
    assert moves(wanted_again) == [("space/old", Action.CREATE)]


def test_plan_when_deletion_is_asked_then_it_is_one_way(repository: Path) -> None:
    commit(repository, {"m/old.yaml": SPACE.format(ref="old")})
    write(repository, {"m/old.yaml": SPACE.format(ref="old") + "delete: true\n"})

    plan = planned(repository, "HEAD")

    assert moves(plan) == [("space/old", Action.DELETE)]
    assert plan.changes[0].rules == ("space-deletion",)


def test_plan_when_a_resource_is_only_referred_to_then_it_is_taken_as_there(repository: Path) -> None:
    write(
        repository,
        {
            "m/theirs.yaml": SPACE.format(ref="theirs") + "managed: false\n",
            "m/ours.yaml": CONNECTION.format(ref="ours", name="Ours").replace("space: sales", "space: theirs"),
        },
    )
    introduced = planned(repository)
    commit(repository)
    write(repository, {"m/theirs.yaml": None, "m/ours.yaml": None})
    dropped = planned(repository, "HEAD")

    assert moves(introduced) == [("connection/theirs/ours", Action.CREATE)]
    assert introduced.blocked == ()
    assert moves(dropped) == [("connection/theirs/ours", Action.REMOVE)]


def test_plan_when_a_policy_limits_it_then_it_is_blocked(repository: Path) -> None:
    texts = {f"m/{n}.yaml": CONNECTION.format(ref=f"c{n}", name=f"N{n}") for n in range(3)}
    write(repository, {**texts, "ssops.yaml": CONFIG + "policy: {max_changes: 2}\n"})

    plan = planned(repository)

    assert [issue.rule for issue in plan.issues] == ["policy-max-changes"]
    assert len(plan.changes) == 3


BROKEN: tuple[tuple[str, str | bytes, str], ...] = (
    ("syntax", "a: [\n", "yaml-syntax"),
    ("binary", b"\0\1\2\3", "yaml-encoding"),
    ("schema", "version: 1\nkind: space\nref: x\n", "schema-missing-field"),
    ("reference", CONNECTION.format(ref="x", name="X").replace("sales", "nowhere"), "space-unknown"),
    ("too long", b"#" * (4 * 1024 * 1024 + 5), "yaml-limit"),
)


@pytest.mark.parametrize(("text", "rule"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_plan_when_only_the_base_is_at_fault_then_its_faults_name_the_revision(
    repository: Path, text: str | bytes, rule: str
) -> None:
    commit(repository, {"m/x.yaml": text})
    write(repository, {"m/x.yaml": None})

    with pytest.raises(InvalidManifest) as caught:
        planned(repository, "feature")

    assert [(issue.rule, issue.location.file) for issue in caught.value.issues] == [(rule, "feature:m/x.yaml")]
    assert caught.value.hint is not None


def test_plan_when_a_blob_is_too_long_then_its_size_is_told_and_the_next_one_is_read(repository: Path) -> None:
    commit(repository, {"m/a.yaml": b"#" * (9 * 1024 * 1024), "m/b.yaml": b"a: ["})
    write(repository, {"m/a.yaml": None, "m/b.yaml": None})

    with pytest.raises(InvalidManifest) as caught:
        planned(repository, "feature")

    assert [(issue.rule, dict(issue.message.args).get("size")) for issue in caught.value.issues] == [
        ("yaml-limit", 9 * 1024 * 1024),
        ("yaml-syntax", None),
    ]


def test_plan_when_both_sides_are_at_fault_then_all_faults_are_told(repository: Path) -> None:
    commit(repository, {"m/x.yaml": "a: [\n"})
    write(repository, {"m/x.yaml": None, "m/y.yaml": "b: ]\n"})

    with pytest.raises(InvalidManifest) as caught:
        planned(repository, "feature")

    assert [issue.location.file for issue in caught.value.issues] == ["m/y.yaml", "feature:m/x.yaml"]


def test_plan_when_only_the_work_tree_is_at_fault_then_its_faults_are_told(repository: Path) -> None:
    write(repository, {"m/y.yaml": "b: ]\n"})

    with pytest.raises(InvalidManifest) as caught:
        planned(repository)

    assert [issue.location.file for issue in caught.value.issues] == ["m/y.yaml"]
    assert caught.value.hint is None


def test_plan_when_the_bases_ssops_yaml_is_at_fault_then_it_is_named(repository: Path) -> None:
    commit(repository, {"ssops.yaml": "version: 1\n"})
    write(repository, {"ssops.yaml": CONFIG})

    with pytest.raises(InvalidManifest) as caught:
        planned(repository, "feature")

    assert {issue.location.file for issue in caught.value.issues} == {"feature:ssops.yaml"}


def test_plan_when_the_cache_knows_the_blobs_then_it_is_the_same_plan(repository: Path, tmp_path: Path) -> None:
    write(
        repository,
        {
            "m/sales.yaml": SPACE.format(ref="sales") + "description: Calls\n",
            "m/pbx.yaml": None,
            "m/moved.yaml": CONNECTION.format(ref="pbx", name="Office"),
        },
    )
    plain = planned(repository)
    texts = []
    for _ in range(3):
        with Cache(tmp_path / "cache", "salt" * 8) as cache:
            workspace = looking.open(config.load(repository / "ssops.yaml", cache), cache, {})
            texts.append(file.dumps(pipeline.plan(workspace, against=MAIN)))

    assert texts == [file.dumps(plain)] * 3
    assert moves(plain) == [("space/sales", Action.UPDATE)]


@pytest.fixture
def called(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    for name, value in ENVIRON.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SSOPS_CACHE_DIR", str(repository.parent / "cache"))
    monkeypatch.chdir(repository)
    return lambda *arguments: boundary.run(arguments)


def test_command_when_against_git_then_the_document_is_a_plan(
    called: Callable[..., int], repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository, {"m/b.yaml": SPACE.format(ref="b")})

    code = called("plan", "--against", "git:main", "--detailed-exitcode", "--format", "json", "--out", "plan.json")

    out = capsys.readouterr().out
    assert code == 2
    assert schema.is_schema_fault_free(json.loads(out), "plan")
    assert json.loads(out)["against"] == "git:main"


def test_command_when_the_plan_was_made_against_git_then_apply_refuses_it(
    called: Callable[..., int], repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository, {"m/b.yaml": SPACE.format(ref="b")})
    assert called("plan", "--against", "git:main", "--out", "plan.json") == 0
    assert "ssops apply plan.json" not in capsys.readouterr().err
    before = workspaces.fingerprint(repository)

    code = called("apply", "plan.json", "--actor", str(workspaces.ADMIN), "--format", "json")

    assert code == 6
    assert json.loads(capsys.readouterr().out)["error"]["reason"] == "plan_invalid"
    assert workspaces.fingerprint(repository) == before
    assert called("show", "plan.json") == 0


@pytest.mark.parametrize("given", ["mars", "git", "git:", "live:x", "recorded:x", "", "GIT:main"])
def test_command_when_there_is_nothing_to_compare_with_then_a_usage_error(
    called: Callable[..., int], given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = called("plan", "--against", given)

    assert code == 64
    assert "git:REF" in capsys.readouterr().err


def test_command_when_the_base_is_at_fault_then_code_4_and_the_issues(
    called: Callable[..., int], repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repository, {"m/x.yaml": "a: [\n"})
    write(repository, {"m/x.yaml": None})

    code = called("plan", "--against", "git:feature", "--format", "json")

    out, err = capsys.readouterr()
    error = json.loads(out)["error"]
    assert code == 4
    assert error["reason"] == "invalid_manifest"
    assert "feature:m/x.yaml" in out
    assert "an earlier commit that is sound" in err


def test_command_when_run_in_a_process_then_hash_seed_and_locale_change_no_byte(repository: Path) -> None:
    write(repository, {"m/b.yaml": SPACE.format(ref="b"), "m/pbx.yaml": None})

    said = set()
    for seed, locale in (("0", "C"), ("7", "ru_RU.UTF-8")):
        done = subprocess.run(
            [sys.executable, "-m", "ssops", "plan", "--against", "git:main", "--format", "json", "--no-cache"],
            cwd=repository,
            env={**os.environ, **ENVIRON, "PYTHONHASHSEED": seed, "LANG": locale},
            capture_output=True,
            timeout=60,
            check=False,
        )
        said.add((done.returncode, done.stdout))

    assert len(said) == 1
    assert next(iter(said))[0] == 3
