"""Reading YAML: what comes out, where it stands, and laws over arbitrary input."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ssops.domain.rules import YAML
from ssops.manifest import scalars
from ssops.manifest.reader import read
from ssops.manifest.syntax import VARIANTS
from ssops.messages import catalogue, say
from ssops.model import Location

EXAMPLE = """\
# a comment
kind: connection
name: "Продажи"
keys:
  a: &field {name: A, type: string}
  b: *field
  c:
    <<: *field
    name: C
list:
- one
- [two, three]
"""


def data_of(text: str) -> list[Any]:
    """Read a text without faults."""
    documents, issues = read(text.encode(), "f.yaml")
    assert issues == ()
    return [document.data for document in documents]


def said(text: str) -> list[tuple[int, int, str, str]]:
    """Read a text and give line, column, rule and message of each issue."""
    issues = read(text.encode(), "f.yaml")[1]
    return [(i.location.line, i.location.column, i.rule, say(i.message)) for i in issues]


def test_read_when_honest_then_plain_data() -> None:
    field = {"name": "A", "type": "string"}
    assert data_of(EXAMPLE) == [
        {
            "kind": "connection",
            "name": "Продажи",
            "keys": {"a": field, "b": field, "c": {"name": "C", "type": "string"}},
            "list": ["one", ["two", "three"]],
        }
    ]


@pytest.mark.parametrize(
    ("path", "of_key", "place"),
    [
        ((), False, (2, 1)),
        (("name",), False, (3, 7)),
        (("name",), True, (3, 1)),
        (("keys", "a"), False, (5, 6)),
        (("keys", "a", "type"), False, (5, 29)),
        (("keys", "b"), True, (6, 3)),
        (("keys", "b"), False, (5, 6)),
        (("keys", "b", "type"), False, (5, 29)),
        (("keys", "c", "name"), False, (9, 11)),
        (("keys", "c", "type"), True, (5, 23)),
        (("list", 0), False, (11, 3)),
        (("list", 1, 1), False, (12, 9)),
        (("list", 1, 1), True, (12, 9)),
        (("keys", "nobody", "name"), False, (5, 3)),
        (("keys", "nobody"), True, (5, 3)),
        (("name", "inside"), False, (3, 7)),
        (("list", 7), False, (11, 1)),
    ],
    ids=str,
)
def test_locate_when_asked_then_the_place_in_the_file(
    path: tuple[str | int, ...], of_key: bool, place: tuple[int, int]
) -> None:
    document = read(EXAMPLE.encode(), "f.yaml")[0][0]

    location = document.locate(path, of_key=of_key)

    assert location == Location("f.yaml", *place)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_excerpt_when_asked_then_the_line_without_its_end(line_end: str) -> None:
    document = read("a: 1\nb: ж\n".replace("\n", line_end).encode("utf-8-sig"), "f.yaml")[0][0]

    location = document.locate(("b",))

    assert (location, document.excerpt(location)) == (Location("f.yaml", 2, 4), "b: ж")


def test_excerpt_when_the_line_is_long_then_cut_or_empty() -> None:
    document = read(("{a: " + "x" * 1000 + ", b: 1}").encode(), "f.yaml")[0][0]

    assert len(document.excerpt(document.locate(("a",)))) == 500
    assert document.excerpt(document.locate(("b",))) == ""


def test_read_when_several_documents_then_empty_ones_are_skipped_and_null_is_not() -> None:
    assert data_of("---\na: 1\n---\n---\nnull\n---\n# nothing\n---\n- b\n") == [{"a": 1}, None, ["b"]]


def test_read_when_one_document_is_faulty_then_the_others_come() -> None:
    documents, issues = read(b"a: 1\n---\nb: 1\nb: 2\n---\nc: 3\n---\nd: [\n", "f.yaml")

    assert [document.data for document in documents] == [{"a": 1}, {"c": 3}]
    assert [(issue.rule, issue.location.line) for issue in issues] == [("yaml-duplicate-key", 4), ("yaml-syntax", 9)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a: 1\na: 2\nb: 1\na: 3\n",
            [(2, 1, "key 'a' is already written on line 1"), (4, 1, "key 'a' is already written on line 1")],
        ),
        (
            "a: 1\na: 2\nb: 1\nb: 3\n",
            [(2, 1, "key 'a' is already written on line 1"), (4, 1, "key 'b' is already written on line 3")],
        ),
        ("x: {y: 1}\nb:\n- k: [1]\n  l: 2\n  k: 3\n", [(5, 3, "key 'k' is already written on line 3")]),
    ],
    ids=["twice and again", "two keys", "nested"],
)
def test_read_when_a_key_is_doubled_then_the_first_line_is_named(
    text: str, expected: list[tuple[int, int, str]]
) -> None:
    assert said(text) == [(line, column, "yaml-duplicate-key", words) for line, column, words in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: *b\n", (1, 4, "yaml-anchor", "alias '*b' has no anchor before it in this document")),
        ("a: !!int 1\n", (1, 4, "yaml-tag", "tag '!!int' is not allowed")),
        ("a:\n\tb: 1\n", (2, 1, "yaml-syntax", "a tab stands where only spaces are allowed")),
        ("a: b: c\n", (1, 5, "yaml-syntax", "a ':' is not allowed here")),
        ("a: @b\n", (1, 4, "yaml-syntax", "a value cannot begin with '@'")),
        ("a: ok\nb: x\u200by\n", (2, 5, "yaml-character", "invisible character U+200B is not allowed")),
        (
            "a: *.wav\n",
            (1, 5, "yaml-syntax", "a value that begins with '&' or '*' is an anchor or an alias and needs a name"),
        ),
        ("a: | b\n", (1, 6, "yaml-syntax", "after '|' or '>' only the end of the line may come")),
        ("a: - b\n", (1, 4, "yaml-syntax", "a list item does not fit here")),
    ],
    ids=["alias", "tag", "tab", "colon", "sign", "character", "star", "block", "dash"],
)
def test_read_when_faulty_then_says_where_and_what(text: str, expected: tuple[int, int, str, str]) -> None:
    assert said(text) == [expected]


def test_read_when_not_utf8_then_the_place_counts_characters() -> None:
    issues = read("a: 1\nимя: ".encode() + b"\xc6\n", "f.yaml")[1]

    assert [(issue.location, say(issue.message)) for issue in issues] == [
        (Location("f.yaml", 2, 6), "the file is not UTF-8: byte 0xC6 does not fit")
    ]


def test_read_when_merging_then_own_keys_and_earlier_sources_win() -> None:
    text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {z: 3, <<: [*a, *b], w: 3}\nd: {<<: {x: 4}, <<x: 4, '<<': 5}\n"
    expected = {"z": 3, "w": 3, "x": 1, "y": 1}
    assert data_of(text)[0]["c"] == expected
    assert data_of(text)[0]["d"] == {"<<x": 4, "<<": 5, "x": 4}


def test_read_when_a_merged_mapping_is_merged_again_then_places_hold() -> None:
    text = "a: &a\n  x: {deep: [1]}\n  y: 2\nb: &b\n  <<: *a\n  y: 3\nc:\n  z: 4\n  <<: *b\n"
    document = read(text.encode(), "f.yaml")[0][0]

    places = [document.locate(("c", *path)).line for path in [("z",), ("y",), ("x", "deep", 0)]]

    assert (document.data["c"], places) == ({"z": 4, "y": 3, "x": {"deep": [1]}}, [8, 6, 2])


def test_read_when_keys_repeat_then_they_are_one_object() -> None:
    first, second = data_of("description: 1\n---\ndescription: 2\n")
    assert next(iter(first)) is next(iter(second))


def test_catalogue_when_a_rule_of_yaml_or_a_syntax_error_speaks_then_it_has_words() -> None:
    wanted = {f"rule.{rule}.{part}" for rule in YAML for part in ("title", "why")}
    wanted |= {f"yaml-syntax.{variant}{end}" for variant in VARIANTS.values() for end in ("", ".hint")}

    assert wanted - set(catalogue("en")) == set()


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
SIGNS = [
    "a",
    "b: ",
    ": ",
    "- ",
    "\n",
    "\n  ",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a ",
    "<<: ",
    "!t ",
    "'",
    '"',
    "\\",
    "? ",
    "|\n",
    ">\n",
    "#",
    "---\n",
    "...\n",
    "%TAG",
    "%YAML 1.1\n",
    "\t",
    "\r",
    "\u202e",
    "1",
    "true",
    "~",
    "ж",
    "😀",
]
yamlish = st.lists(st.sampled_from([*SIGNS, ", "]) | words, max_size=40).map("".join)


@given(st.binary(max_size=200) | yamlish.map(str.encode))
@settings(max_examples=500, deadline=None)
def test_law_read_never_raises_and_every_issue_can_be_said(data: bytes) -> None:
    documents, issues = read(data, "f.yaml")

    for issue in issues:
        assert issue.hint is not None
        assert say(issue.message) and say(issue.hint)
    for document in documents:
        assert json.loads(json.dumps(document.data)) == document.data
        for path in paths(document.data):
            document.locate(path), document.locate(path, of_key=True)


printable = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=12)
numbers = st.integers(-(10**14), 10**14) | st.floats(allow_nan=False, allow_infinity=False).filter(
    lambda n: n != 0 or str(n) == "0.0"
)
leaves = st.none() | st.booleans() | numbers | printable
trees = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(printable, inner, max_size=4), max_leaves=25
)


def paths(data: Any) -> list[tuple[str | int, ...]]:
    """Give the paths of all values within some data."""
    if not isinstance(data, (dict, list)):
        return [()]
    items = data.items() if isinstance(data, dict) else enumerate(data)
    return [(), *((key, *rest) for key, value in items for rest in paths(value))]


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    """Give the value at a path."""
    for part in path:
        data = data[part]
    return data


@given(trees)
@settings(max_examples=150, deadline=None)
def test_law_json_is_read_as_json(data: Any) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1)

    documents, issues = read(text.encode(), "f.yaml")

    assert ([document.data for document in documents], issues) == ([data], ())


def is_read_alike(text: str) -> bool:
    """Tell a text that needs no other quotes than YAML 1.1 gives it: `1e3` is text there and a number here."""
    return (
        isinstance(scalars.plain(text), str)
        or not isinstance(yaml.safe_load(json.dumps(text)), str)
        or (yaml.safe_dump(text).startswith(("'", '"')))
    )


@given(trees)
@settings(max_examples=150, deadline=None)
def test_law_safe_dump_is_read_as_the_c_loader_reads_it(data: Any) -> None:
    assume(all(is_read_alike(text) for text in texts(data)))
    text = yaml.safe_dump(data, allow_unicode=True)

    documents, issues = read(text.encode(), "f.yaml")

    assert issues == ()
    assert [document.data for document in documents] == [yaml.load(text, yaml.CSafeLoader)] == [data]


@given(trees)
@settings(max_examples=150, deadline=None)
def test_law_aliases_are_read_as_the_c_loader_reads_them(data: Any) -> None:
    text = yaml.dump([data, {"again": data}, [data]], Dumper=Quoted, allow_unicode=True)

    document = read(text.encode(), "f.yaml")[0][0]

    assert document.data == yaml.load(text, yaml.CSafeLoader)
    for path in paths(data) if shared(data) else []:
        assert document.locate((1, "again", *path)) == document.locate((0, *path))


def shared(data: Any) -> bool:
    """Tell whether a dumper writes data once and then as an alias."""
    return isinstance(data, (dict, list)) and len(data) > 0


@given(trees)
@settings(max_examples=150, deadline=None)
def test_law_a_sign_of_aliases_changes_neither_data_nor_places(data: Any) -> None:
    text = yaml.dump(data, Dumper=Quoted, allow_unicode=True)

    plain, careful = (read((text + end).encode(), "f.yaml")[0][0] for end in ("", "\n# & * !\n"))

    assert (plain.data, plain.marks.offsets) == (careful.data, careful.marks.offsets)


def texts(data: Any) -> list[str]:
    """Give all texts of some data, keys included."""
    if isinstance(data, dict):
        return [*data, *(text for value in data.values() for text in texts(value))]
    if isinstance(data, list):
        return [text for value in data for text in texts(value)]
    return [data] if isinstance(data, str) else []


@given(trees, st.sampled_from(["json", "block", "flow"]))
@settings(max_examples=150, deadline=None)
def test_law_every_path_points_at_the_text_of_its_value(data: Any, style: str) -> None:
    text = dump(data, style)
    document = read(text.encode(), "f.yaml")[0][0]
    lines = re.split("\r?\n", text)

    for path in paths(document.data):
        location = document.locate(path)
        written = "\n".join([lines[location.line - 1][location.column - 1 :], *lines[location.line :]])
        assert begins_with(written, at(document.data, path)), (path, written)
        if path and isinstance(path[-1], str):
            place = document.locate(path, of_key=True)
            assert begins_with(lines[place.line - 1][place.column - 1 :], path[-1])


class Quoted(yaml.SafeDumper):
    """Writes every text in double quotes, so that its beginning and end are plain to see."""


Quoted.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def dump(data: Any, style: str) -> str:
    """Write data as JSON or as YAML in one of its styles, without aliases or folded lines."""
    if style == "json":
        return json.dumps(data, ensure_ascii=False, indent=1)
    return yaml.dump(data, Dumper=Quoted, default_flow_style=style == "flow", allow_unicode=True, width=10**6)


def begins_with(written: str, value: Any) -> bool:
    """Tell whether a text begins with a value as `dump` writes it."""
    if isinstance(value, dict):
        return written[:1] in ("{", '"', "?")
    if isinstance(value, list):
        return written[:1] in ("[", "-")
    if isinstance(value, str):
        quoted = re.match(r'"(?:[^"\\]|\\.)*"', written)
        return quoted is not None and yaml.safe_load(quoted[0]) == value
    return bool(scalars.plain(re.split(r"[\s,\]}]", written)[0]) == value)
