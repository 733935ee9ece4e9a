"""ssops.yaml: found, defaults, faults with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssops.cache import Cache
from ssops.errors import InvalidManifest, UsageFault
from ssops.manifest import config
from ssops.manifest.config import Config
from ssops.messages import say

SMALL = "version: 1\norganization: bpfexample0000000001\n"


def write(root: Path, text: str) -> Path:
    (root / "ssops.yaml").write_text(text, encoding="utf-8")
    return root / "ssops.yaml"


def refused(path: Path) -> list[tuple[str, int, int, str]]:
    with pytest.raises(InvalidManifest) as caught:
        config.load(path)
    return [(i.rule, i.location.line, i.location.column, say(i.message)) for i in caught.value.issues]


def test_load_when_little_is_written_then_the_rest_has_defaults(tmp_path: Path) -> None:
    (tmp_path / "spaces").mkdir()

    assert config.load(write(tmp_path, SMALL)) == Config(
        root=tmp_path.resolve(),
        file="ssops.yaml",
        organization="bpfexample0000000001",
        manifests=("spaces",),
        provider_name="local",
        provider={},
        state_name="file",
        state={},
        max_changes=None,
    )


def test_load_when_all_is_written_then_it_counts(tmp_path: Path) -> None:
    (tmp_path / "all").mkdir()
    text = (
        SMALL
        + "manifests: [all]\nprovider: {local: {path: a.db}}\nstate: {file: {path: s}}\npolicy: {max_changes: 3}\n"
    )

    loaded = config.load(write(tmp_path, text))

    assert (loaded.manifests, loaded.provider, loaded.state, loaded.max_changes) == (
        ("all",),
        {"path": "a.db"},
        {"path": "s"},
        3,
    )


def test_load_when_the_cache_knows_the_bytes_then_the_same(tmp_path: Path) -> None:
    path = write(tmp_path, SMALL)

    with Cache(tmp_path / "cache", "salt" * 8) as cache:
        assert config.load(path, cache) == config.load(path, cache) == config.load(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", ("config-documents", 1, 1), id="empty"),
        pytest.param(SMALL + "---\n" + SMALL, ("config-documents", 4, 1), id="two"),
        pytest.param(SMALL + "manifest: [a]\n", ("schema-unknown-field", 3, 1), id="unknown-field"),
        pytest.param(SMALL + "manifests: [a, lost.yaml]\n", ("file-missing", 3, 16), id="missing"),
        pytest.param(SMALL + "manifests: [a, ../..]\n", ("file-outside", 3, 16), id="outside"),
        pytest.param(SMALL + "manifests: [a, /etc]\n", ("file-outside", 3, 16), id="absolute"),
        pytest.param("a: [", ("yaml-syntax", 1, 5), id="syntax"),
    ],
)
def test_load_when_it_is_wrong_then_an_issue_at_its_place(
    tmp_path: Path, text: str, expected: tuple[str, int, int]
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "connections").mkdir()

    assert [fault[:3] for fault in refused(write(tmp_path, text))] == [expected]


def test_load_when_a_folder_is_misspelt_then_the_near_miss_is_named(tmp_path: Path) -> None:
    (tmp_path / "connections").mkdir()
    path = write(tmp_path, SMALL + "manifests: [conections]\n")

    with pytest.raises(InvalidManifest) as caught:
        config.load(path)

    [issue] = caught.value.issues
    assert issue.hint is not None
    assert (say(issue.message), say(issue.hint), issue.excerpt) == (
        "'conections' does not exist",
        "did you mean 'connections'?",
        "manifests: [conections]",
    )


def test_load_when_there_is_no_file_then_a_usage_fault(tmp_path: Path) -> None:
    with pytest.raises(UsageFault):
        config.load(tmp_path / "ssops.yaml")


def test_find_when_started_below_then_the_nearest_above(tmp_path: Path) -> None:
    path = write(tmp_path, SMALL)
    (tmp_path / "a/b").mkdir(parents=True)

    assert config.find(tmp_path / "a/b") == path


def test_find_when_there_is_none_then_a_usage_fault(tmp_path: Path) -> None:
    with pytest.raises(UsageFault) as caught:
        config.find(tmp_path)

    assert caught.value.reason == "config_not_found"


def test_load_when_a_listed_folder_was_emptied_and_git_dropped_it_then_it_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "ssops.yaml").write_text(SMALL + "manifests: [a, projects]\n")

    assert config.load(tmp_path / "ssops.yaml").manifests == ("a",)
