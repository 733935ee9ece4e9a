"""What an editor shows: the schemas under the real yaml-language-server, over its protocol."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from language_server import LanguageServer

from ssops.manifest import schema

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").rglob("*.yaml"))
SERVER = ROOT / ".npm/node_modules/yaml-language-server/bin/yaml-language-server"

PBX = (ROOT / "examples/connections/connections/sales/office-pbx.yaml").read_text(encoding="utf-8")
SPACE = (ROOT / "examples/connections/spaces/sales.yaml").read_text(encoding="utf-8")
CONFIG = (ROOT / "examples/connections/ssops.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def editor() -> Iterator[LanguageServer]:
    node = shutil.which("node")
    if node is None or not SERVER.exists():
        missing = "the yaml-language-server is not installed: run 'make editor'"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with LanguageServer([node, str(SERVER), "--stdio"], ROOT) as started:
        yield started


def modelled(folder: Path, text: str, kind: str) -> Path:
    """Write a manifest whose first line names our schema by its full path."""
    place = (ROOT / f"schemas/{kind}.schema.json").as_uri()
    path = folder / "file.yaml"
    path.write_text(re.sub(r"\$schema=\S+", f"$schema={place}", text, count=1), encoding="utf-8")
    return path


def unescaped(markdown: str) -> str:
    return re.sub(r"\\(.)", r"\1", markdown).replace("&nbsp;", " ").replace("&gt;", ">").replace("&lt;", "<")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_diagnostics_when_an_example_is_opened_then_there_are_none(editor: LanguageServer, path: Path) -> None:
    assert "# yaml-language-server: $schema=" in path.read_text(encoding="utf-8").splitlines()[0]

    assert editor.diagnostics(path) == []


@pytest.mark.parametrize(
    ("kind", "text", "old", "new", "line", "said"),
    [
        pytest.param(
            "connection", PBX, "two_channel_audio", "two_chanel_audio", "data_type: two_chanel", "two_channel_audio",
            id="value",
        ),
        pytest.param("connection", PBX, "owner: ", "onwer: ", "onwer:", "onwer is not allowed", id="unknown-field"),
        pytest.param("connection", PBX, "space: sales\n", "", "version: 1", 'Missing property "space"', id="missing"),
        pytest.param("connection", PBX, "ref: office-pbx", "ref: Office_PBX", "ref:", "pattern", id="ref"),
        pytest.param("connection", PBX, "channel: 0", "channel: 2", "channel: 2", "0, 1", id="channel"),
        pytest.param("space", SPACE, "version: 1", "version: 2", "version: 2", "1", id="version"),
        pytest.param("space", SPACE, "name: ", "protect: 1\nname: ", "protect:", 'Expected "boolean"', id="protect"),
        pytest.param("space", SPACE, "speech-sense.", "speechsense.", "speechsense.", "speech-sense.editor", id="role"),
        pytest.param("config", CONFIG, "max_changes: 50", "max_changes: -1", "max_changes", "minimum", id="minimum"),
        pytest.param("config", CONFIG, "max_changes: 50", "schemas: a", "schemas:", 'Expected "array"', id="schemas"),
        pytest.param("config", CONFIG, "version: 1", "version: [1", "organization", "Flow sequence", id="syntax"),
    ],
)  # fmt: skip
def test_diagnostics_when_a_file_is_wrong_then_the_right_one_at_the_right_line(
    editor: LanguageServer, tmp_path: Path, kind: str, text: str, old: str, new: str, line: str, said: str
) -> None:
    assert old in text
    path = modelled(tmp_path, text.replace(old, new, 1), kind)
    lines = path.read_text(encoding="utf-8").splitlines()

    found = editor.diagnostics(path)

    assert found
    first = found[0]
    assert line in lines[first["range"]["start"]["line"]]
    assert said in first["message"]


@pytest.mark.parametrize("kind", schema.INPUTS)
def test_hover_when_over_any_field_then_its_description_is_shown(
    editor: LanguageServer, tmp_path: Path, kind: str
) -> None:
    properties = json.loads(schema.text(kind))["properties"]
    head = "# yaml-language-server: $schema=x\n"
    lines = [f"{name}: {json.dumps(part['examples'][0])}" for name, part in properties.items()]
    path = modelled(tmp_path, head + "\n".join(lines) + "\n", kind)
    assert editor.diagnostics(path) == []

    shown = {name: editor.hover(path, line, 1) for line, name in enumerate(properties, start=1)}

    silent = [name for name, part in properties.items() if part["description"] not in unescaped(shown[name])]
    assert silent == []


def test_hover_when_over_a_metadata_key_then_its_fields_are_explained(editor: LanguageServer) -> None:
    path = ROOT / "examples/connections/connections/sales/office-pbx.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines) if "type: " in text and "data_type" not in text)
    editor.diagnostics(path)

    shown = editor.hover(path, line, lines[line].index("type: ") + 1)

    assert "Cannot be changed" in unescaped(shown)


def test_completion_when_a_field_is_begun_then_those_of_the_schema_are_offered(
    editor: LanguageServer, tmp_path: Path
) -> None:
    text = "# yaml-language-server: $schema=x\nversion: 1\nkind: connection\nref: chat\ndata_type: \n\n"
    path = modelled(tmp_path, text, "connection")
    editor.diagnostics(path)

    values, fields = editor.completion(path, 4, 11), editor.completion(path, 5, 0)

    assert {"two_channel_audio", "single_channel_audio", "chat"} <= set(values)
    assert {"space", "name", "agent", "customer", "shared", "split", "retired", "protect"} <= set(fields)
    assert not {"version", "kind", "ref"} & set(fields)
