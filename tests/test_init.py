"""`ssops init`: a new repository, one that a platform has begun, and the pipeline of one that works already."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ssops.cli import boundary
from ssops.cli.init import PLATFORMS
from ssops.render import scaffold

OWN = ["connections/sales/office-pbx.yaml", "spaces/sales.yaml", "ssops.yaml"]


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def test_init_when_a_readme_and_a_gitignore_are_there_then_they_stay_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / ".gitignore").symlink_to("nowhere")

    code = boundary.run(["init", str(tmp_path)])

    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    assert names(tmp_path) == sorted([".gitignore", "README.md", *OWN])
    assert (tmp_path / "README.md").read_text() == "mine"
    assert f"= {tmp_path}/README.md  kept as it is\n" in out
    assert f"= {tmp_path}/.gitignore  kept as it is; add .ssops/, state/, plan.json\n" in out


def test_init_when_it_names_what_to_ignore_then_all_that_its_own_gitignore_has() -> None:
    lines = scaffold.files("x")[".gitignore"].splitlines()

    assert [line for line in lines if not line.startswith("#")] == list(scaffold.IGNORED)


@pytest.mark.parametrize("there", ["ssops.yaml", "spaces/sales.yaml", ".gitlab-ci.yml"])
def test_init_when_a_file_of_its_own_is_there_then_nothing_is_written(
    there: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("mine")
    arguments = ["--ci", "gitlab"] if there == ".gitlab-ci.yml" else []

    code = boundary.run(["init", str(tmp_path), *arguments])

    assert (code, names(tmp_path)) == (64, [there])
    assert (tmp_path / there).read_text() == "mine"
    assert f"already has {there}; nothing was written" in capsys.readouterr().err


@pytest.mark.parametrize("platform", PLATFORMS)
def test_init_when_a_platform_is_named_then_its_pipeline_is_written_too(
    platform: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline = scaffold.PIPELINES[platform]

    code = boundary.run(["init", str(tmp_path), "--ci", platform, "--format", "json"])

    expected = sorted([".gitignore", "README.md", pipeline, *OWN])
    assert code == 0
    assert json.loads(capsys.readouterr().out) == {"files": expected, "folder": str(tmp_path), "kept": []}
    assert names(tmp_path) == expected
    assert scaffold.PACKAGE in (tmp_path / pipeline).read_text()


def test_init_when_the_repository_works_already_then_only_the_pipeline_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ssops.yaml").write_text("version: 1\norganization: mine\n")

    code = boundary.run(["init", str(tmp_path), "--ci", "github"])

    assert (code, capsys.readouterr().err) == (0, "")
    assert names(tmp_path) == [scaffold.PIPELINES["github"], "ssops.yaml"]


def test_platforms_when_offered_then_those_that_have_a_pipeline() -> None:
    assert tuple(scaffold.PIPELINES) == PLATFORMS
