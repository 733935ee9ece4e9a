"""Findings for other tools: whole outputs, the tools' own schemas and ways of reading, and names that mislead."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
import xmlschema
from hostile_names import NAMES
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft7Validator
from workspaces import EXAMPLES, edit, example, opened

from ssops import __version__, pipeline
from ssops.cli import boundary
from ssops.domain.rules import RULES
from ssops.messages import say
from ssops.model import Issue, Location, Severity, message
from ssops.render import findings, github, gitlab, junit, sarif
from ssops.render.escape import visible

SCHEMAS = Path(__file__).parent / "data" / "schemas"
SARIF = Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))
GITLAB = Draft7Validator(json.loads((SCHEMAS / "gitlab-codeclimate.json").read_text(encoding="utf-8")))
JUNIT = xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")
GITLAB_SEVERITIES = {"info", "minor", "major", "critical", "blocker"}

UNKNOWN = Issue(
    Severity.ERROR,
    "schema-unknown-field",
    message("schema-unknown-field", field="desciption"),
    Location("spaces/a.yaml", 5, 3),
    message("usage.near", near="description"),
    "  desciption: x",
)
EQUAL = Issue(
    Severity.WARNING, "channels-equal", message("channels-equal", channel=0), Location("connections/б в.yaml", 9, 1)
)
CHARACTER = Issue(
    Severity.ERROR, "yaml-character", message("yaml-tag.directive"), Location("spaces/a.yaml", 7, 1), None
)


def test_github_when_written_then_one_command_a_line_with_place_and_hint() -> None:
    assert github.text([UNKNOWN, EQUAL], folder="deploy") == (
        "::error file=deploy/spaces/a.yaml,line=5,col=3,title=ssops schema-unknown-field"
        "::deploy/spaces/a.yaml:5:3: unknown field 'desciption'%0Ahint: did you mean 'description'?\n"
        "::warning file=deploy/connections/б в.yaml,line=9,col=1,title=ssops channels-equal"
        "::deploy/connections/б в.yaml:9:1: agent and customer are both on channel 0\n"
    )
    assert github.text([]) == ""


def test_gitlab_when_written_then_the_documented_fields_are_there() -> None:
    written = json.loads(gitlab.text([UNKNOWN, EQUAL]))

    prints = [entry.pop("fingerprint") for entry in written]
    assert all(re.fullmatch(r"[0-9a-f]{64}", each) for each in prints)
    assert len(set(prints)) == 2
    assert written == [
        {
            "check_name": "schema-unknown-field",
            "description": "unknown field 'desciption'; hint: did you mean 'description'?",
            "severity": "major",
            "location": {"path": "spaces/a.yaml", "lines": {"begin": 5}},
        },
        {
            "check_name": "channels-equal",
            "description": "agent and customer are both on channel 0",
            "severity": "minor",
            "location": {"path": "connections/б в.yaml", "lines": {"begin": 9}},
        },
    ]
    assert gitlab.text([]) == "[]\n"


def test_sarif_when_written_then_rules_places_and_fingerprints_are_there() -> None:
    log = json.loads(sarif.text([UNKNOWN, EQUAL], folder="deploy"))

    (run,) = log["runs"]
    assert (log["version"], run["columnKind"], run["tool"]["driver"]["name"]) == ("2.1.0", "unicodeCodePoints", "ssops")
    assert run["tool"]["driver"]["version"] == __version__
    rules = run["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["defaultConfiguration"]["level"]) for rule in rules] == [
        ("channels-equal", "warning"),
        ("schema-unknown-field", "error"),
    ]
    assert RULES["channels-equal"].source in rules[0]["help"]["text"]
    assert run["results"][0] == {
        "ruleId": "schema-unknown-field",
        "ruleIndex": 1,
        "level": "error",
        "message": {"text": "unknown field 'desciption'; hint: did you mean 'description'?"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "deploy/spaces/a.yaml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 5, "startColumn": 3},
                }
            }
        ],
        "partialFingerprints": {"ssopsIdentity/v1": findings.findings([UNKNOWN], folder="deploy")[0].fingerprint},
    }
    assert run["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (
        "deploy/connections/%D0%B1%20%D0%B2.yaml"
    )


def test_sarif_when_nothing_is_found_then_a_run_without_results_fits_the_schema() -> None:
    log = json.loads(sarif.text([]))

    SARIF.validate(log)
    assert log["runs"][0]["results"] == []


@pytest.mark.parametrize("id", RULES)
def test_sarif_when_a_rule_of_the_catalogue_speaks_then_its_help_fits_the_schema(id: str) -> None:
    log = json.loads(sarif.text([Issue(RULES[id].severity, id, message("render.valid"), Location("a.yaml"))]))

    SARIF.validate(log)
    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert rule["help"]["text"].startswith(rule["fullDescription"]["text"])


def test_junit_when_written_then_a_file_is_a_test() -> None:
    assert junit.text([UNKNOWN, EQUAL, CHARACTER], ["spaces/a.yaml", "spaces/b.yaml"], folder=".") == dedent("""\
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="ssops validate" tests="3" failures="1" errors="0">
        <testsuite name="ssops validate" tests="3" failures="1" errors="0">
        <testcase classname="ssops.validate" name="connections/б в.yaml">
        <system-out>connections/б в.yaml:9:1: warning [channels-equal] agent and customer are both on channel 0
        </system-out>
        </testcase>
        <testcase classname="ssops.validate" name="spaces/a.yaml">
        <failure type="schema-unknown-field" message="unknown field &#x27;desciption&#x27;, and 1 more fault in this \
file">spaces/a.yaml:5:3: error [schema-unknown-field] unknown field &#x27;desciption&#x27;
          hint: did you mean &#x27;description&#x27;?
        spaces/a.yaml:7:1: error [yaml-character] a &#x27;%TAG&#x27; line is not allowed
        </failure>
        </testcase>
        <testcase classname="ssops.validate" name="spaces/b.yaml"/>
        </testsuite>
        </testsuites>
        """)


@dataclass(frozen=True)
class Command:
    name: str
    properties: dict[str, str]
    data: str


def runner(line: str) -> Command | None:
    """Read a line of a log as the runner of GitHub Actions does (actions/runner: ActionCommand.TryParseV2)."""
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, written = line[2:end].partition(" ")
    properties = {}
    for pair in filter(None, written.strip().split(",")):
        key, _, value = pair.partition("=")
        properties[key] = decoded(value, {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","})
    return Command(name, properties, decoded(line[end + 2 :], {"%0D": "\r", "%0A": "\n"}))


def decoded(value: str, escapes: dict[str, str]) -> str:
    for escape, character in escapes.items():
        value = value.replace(escape, character)
    return value.replace("%25", "%")


def hostile(name: str) -> list[Issue]:
    """Give two issues that carry the name wherever a manifest can put one; the second one is harmless."""
    bad = Issue(
        Severity.ERROR,
        "schema-unknown-field",
        message("schema-unknown-field", field=name),
        Location(f"spaces/{name}", 1, 1),
        message("usage.near", near=name),
        name,
    )
    return [bad, EQUAL]


def texts(name: str) -> tuple[str, str]:
    bad, _ = hostile(name)
    assert bad.hint is not None
    return visible(say(bad.message)), visible(say(bad.hint))


def hidden(written: str) -> set[str]:
    return {letter for letter in written if letter != "\n" and visible(letter) != letter}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_github_when_a_name_is_hostile_then_the_runner_reads_two_commands_and_the_name(name: str) -> None:
    written = github.text(hostile(name))

    lines = written.split("\n")
    first, second = map(runner, lines[:2])
    said, hint = texts(name)
    path = visible(findings.located(f"spaces/{name}", ""))
    assert lines[2:] == [""]
    assert first == Command(
        "error",
        {"file": path, "line": "1", "col": "1", "title": "ssops schema-unknown-field"},
        f"{path}:1:1: {said}\nhint: {hint}",
    )
    assert second is not None
    assert second.name == "warning"
    assert hidden(written) == set()


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_gitlab_when_a_name_is_hostile_then_two_entries_fit_the_schema_and_carry_it(name: str) -> None:
    written = gitlab.text(hostile(name))

    entries = json.loads(written)
    said, hint = texts(name)
    assert len(entries) == 2
    for entry in entries:
        GITLAB.validate(entry)
        assert set(entry) == {"check_name", "description", "fingerprint", "location", "severity"}
        assert entry["severity"] in GITLAB_SEVERITIES
        assert not entry["location"]["path"].startswith(("/", "./"))
    assert entries[0]["description"] == f"{said}; hint: {hint}"
    assert hidden(written) == set()


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_sarif_when_a_name_is_hostile_then_two_results_fit_the_schema_and_carry_it(name: str) -> None:
    written = sarif.text(hostile(name))

    log = json.loads(written)
    SARIF.validate(log)
    first, second = log["runs"][0]["results"]
    said, hint = texts(name)
    text = first["message"]["text"]
    assert shown(text) == f"{said}; hint: {hint}".replace("](", "] (")
    assert re.search(r"\[[^]]*\]\(", text) is None  # SARIF 3.11.6: what a viewer makes a link of
    uri = first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri)
    assert unquote(uri, errors="surrogateescape") == findings.located(f"spaces/{name}", "")
    assert (second["level"], hidden(written)) == ("warning", set())


def shown(text: str) -> str:
    """Show a plain text message as SARIF 3.11.5 says; raises where there is a placeholder."""
    assert re.search(r"(?<!\{)(\{\{)*\{[0-9]+\}(\}\})*(?!\})", text) is None
    return text.replace("{{", "{").replace("}}", "}")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_junit_when_a_name_is_hostile_then_two_tests_fit_the_schema_and_carry_it(name: str) -> None:
    written = junit.text(hostile(name), [])

    JUNIT.validate(written)
    cases = list(ElementTree.fromstring(written).iter("testcase"))
    said, hint = texts(name)
    (failure,) = [child for case in cases for child in case if child.tag == "failure"]
    assert len(cases) == 2
    assert sorted(child.tag for case in cases for child in case) == ["failure", "system-out"]
    assert failure.attrib == {"type": "schema-unknown-field", "message": xml(said)}
    assert (failure.text or "").endswith(f"{xml(said)}\n  hint: {xml(hint)}\n")
    assert hidden(written) == set()


def xml(text: str) -> str:
    return text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")


@given(st.text(max_size=40), st.text(max_size=40))
def test_formats_when_a_name_is_anything_then_each_is_read_back(name: str, file: str) -> None:
    issue = Issue(Severity.ERROR, "schema-value", message("usage.near", near=name), Location(f"a/{file}b"))
    said = visible(say(issue.message))

    command = runner(github.text([issue]).removesuffix("\n"))
    assert command is not None
    assert command.data.endswith(said)
    assert json.loads(gitlab.text([issue]))[0]["description"] == said
    SARIF.validate(json.loads(sarif.text([issue])))
    failure = next(ElementTree.fromstring(junit.text([issue], [])).iter("failure"))
    assert failure.attrib["message"] == xml(said)


def test_fingerprints_when_only_place_and_counts_differ_then_they_are_the_same() -> None:
    first = message("address-duplicate", address="space/a", first="spaces/a.yaml:1:1")
    moved = message("address-duplicate", address="space/a", first="spaces/a.yaml:70:9")
    other = message("address-duplicate", address="space/b", first="spaces/a.yaml:1:1")

    prints = [fingerprints(one, line) for one, line in ((first, 3), (moved, 99), (other, 3))]

    assert prints[0] == prints[1] != prints[2]


def fingerprints(said: Any, line: int) -> list[str]:
    issue = Issue(Severity.ERROR, "address-duplicate", said, Location("spaces/b.yaml", line, 1))
    return [each.fingerprint for each in findings.findings([issue])]


def test_fingerprints_when_faults_are_alike_then_each_has_its_own() -> None:
    found = findings.findings([UNKNOWN, UNKNOWN, EQUAL])

    assert len({each.fingerprint for each in found}) == 3


def faulty(folder: Path) -> Path:
    """Copy the examples, with five faults in one file."""
    example(folder)
    edit(
        folder / "connections/sales/office-pbx.yaml",
        lambda text: text.replace("description:", "desciption:").replace("type: boolean", "type: bool"),
    )
    return folder


def prints(folder: Path) -> dict[str, tuple[str, int]]:
    issues = pipeline.validate(opened(folder)).issues
    entries = json.loads(gitlab.text(issues))
    return {entry["fingerprint"]: (entry["description"], entry["location"]["lines"]["begin"]) for entry in entries}


CHANGES: dict[str, Callable[[str], str]] = {
    "comments": lambda text: "# one\n# two\n" + text.replace("agent:\n", "# three\n\nagent:\n"),
    "blank-lines": lambda text: text.replace("\n", "\n\n"),
    "keys-reordered": lambda text: text.replace("kind: connection\n", "") + "kind: connection\n",
    "crlf": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_fingerprints_when_other_lines_of_the_file_change_then_they_stay(
    tmp_path: Path, change: Callable[[str], str]
) -> None:
    faulty(tmp_path)
    before = prints(tmp_path)

    path = tmp_path / "connections/sales/office-pbx.yaml"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")
    after = prints(tmp_path)

    assert {key: said for key, (said, _) in before.items()} == {key: said for key, (said, _) in after.items()}
    assert len(before) > 1


def test_fingerprints_when_one_fault_is_mended_then_the_others_stay(tmp_path: Path) -> None:
    faulty(tmp_path)
    before = prints(tmp_path)

    edit(tmp_path / "connections/sales/office-pbx.yaml", lambda text: text.replace("type: bool", "type: boolean"))

    assert prints(tmp_path).items() < before.items()


Read = Callable[[str], int]


def sarif_results(text: str) -> int:
    log = json.loads(text)
    SARIF.validate(log)
    return len(log["runs"][0]["results"])


def junit_failures(text: str) -> int:
    JUNIT.validate(text)
    return len(list(ElementTree.fromstring(text).iter("failure")))


READERS: dict[str, Read] = {
    "github": lambda text: sum(runner(line) is not None for line in text.splitlines()),
    "gitlab": lambda text: len(json.loads(text)),
    "sarif": sarif_results,
    "junit": junit_failures,
}


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Stand in a folder of a repository that has ssops.yaml."""
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "deploy"
    folder.mkdir()
    monkeypatch.setenv("SSOPS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(folder)
    yield folder


@pytest.mark.parametrize("format", READERS)
def test_validate_when_there_are_faults_then_the_format_has_them_and_4(
    format: str, inside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty(inside)

    code = boundary.run(["validate", "--format", format])

    out, err = capsys.readouterr()
    expected = 1 if format == "junit" else len(pipeline.validate(opened(inside)).issues)
    assert (code, READERS[format](out)) == (4, expected)
    assert "deploy/connections/sales/office-pbx.yaml" in out
    assert err.startswith("invalid: ")


@pytest.mark.parametrize("format", READERS)
def test_validate_when_all_is_good_then_the_format_is_empty_and_0(
    format: str, inside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example(inside)

    code = boundary.run(["validate", "--format", format])

    out, err = capsys.readouterr()
    assert (code, READERS[format](out)) == (0, 0)
    assert err.startswith("valid: ")


@pytest.mark.parametrize("format", READERS)
def test_validate_when_the_configuration_is_wrong_then_the_format_has_that_fault(
    format: str, inside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inside / "ssops.yaml").write_text("version: 1\norganisation: x\n")

    code = boundary.run(["validate", "--format", format])

    out, _ = capsys.readouterr()
    assert code == 4
    assert READERS[format](out) >= 1
    assert "deploy/ssops.yaml" in out


def test_validate_when_paths_are_named_then_only_they_are_tests(
    inside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty(inside)

    assert boundary.run(["validate", "spaces", "--format", "junit"]) == 0

    root = ElementTree.fromstring(capsys.readouterr().out)
    names = [case.attrib["name"] for case in root.iter("testcase")]
    assert names == sorted(f"deploy/spaces/{path.name}" for path in (inside / "spaces").iterdir())


def test_reports_when_several_are_asked_for_then_each_is_written_from_one_run(
    inside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty(inside)
    reports = [flag for format in (*READERS, "json", "text") for flag in ("--report", f"{format}=report.{format}")]

    assert boundary.run(["validate", "--quiet", *reports]) == 4

    shown = capsys.readouterr().out
    count = len(pipeline.validate(opened(inside)).issues)
    for format, read in READERS.items():
        assert read((inside / f"report.{format}").read_text(encoding="utf-8")) in (1, count)
    assert (inside / "report.text").read_text(encoding="utf-8") == shown
    assert len(json.loads((inside / "report.json").read_text(encoding="utf-8"))["issues"]) == count


@pytest.mark.parametrize(
    "arguments",
    [["plan", "--format", "sarif"], ["--format", "junit", "plan"], ["plan", "--report", "gitlab=x"]],
    ids=" ".join,
)
def test_formats_when_the_command_has_no_findings_then_64(
    arguments: list[str], inside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example(inside)

    assert boundary.run(arguments) == 64
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("format", READERS)
def test_formats_when_hash_seed_locale_and_folder_differ_then_the_bytes_are_the_same(
    format: str, tmp_path: Path
) -> None:
    written = set()
    for number, (seed, locale) in enumerate((("0", "C"), ("1", "C.UTF-8"), ("2", "POSIX"))):
        folder = tmp_path / str(number) / "repository"
        folder.mkdir(parents=True)
        faulty(folder)
        done = subprocess.run(
            [sys.executable, "-m", "ssops", "validate", "--format", format],
            cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "SSOPS_CACHE_DIR": str(tmp_path / "cache")},
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 4
        written.add(done.stdout)

    assert len(written) == 1


def test_examples_when_validated_then_they_have_a_file_for_each_test() -> None:
    manifest = pipeline.validate(opened(EXAMPLES))

    root = ElementTree.fromstring(junit.text(manifest.issues, manifest.checked))

    assert len(list(root.iter("testcase"))) == manifest.files
