"""The pipelines that `ssops init --ci` writes and the action, run step by step: a request, its comment, its merge."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from pipelines import ROOT, Platform, Runner, executable, git, read

from ssops.cli import boundary
from ssops.render import scaffold

SPACE = "spaces/sales.yaml"
FORGED = '{"digest": "sha256:0"}'
PULL = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_BASE_REF": "main",
    "GITHUB_REPOSITORY": "acme/speech",
    "GITHUB_REF": "refs/pull/7/merge",
}
PUSH = {"GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": ""}
MERGE_REQUEST = {
    "GITLAB_CI": "true",
    "CI_PIPELINE_ID": "41",
    "CI_PROJECT_ID": "5",
    "CI_MERGE_REQUEST_PROJECT_ID": "5",
    "CI_MERGE_REQUEST_IID": "7",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
    "GITLAB_TOKEN": "canary-of-gitlab",
}
TOKEN = "canary-of-github"


@pytest.fixture
def platform() -> Iterator[Platform]:
    with Platform() as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """Make a repository with a pipeline for both platforms: `main`, and a request that changes a description."""
    folder = tmp_path / "origin"
    assert boundary.run(["init", "--quiet", "--ci", "github", str(folder)]) == 0
    assert boundary.run(["init", "--quiet", "--ci", "gitlab", str(folder)]) == 0
    git(folder, "init", "--quiet")
    git(folder, "checkout", "--quiet", "-B", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Begin")
    git(folder, "checkout", "--quiet", "-b", "request")
    edit(folder / SPACE, "description: Inbound", "description: All inbound")
    git(folder, "commit", "--quiet", "--all", "--message", "Describe")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def runner(origin: Path, branch: str, name: str, variables: dict[str, str]) -> Runner:
    """Start a job on a machine that has nothing but the checkout."""
    folder = origin.parent / name
    git(origin.parent, "clone", "--quiet", "--branch", branch, str(origin), str(folder / "checkout"))
    (folder / "temp").mkdir()
    return Runner(folder / "checkout", folder / "temp", variables)


def github(origin: Path) -> dict[str, dict[str, Any]]:
    """Give the steps of each job of the workflow by their names."""
    document = read(origin / scaffold.PIPELINES["github"])
    return {name: {step["name"]: step for step in job["steps"]} for name, job in document["jobs"].items()}


def plan_of(at: Runner) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((at.temp / "plan.json").read_text())
    return found


def values(at: Runner) -> dict[str, str]:
    return {"needs.plan.outputs.sha256": at.outputs["sha256"], "vars.SSOPS_ACTOR": "", "github.token": TOKEN}


def test_github_when_a_request_comes_then_it_is_planned_against_its_base_and_commented(
    origin: Path, platform: Platform
) -> None:
    pull = {
        **PULL,
        "GITHUB_REPOSITORY": "acme/speech",
        "GITHUB_REF": "refs/pull/7/merge",
        "GITHUB_API_URL": platform.address,
    }
    job = github(origin)
    at = runner(origin, "request", "pull", pull)

    validated = at.github(job["plan"]["Validate"])
    planned = at.github(job["plan"]["Plan"], {"vars.SSOPS_ACTOR": ""})
    commented = at.github(job["comment"]["Comment"], values(at))

    assert (validated.returncode, planned.returncode, commented.returncode) == (0, 0, 0), (
        planned.stderr + commented.stderr
    )
    plan = plan_of(at)
    assert (plan["against"], [change["address"] for change in plan["changes"]]) == ("git:origin/main", ["space/sales"])
    digest = hashlib.sha256((at.temp / "plan.json").read_bytes()).hexdigest()
    assert at.outputs == {"sha256": digest, "has-changes": "true"}
    ((path, comment),) = platform.written
    assert path == "/repos/acme/speech/issues/7/comments"
    assert plan["digest"] in comment
    assert plan["digest"] in at.summary
    assert TOKEN not in commented.stdout + commented.stderr + comment
    assert not (at.checkout / "state").exists()


def test_github_when_it_is_merged_then_another_machine_applies_that_very_plan(origin: Path) -> None:
    git(origin, "checkout", "--quiet", "main")
    git(origin, "merge", "--quiet", "request")
    job = github(origin)
    at = runner(origin, "main", "plan", PUSH)
    other = runner(origin, "main", "apply", PUSH)

    planned = at.github(job["plan"]["Plan"], {"vars.SSOPS_ACTOR": ""})
    (other.temp / "plan.json").write_bytes((at.temp / "plan.json").read_bytes())
    applied = other.github(job["apply"]["Apply"], values(at))
    again = other.github(job["plan"]["Plan"], {"vars.SSOPS_ACTOR": ""})

    assert (planned.returncode, applied.returncode) == (0, 0), planned.stderr + applied.stderr
    assert plan_of(at)["digest"] in applied.stdout
    assert (again.returncode, "has-changes" in again.stdout) == (0, False)
    assert (plan_of(other)["verdict"], list(other.outputs)) == ("no_changes", ["sha256"])


def test_github_when_the_plan_was_exchanged_then_nothing_is_applied(origin: Path) -> None:
    job = github(origin)
    at = runner(origin, "main", "plan", PUSH)
    other = runner(origin, "request", "apply", PUSH)
    at.github(job["plan"]["Plan"], {"vars.SSOPS_ACTOR": ""})
    other.github(job["plan"]["Plan"], {"vars.SSOPS_ACTOR": ""})

    applied = other.github(job["apply"]["Apply"], values(at))

    assert (applied.returncode, applied.stdout) == (1, "")
    assert not (other.checkout / "state").exists()


def test_github_when_the_request_is_impossible_then_it_fails_and_the_plan_is_handed_on(origin: Path) -> None:
    edit(origin / "connections/sales/office-pbx.yaml", "Department, type: string", "Department, type: number")
    git(origin, "commit", "--quiet", "--all", "--message", "Retype")
    at = runner(origin, "request", "pull", PULL)

    planned = at.github(github(origin)["plan"]["Plan"], {"vars.SSOPS_ACTOR": ""})

    assert planned.returncode == 3
    assert plan_of(at)["verdict"] == "blocked"
    assert at.outputs.keys() == {"sha256"}
    assert "1 change is blocked" in at.summary


def test_github_when_a_file_is_at_fault_then_it_is_annotated_and_no_forged_plan_is_taken(origin: Path) -> None:
    edit(origin / SPACE, "kind: space", "kind: spaec")
    (origin / "plan.json").write_text(FORGED)
    git(origin, "add", "--force", "--all")
    git(origin, "commit", "--quiet", "--message", "Break")
    at = runner(origin, "request", "pull", PULL)
    job = github(origin)

    validated = at.github(job["plan"]["Validate"])
    planned = at.github(job["plan"]["Plan"], {"vars.SSOPS_ACTOR": ""})

    assert validated.returncode == 4
    assert validated.stdout.startswith("::error ")
    assert f"file={SPACE}" in validated.stdout
    assert (planned.returncode, at.outputs) == (4, {})


def gitlab(origin: Path) -> dict[str, Any]:
    return read(origin / scaffold.PIPELINES["gitlab"])


def variables_of(document: dict[str, Any]) -> dict[str, str]:
    return {**document[".ssops"]["variables"], **document[".ssops-plan"]["variables"]}


def test_gitlab_when_a_request_comes_then_it_is_planned_against_its_target_and_commented(
    origin: Path, platform: Platform
) -> None:
    document = gitlab(origin)
    at = runner(origin, "request", "request", {**MERGE_REQUEST, "CI_API_V4_URL": f"{platform.address}/api/v4"})
    at.variables["CI_PROJECT_DIR"] = str(at.checkout)
    variables = variables_of(document)

    planned = at.gitlab(document["ssops plan"], variables)
    commented = at.gitlab(document["ssops comment"], variables)

    assert (planned.returncode, commented.returncode) == (0, 0), planned.stderr + commented.stderr
    plan = json.loads((at.checkout / "ssops-plan-41.json").read_text())
    assert (plan["against"], len(plan["changes"])) == ("git:origin/main", 1)
    assert json.loads((at.checkout / "ssops-code-quality.json").read_text()) == []
    ((path, comment),) = platform.written
    assert path == "/api/v4/projects/5/merge_requests/7/notes"
    assert plan["digest"] in comment
    assert "canary-of-gitlab" not in commented.stdout + commented.stderr + comment


def test_gitlab_when_a_request_brings_a_cache_then_it_is_refused(origin: Path) -> None:
    (origin / ".ssops-cache").mkdir()
    (origin / ".ssops-cache/forged.db").write_text("forged")
    git(origin, "add", "--force", "--all")
    git(origin, "commit", "--quiet", "--message", "Forge")
    at = runner(origin, "request", "request", MERGE_REQUEST)
    at.variables["CI_PROJECT_DIR"] = str(at.checkout)

    planned = at.gitlab(gitlab(origin)["ssops plan"], variables_of(gitlab(origin)))

    assert (planned.returncode, planned.stdout) == (1, "")


def test_gitlab_when_it_is_merged_then_another_machine_applies_that_very_plan(origin: Path) -> None:
    document = gitlab(origin)
    pipeline = {"GITLAB_CI": "true", "CI_PIPELINE_ID": "42"}
    at = runner(origin, "main", "plan", pipeline)
    other = runner(origin, "main", "apply", pipeline)
    at.variables["CI_PROJECT_DIR"] = str(at.checkout)

    planned = at.gitlab(document["ssops plan of the merge"], variables_of(document))
    (other.checkout / "ssops-plan-42.json").write_bytes((at.checkout / "ssops-plan-42.json").read_bytes())
    applied = other.gitlab(document["ssops apply"], document[".ssops"]["variables"])

    assert (planned.returncode, applied.returncode) == (0, 0), planned.stderr + applied.stderr
    assert "Apply: 2 applied" in applied.stdout


def inputs(**given: str) -> dict[str, str]:
    action = read(ROOT / "action.yml")
    defaults = {name: str(value.get("default", "")) for name, value in action["inputs"].items()}
    return {f"inputs.{name}": value for name, value in {**defaults, **given}.items()}


def test_action_when_it_plans_comments_and_applies_then_as_the_pipeline(origin: Path, platform: Platform) -> None:
    steps = {step["name"]: step for step in read(ROOT / "action.yml")["runs"]["steps"]}
    pull = {
        **PULL,
        "GITHUB_REPOSITORY": "acme/speech",
        "GITHUB_REF": "refs/pull/7/merge",
        "GITHUB_API_URL": platform.address,
    }
    request, merge = runner(origin, "request", "pull", pull), runner(origin, "main", "push", PUSH)
    for at in (request, merge):
        (at.temp / "ssops/bin").mkdir(parents=True)
        (at.temp / "ssops/bin/ssops").symlink_to(executable("ssops"))

    planned = request.github(steps["Plan"], inputs())
    commented = request.github(steps["Comment"], inputs(token=TOKEN, sha256=request.outputs["sha256"]))
    planned_merge = merge.github(steps["Plan"], inputs())
    refused = merge.github(steps["Apply"], inputs(sha256=request.outputs["sha256"]))
    applied = merge.github(steps["Apply"], inputs(sha256=merge.outputs["sha256"]))

    codes = [done.returncode for done in (planned, commented, planned_merge, refused, applied)]
    assert codes == [0, 0, 0, 1, 0], planned.stderr + commented.stderr + applied.stderr
    assert request.outputs["digest"] in platform.written[0][1]
    assert (request.outputs["verdict"], request.outputs["plan"]) == ("changes", str(request.temp / "plan.json"))
    assert merge.outputs["digest"] in applied.stdout
