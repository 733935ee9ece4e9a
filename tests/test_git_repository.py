"""What keeps git from answering: each is told as what it is; and nothing in a repository can make git run anything."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
import repositories
import workspaces
from repositories import CONFIG, CONNECTION, ENVIRON, SPACE, commit, git, small, write

from ssops import pipeline
from ssops.errors import Conflict, Exit, GitFault, SsopsError, UsageFault
from ssops.git import process, repository
from ssops.git.blobs import Blob, Blobs
from ssops.messages import say
from ssops.model import Plan
from ssops.offline.revision import Revision


def planned(folder: Path, ref: str = "main", environ: Mapping[str, str] = ENVIRON) -> Plan:
    return pipeline.plan(workspaces.opened(folder), against=Revision(ref, environ))


def refused(folder: Path, ref: str = "main", environ: Mapping[str, str] = ENVIRON) -> SsopsError:
    with pytest.raises(SsopsError) as caught:
        planned(folder, ref, environ)
    assert caught.value.hint is not None
    say(caught.value.hint)
    assert say(caught.value.message)
    return caught.value


def told(fault: SsopsError) -> tuple[type[SsopsError], str, Exit]:
    return type(fault), fault.reason, fault.exit


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return small(tmp_path / "repository")


@pytest.mark.parametrize(
    "ref",
    [
        *("nowhere", "main:m", "a b", "..", "main..feature", "@{99}", "refs/heads/", "^main", "~1"),
        *("-h", "--upload-pack=touch x", "main\nHEAD", "main\0", "0" * 40, "deadbee", "м" * 300),
    ],
)
def test_base_when_the_revision_is_none_then_a_usage_fault(clone: Path, ref: str) -> None:
    assert told(refused(clone, ref)) == (UsageFault, "unknown_revision", Exit.USAGE)


@pytest.mark.parametrize("ref", ["main", "HEAD", "feature", "refs/heads/main", "v1", "@", "HEAD^{commit}"])
def test_base_when_the_revision_is_there_then_it_is_found(clone: Path, ref: str) -> None:
    git(clone, "tag", "--annotate", "--message", "x", "v1")

    assert planned(clone, ref).changes == ()


@pytest.mark.parametrize(("asked", "near"), [("mian", "main"), ("trunk", "origin/trunk"), ("feature/", "feature")])
def test_base_when_a_name_is_near_then_it_is_suggested(clone: Path, asked: str, near: str) -> None:
    git(clone, "update-ref", "refs/remotes/origin/trunk", "HEAD")

    hint = refused(clone, asked).hint

    assert hint is not None
    assert say(hint) == f"did you mean '{near}'?"


def test_base_when_there_is_no_repository_then_a_usage_fault(tmp_path: Path) -> None:
    write(tmp_path, {"ssops.yaml": CONFIG, "m/a.yaml": SPACE.format(ref="a")})

    fault = refused(tmp_path, environ={**ENVIRON, "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)})

    assert told(fault) == (UsageFault, "no_repository", Exit.USAGE)


def test_base_when_the_repository_is_bare_then_a_usage_fault(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "bare.git")
    write(tmp_path / "bare.git", {"ssops.yaml": CONFIG, "m/a.yaml": SPACE.format(ref="a")})

    assert refused(tmp_path / "bare.git").exit == Exit.USAGE


def test_base_when_inside_the_folder_of_git_then_a_usage_fault(clone: Path) -> None:
    write(clone / ".git", {"ssops.yaml": CONFIG, "m/a.yaml": SPACE.format(ref="a")})

    assert refused(clone / ".git").exit == Exit.USAGE


def test_base_when_head_has_no_commit_then_a_usage_fault(clone: Path) -> None:
    git(clone, "checkout", "--quiet", "--orphan", "fresh")

    assert told(refused(clone)) == (UsageFault, "no_commit", Exit.USAGE)


def test_base_when_the_repository_is_empty_then_a_usage_fault(tmp_path: Path) -> None:
    repositories.made(tmp_path)
    write(tmp_path, {"ssops.yaml": CONFIG, "m/a.yaml": SPACE.format(ref="a")})

    assert told(refused(tmp_path, "HEAD")) == (UsageFault, "unknown_revision", Exit.USAGE)


def test_base_when_nothing_is_in_common_then_a_usage_fault(clone: Path) -> None:
    git(clone, "checkout", "--quiet", "--orphan", "island")
    commit(clone, {"m/x.yaml": SPACE.format(ref="x")})

    assert told(refused(clone)) == (UsageFault, "no_common_commit", Exit.USAGE)


def test_base_when_the_clone_is_shallow_then_it_is_told_how_to_mend_it(clone: Path, tmp_path: Path) -> None:
    commit(clone, {"m/b.yaml": SPACE.format(ref="b")})
    git(clone, "checkout", "--quiet", "main")
    commit(clone, {"m/c.yaml": SPACE.format(ref="c")})
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=feature", clone.as_uri(), "shallow")
    unknown = refused(shallow, "origin/main")
    git(shallow, "fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main")

    cut_off = refused(shallow, "origin/main")

    assert told(unknown) == (UsageFault, "unknown_revision", Exit.USAGE)
    assert unknown.hint is not None
    assert "fetch-depth: 0" in say(unknown.hint)
    assert told(cut_off) == (Conflict, "base_missing", Exit.CONFLICT)


def test_base_when_the_clone_is_shallow_but_reaches_back_then_it_is_planned(clone: Path, tmp_path: Path) -> None:
    commit(clone, {"m/b.yaml": SPACE.format(ref="b")})
    git(tmp_path, "clone", "--quiet", "--depth=2", "--no-single-branch", "--branch=feature", clone.as_uri(), "shallow")

    assert len(planned(tmp_path / "shallow", "origin/main").changes) == 1


def test_blobs_when_the_clone_is_partial_then_nothing_is_fetched(clone: Path, tmp_path: Path) -> None:
    git(clone, "config", "uploadpack.allowFilter", "true")
    commit(clone, {"m/pbx.yaml": CONNECTION.format(ref="pbx", name="Office") + "description: Other\n"})
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", "--branch=feature", clone.as_uri(), "partial")
    partial = tmp_path / "partial"
    before = git(partial, "count-objects", "-v")

    fault = refused(partial, "origin/main")

    assert told(fault) == (Conflict, "base_missing", Exit.CONFLICT)
    assert git(partial, "count-objects", "-v") == before


def test_git_when_it_is_not_there_then_it_is_told(clone: Path, tmp_path: Path) -> None:
    assert told(refused(clone, environ={**ENVIRON, "PATH": str(tmp_path)})) == (GitFault, "git_missing", Exit.ERROR)


def test_git_when_it_fails_then_its_own_words_are_told(clone: Path, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "git"
    write(tmp_path, {"bin/git": "#!/bin/sh\necho 'fatal: the disk is full' >&2\nexit 128\n"})
    program.chmod(0o755)

    fault = refused(clone, environ={**ENVIRON, "PATH": str(program.parent)})

    assert "the disk is full" in say(fault.message)


def test_git_when_the_tree_is_damaged_then_it_is_told(clone: Path) -> None:
    tree = git(clone, "rev-parse", "main:m")
    (clone / ".git" / "objects" / tree[:2] / tree[2:]).unlink()

    assert told(refused(clone)) == (GitFault, "git_failed", Exit.ERROR)


def test_git_when_a_blob_is_gone_then_it_is_told(clone: Path) -> None:
    blob = git(clone, "rev-parse", "main:m/pbx.yaml")
    (clone / ".git" / "objects" / blob[:2] / blob[2:]).unlink()

    assert told(refused(clone)) == (Conflict, "base_missing", Exit.CONFLICT)


def _fsmonitor(clone: Path, script: Path) -> None:
    git(clone, "config", "core.fsmonitor", str(script))


def _hooks(clone: Path, script: Path) -> None:
    for name in ("post-index-change", "post-checkout", "reference-transaction", "pre-auto-gc"):
        (clone / ".git" / "hooks").mkdir(exist_ok=True)
        (clone / ".git" / "hooks" / name).symlink_to(script)


def _filters(clone: Path, script: Path) -> None:
    git(clone, "config", "filter.evil.clean", str(script))
    git(clone, "config", "filter.evil.smudge", str(script))
    git(clone, "config", "filter.evil.process", str(script))
    git(clone, "config", "diff.evil.textconv", str(script))
    git(clone, "config", "diff.external", str(script))
    (clone / ".git" / "info").mkdir(exist_ok=True)
    (clone / ".git" / "info" / "attributes").write_text("* filter=evil diff=evil\n")


def _pager(clone: Path, script: Path) -> None:
    for name in ("core.pager", "core.editor", "core.sshCommand", "core.askPass", "core.gitProxy", "alias.rev-parse"):
        git(clone, "config", name, f"!{script}" if name.startswith("alias") else str(script))


def _bare_inside(clone: Path, script: Path) -> None:
    """What a pull request can bring: the folder of ssops.yaml looks like a bare repository with a configuration."""
    inner = clone / "inner"
    git(clone, "init", "--quiet", "--bare", "inner")
    git(inner, "config", "core.fsmonitor", str(script))
    git(inner, "config", "core.bare", "false")
    git(inner, "config", "core.worktree", str(inner))
    write(inner, {"ssops.yaml": CONFIG, "m/a.yaml": SPACE.format(ref="a")})


@pytest.mark.parametrize("trap", [_fsmonitor, _hooks, _filters, _pager])
def test_git_when_the_repository_names_programs_then_none_is_run(clone: Path, tmp_path: Path, trap: object) -> None:
    script, mark = _script(tmp_path)
    assert callable(trap)
    trap(clone, script)
    write(clone, {"m/b.yaml": SPACE.format(ref="b")})

    assert len(planned(clone).changes) == 1
    assert not mark.exists()


def test_git_when_the_folder_looks_like_a_repository_of_its_own_then_it_is_not_trusted(
    clone: Path, tmp_path: Path
) -> None:
    script, mark = _script(tmp_path)
    _bare_inside(clone, script)

    fault = refused(clone / "inner", "HEAD")

    assert fault.exit == Exit.USAGE
    assert not mark.exists()


def test_git_when_path_leads_into_the_repository_then_the_program_there_is_not_run(clone: Path, tmp_path: Path) -> None:
    script, mark = _script(tmp_path)
    (clone / "git").symlink_to(script)

    plan = planned(clone, environ={**ENVIRON, "PATH": f".{os.pathsep}{os.pathsep}{ENVIRON['PATH']}"})

    assert plan.changes == ()
    assert not mark.exists()


def test_git_when_the_environment_leads_elsewhere_then_it_is_not_followed(clone: Path, tmp_path: Path) -> None:
    script, mark = _script(tmp_path)
    other = small(tmp_path / "other")
    commit(other, {"m/pbx.yaml": CONNECTION.format(ref="pbx", name="Elsewhere")})
    lured = {
        "GIT_DIR": str(other / ".git"),
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(other / ".git" / "index"),
        "GIT_OBJECT_DIRECTORY": str(other / ".git" / "objects"),
        "GIT_EXTERNAL_DIFF": str(script),
        "GIT_PAGER": str(script),
        "GIT_SSH_COMMAND": str(script),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": str(script),
        "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor'='{script}'",
        "GIT_TRACE": str(tmp_path / "trace"),
    }

    assert planned(clone, environ={**ENVIRON, **lured}).changes == ()
    assert not mark.exists()
    assert not (tmp_path / "trace").exists()


def test_git_when_objects_are_replaced_then_the_real_ones_are_read(clone: Path) -> None:
    real = git(clone, "rev-parse", "main:m/pbx.yaml")
    fake = git(clone, "hash-object", "-w", "--stdin", data=CONNECTION.format(ref="pbx", name="Fake").encode())
    git(clone, "replace", real, fake)

    assert planned(clone).changes == ()


def test_git_when_files_are_marked_unchanged_then_their_change_is_seen(clone: Path) -> None:
    git(clone, "update-index", "--assume-unchanged", "m/sales.yaml")
    git(clone, "update-index", "--skip-worktree", "m/pbx.yaml")
    write(clone, {"m/sales.yaml": SPACE.format(ref="sales") + "description: x\n"})

    assert [str(change.address) for change in planned(clone).changes] == ["space/sales"]


@pytest.mark.parametrize("name", ["plain", "with space", "строка", "two\nlines", "quote'\"", "-dash", "tab\t", "#"])
def test_folder_when_below_the_top_then_only_its_files_count(tmp_path: Path, name: str) -> None:
    top = repositories.made(tmp_path / "top")
    commit(top, {f"{name}/ssops.yaml": CONFIG, f"{name}/m/a.yaml": SPACE.format(ref="a"), "m/b.yaml": "a: ["})
    write(top, {f"{name}/m/c.yaml": SPACE.format(ref="c")})

    plan = planned(top / name)

    assert [str(change.address) for change in plan.changes] == ["space/c"]
    assert plan.unchanged == 1


def test_folder_when_its_name_is_not_utf8_then_it_is_read_all_the_same(tmp_path: Path) -> None:
    top = repositories.made(tmp_path / "top")
    name = os.fsdecode(b"caf\xe9")
    try:
        (top / name).mkdir()
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    commit(top, {f"{name}/ssops.yaml": CONFIG, f"{name}/m/a.yaml": SPACE.format(ref="a")})

    assert planned(top / name).changes == ()


def test_folder_when_in_a_work_tree_of_its_own_then_it_is_compared(clone: Path, tmp_path: Path) -> None:
    git(clone, "worktree", "add", "--quiet", "-b", "other", str(tmp_path / "other"))
    write(tmp_path / "other", {"m/b.yaml": SPACE.format(ref="b")})

    assert len(planned(tmp_path / "other").changes) == 1


def test_folder_when_in_a_work_tree_of_a_bare_repository_then_it_is_compared(clone: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(clone), "bare.git")
    git(tmp_path / "bare.git", "worktree", "add", "--quiet", str(tmp_path / "out"), "feature")
    write(tmp_path / "out", {"m/b.yaml": SPACE.format(ref="b")})

    assert len(planned(tmp_path / "out").changes) == 1


def test_folder_when_it_is_a_submodule_then_it_is_compared_in_its_own_repository(clone: Path, tmp_path: Path) -> None:
    above = repositories.made(tmp_path / "above")
    git(above, "submodule", "--quiet", "add", str(clone), "inner")
    git(above / "inner", "branch", "main", "origin/main")
    write(above / "inner", {"m/b.yaml": SPACE.format(ref="b")})

    assert len(planned(above / "inner").changes) == 1


@pytest.mark.parametrize("listed", ["[m]", "[m/inner]", "[m/inner/deep]"])
def test_submodule_when_manifests_are_in_one_then_it_is_taken_as_unchanged_and_said(
    tmp_path: Path, listed: str
) -> None:
    other = repositories.made(tmp_path / "other")
    commit(other, {"deep/a.yaml": SPACE.format(ref="a")})
    top = repositories.made(tmp_path / "top")
    git(top, "submodule", "--quiet", "add", str(other), "m/inner")
    commit(top, {"ssops.yaml": CONFIG.replace("[m]", listed)})
    write(top, {"m/inner/deep/a.yaml": SPACE.format(ref="a") + "description: x\n"})

    plan = planned(top)

    assert plan.changes == ()
    assert [issue.rule for issue in plan.issues] == ["base-submodule"]


def test_objects_when_named_by_sha256_then_they_are_read(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "--object-format=sha256")
    commit(tmp_path, {"ssops.yaml": CONFIG, "m/a.yaml": SPACE.format(ref="a")})
    write(tmp_path, {"m/b.yaml": SPACE.format(ref="b")})

    plan = planned(tmp_path)

    assert len(plan.basis["base"]) == 64
    assert len(plan.changes) == 1


def test_blobs_when_many_are_read_then_one_process_gives_them_in_order(clone: Path) -> None:
    bodies = [f"{number}\n".encode() * number for number in range(300)]
    oids = [git(clone, "hash-object", "-w", "--stdin", data=body) for body in bodies]
    real = process.find(clone, ENVIRON)

    with Blobs(real, 1_000_000) as blobs:
        found = list(blobs.read(oids))
        again = list(blobs.read(oids[:1]))
    with Blobs(real, 10) as cut:
        short = list(cut.read(oids[200:202]))

    assert found == [Blob(body, len(body)) for body in bodies]
    assert again == found[:1]
    assert short == [Blob(body[:10], len(body)) for body in bodies[200:202]]


def test_leaves_when_nothing_is_there_then_none(clone: Path) -> None:
    around = repository.open(clone, ENVIRON)
    base = repository.base(around, "main")

    assert repository.leaves(around, base.commit, ["nowhere"]) == []
    assert [leaf[0] for leaf in repository.leaves(around, base.commit, ["m"])] == ["m/pbx.yaml", "m/sales.yaml"]
    assert len(repository.leaves(around, base.commit, ["."])) == 3


def _script(folder: Path) -> tuple[Path, Path]:
    """Write a program that leaves a mark when it is run."""
    script, mark = folder / "trap", folder / "mark"
    script.write_text(f"#!/bin/sh\ntouch '{mark}'\nexit 1\n")
    script.chmod(0o755)
    subprocess.run([script], check=False, timeout=10)
    assert mark.exists()
    mark.unlink()
    return script, mark
