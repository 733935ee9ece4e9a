"""Canonical form: what it looks like, that it says the same, keeps every comment and is reached in one step."""

from __future__ import annotations

import io
import json
import os
import random
import re
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from workspaces import EXAMPLES, documents

from ssops.canonical import canonical
from ssops.cli import boundary
from ssops.errors import Conflict, SsopsError
from ssops.manifest import quoting, reader, rewriting, schema
from ssops.manifest.format import Formatted, rewrite
from ssops.messages import catalogue

CASES = sorted((Path(__file__).parent / "cases" / "valid").glob("*.yaml"))
FILES = sorted(EXAMPLES.rglob("*.yaml"))
TIMEOUT_S = 60.0

HEAD = "version: 1\nkind: space\nref: sales\nname: Sales\n"

ROLE = "role: speech-sense.viewer"
X, Y = '"group:x"', '"group:y"'

MESSY = """\


# yaml-language-server: $schema=../schemas/connection.schema.json
# The PBX of the office.

# What people call it
name:    'Office PBX'   # since 2019
kind: connection
space: "sales"

version: 1
shared :
    # numbers
    keys:

        total: {type: decimal,   "name": 'Order, total' }  # roubles

        card: {
          # a link
          name: CRM card, # shown
          type: url
          # more to come
        }
        basket:
            type: json
            description: >-   # folded
                Lines of
                the order

            name: Basket
        # end of keys
    # end of shared
data_type: two_channel_audio
customer: {channel: 1}
ref: office-pbx
# both tracks
agent: # the left one
    keys: {operator_name: {name: Agent, description: "Whoever took the call, also after a transfer from another line"}}
    channel: 0
description: |
      One line
        and another

# over
"""

TIDY = """\
# yaml-language-server: $schema=../schemas/connection.schema.json
# The PBX of the office.

version: 1
kind: connection
ref: office-pbx
space: sales
# What people call it
name: Office PBX  # since 2019
description: |
  One line
    and another
data_type: two_channel_audio
# both tracks
agent:  # the left one
  channel: 0
  keys:
    operator_name: {name: Agent, description: "Whoever took the call, also after a transfer from another line"}
customer: {channel: 1}
shared:
  # numbers
  keys:

    total: {name: "Order, total", type: decimal}  # roubles

    card:
      # a link
      name: CRM card  # shown
      type: url
      # more to come
    basket:
      name: Basket
      description: >-  # folded
        Lines of
        the order
      type: json
    # end of keys
  # end of shared

# over
"""


def formatted(text: str) -> str:
    made = rewrite(text.encode(), "f.yaml")
    assert made.issues == ()
    return made.after.decode()


def says(text: str) -> bytes:
    found, issues = reader.read(text.encode(), "f.yaml")
    assert issues == ()
    return canonical([document.data for document in found])


def check_laws(text: str) -> None:
    """Assert that canonical form says the same, has the same comments, and is its own canonical form."""
    after = formatted(text)

    assert says(after) == says(text)
    assert comments(after) == comments(text)
    assert formatted(after) == after
    assert after == "" or (after.endswith("\n") and not after.startswith("\n"))
    assert "\r" not in after


def comments(text: str) -> list[str]:
    """Give the numbered comments of a drawn text; those numbers stand nowhere else."""
    return sorted(re.findall(r"#~[0-9]+~", text))


def test_rewrite_when_messy_then_the_canonical_form() -> None:
    assert formatted(MESSY) == TIDY
    assert says(TIDY) == says(MESSY)
    assert formatted(TIDY) == TIDY


LAYOUTS = {
    "level sequence": (
        "access:\n- role: a\n  subjects: [@x, @y]\n# about the note\nnote: text\n",
        "access:\n  - role: a\n    subjects: [@x, @y]\n# about the note\nnote: text\n",
    ),
    "wide indents": (
        "access:\n      -   role: a\n          subjects:\n             - @x\n",
        "access:\n  - role: a\n    subjects:\n      - @x\n",
    ),
    "comment above the value": ("note:\n  # why\n  text\n", "# why\nnote: text\n"),
    "comment between key and value": ("note: # why\n  text\n", "note: text  # why\n"),
    "two comments beside": ("note: # one\n  text # two\n", "# two\nnote: text  # one\n"),
    "comment behind a dash": (
        "access:\n  - # why\n    role: a\n    subjects: [@x]\n",
        "access:\n  # why\n  - role: a\n    subjects: [@x]\n",
    ),
    "comment above the first key of an item moves with it": (
        "access:\n  - subjects: [@x]\n    # the role\n    role: a\n",
        "access:\n  # the role\n  - role: a\n    subjects: [@x]\n",
    ),
    "comment in an empty list": ("access: [ # none yet\n  ]\n", "access: []  # none yet\n"),
    "comment in a list": (
        "access:\n  - role: a\n    subjects: [@x, # one\n      @y]\n",
        "access:\n  - role: a\n    subjects:\n      - @x  # one\n      - @y\n",
    ),
    "list over lines": (
        "access:\n  - role: a\n    subjects: [@x,\n      @y]\n",
        "access:\n  - role: a\n    subjects: [@x, @y]\n",
    ),
    "long list": (
        f"access:\n  - role: a\n    subjects: [group:{'x' * 50}, group:{'y' * 50}]\n",
        f'access:\n  - role: a\n    subjects:\n      - "group:{"x" * 50}"\n      - "group:{"y" * 50}"\n',
    ),
    "text over lines": (
        "note: one\n      two\n\n      three # c\nticket: 'a\n\n     b'\n",
        "note: one\n  two\n\n  three  # c\nticket: 'a\n\n  b'\n",
    ),
    "line ends with an escaped space": ('note: "one \\ \n     two"\n', 'note: "one \\ \n  two"\n'),
    "kept blank lines are text": ("ticket: t\n\nnote: |+\n  a\n\n\n", "\nnote: |+\n  a\n\n\nticket: t\n"),
    "literal that begins with space": ("note: |1\n   a\n  b\n", "note: |2\n    a\n   b\n"),
    "folded that begins with space": ("note: >1-\n   a\n  b\n", "note: >2-\n    a\n   b\n"),
    "block text without a line break": ("note: |\n  a", "note: |-\n  a\n"),
    "empty block text": ("note: |\n", 'note: ""\n'),
    "block text of blank lines": ("note: |+\n\n\n", 'note: "\\n\\n"\n'),
    "comment in the head of a block text": ("note: | # c\n  a\n", "note: |  # c\n  a\n"),
    "escape of a letter": ('note: "caf\\xe9"\n', "note: café\n"),
    "escape of a space": ('note: "a\\u00a0b"\n', 'note: "a\\u00a0b"\n'),
    "hard space": ("note: 10\u00a0000 calls\n", "note: 10\u00a0000 calls\n"),
    "quotes in a text": ('note: "\'a\': \\"b\\""\n', "note: '''a'': \"b\"'\n"),
    "explicit key": ("? note # c\n: text\n", "note: text  # c\n"),
    "number stays a number": ("managed: true\n", "managed: true\n"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_rewrite_when_laid_out_otherwise_then_canonical(name: str) -> None:
    before, after = (text.replace("role: a", ROLE).replace("@x", X).replace("@y", Y) for text in LAYOUTS[name])

    made = formatted(HEAD + before)

    assert made == HEAD + after
    assert says(made) == says(HEAD + before)
    assert formatted(made) == made


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("\n\n", ""),
        ("\n# only this\n\n\n", "# only this\n"),
        (f"---\n{HEAD}", f"---\n{HEAD}"),
        (f"# a\n---   # b\n# c\n{HEAD}\n\n", f"# a\n---  # b\n# c\n{HEAD}"),
        (f"%YAML 1.2 # d\n---\n{HEAD}...\n", f"%YAML 1.2 # d\n---\n{HEAD}...\n"),
        (f"{HEAD}# tail\n---\n# head\n\n{HEAD}", f"{HEAD}# tail\n---\n# head\n\n{HEAD}"),
        (f"---\n---\n{HEAD}---\n# nothing\n", f"---\n---\n{HEAD}---\n# nothing\n"),
        (f"\ufeff{HEAD}", HEAD),
        (HEAD.replace("\n", "\r\n"), HEAD),
        (HEAD.removesuffix("\n"), HEAD),
        ("{version: 1, kind: space, name: Sales, ref: sales} # c\n", f"{HEAD}# c\n"),
        (json.dumps({"name": "Sales", "ref": "sales", "kind": "space", "version": 1}, indent=4), HEAD),
    ],
    ids=range(13),
)
def test_rewrite_when_documents_are_parted_then_markers_stay(before: str, after: str) -> None:
    assert formatted(before) == after
    assert formatted(after) == after
    assert says(after) == says(before)


@pytest.mark.parametrize(
    ("text", "block", "flow"),
    [
        ("Sales", "Sales", "Sales"),
        ("a, b", "a, b", '"a, b"'),
        ("it's [b]", "it's [b]", '"it\'s [b]"'),
        ("a: b", '"a: b"', '"a: b"'),
        ("userAccount:aje1", '"userAccount:aje1"', '"userAccount:aje1"'),
        ("a #b", '"a #b"', '"a #b"'),
        ("a#b", "a#b", "a#b"),
        ("- a", '"- a"', '"- a"'),
        (" a", '" a"', '" a"'),
        ("", '""', '""'),
        ('say "a"', 'say "a"', 'say "a"'),
        ("\"a\" and 'b'", "'\"a\" and ''b'''", "'\"a\" and ''b'''"),
        ("C:\\x", "'C:\\x'", "'C:\\x'"),
        ("5m30s", "5m30s", "5m30s"),
        ("2024 plan", "2024 plan", "2024 plan"),
        ("да", "да", "да"),
    ],
)
def test_written_when_text_then_quoted_where_needed(text: str, block: str, flow: str) -> None:
    assert quoting.written(text, in_flow=False) == block
    assert quoting.written(text, in_flow=True) == flow


@pytest.mark.parametrize(
    "text",
    [
        "~",
        "null",
        "NULL",
        "true",
        "True",
        "no",
        "No",
        "on",
        "OFF",
        "y",
        "N",
        "=",
        "<<",
        "0",
        "-1",
        "1_000",
        "0x1F",
        "0o17",
    ]
    + [
        "017",
        "0b1",
        "1.5",
        ".5",
        "1e5",
        "1.5E+3",
        "-.inf",
        ".NaN",
        "1:30",
        "2024-01-01",
        "2024-1-1T00:00:00Z",
        "9" * 20,
    ],
)
def test_written_when_other_readers_see_no_text_then_quoted(text: str) -> None:
    assert quoting.written(text, in_flow=False) == f'"{text}"'


@given(st.text(st.characters(codec="utf-8"), max_size=12).filter(str.isprintable))
@settings(max_examples=500)
def test_written_when_any_text_then_two_readers_see_it(text: str) -> None:
    for shown in (
        f"a: {quoting.written(text, in_flow=False)}",
        f"a: [{quoting.written(text, in_flow=True)}]",
        f"a: {quoting.escaped(text)}",
    ):
        if reader.read(shown.encode(), "f.yaml")[1]:
            continue  # a character that no manifest may have
        for data in (reader.read(shown.encode(), "f.yaml")[0][0].data, yaml.safe_load(shown)):
            assert data["a"] in (text, [text])


@pytest.mark.parametrize("path", [*FILES, *CASES], ids=lambda path: path.stem)
def test_rewrite_when_an_example_then_the_laws_hold(path: Path) -> None:
    check_laws(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rewrite_when_a_shipped_example_then_it_is_canonical_already(path: Path) -> None:
    assert not rewrite(path.read_bytes(), path.name).is_changed


@pytest.mark.parametrize("kind", schema.INPUTS)
def test_rewrite_when_keys_are_in_any_order_then_that_of_the_schema(kind: str) -> None:
    paths = FILES if kind != "config" else [EXAMPLES / "ssops.yaml"]
    texts = [json.dumps(d.data) for p in paths for d in reader.read(p.read_bytes(), "f")[0] if is_of(d.data, kind)]
    assert texts
    for text in texts:
        straight = formatted(text)
        for seed in range(5):
            assert formatted(json.dumps(shuffled(json.loads(text), random.Random(seed)))) == straight
        properties = json.loads(schema.text(kind))["properties"]
        names = re.findall(r"^([a-z_]+):", straight, re.MULTILINE)
        assert names == [name for name in properties if name in names]


def is_of(data: Mapping[str, Any], kind: str) -> bool:
    return data.get("kind", "config") == kind


def shuffled(data: Any, drawn: random.Random) -> Any:
    """Give the same data with the keys of schemas in another order; those of the user stay."""
    if not isinstance(data, dict):
        return [shuffled(each, drawn) for each in data] if isinstance(data, list) else data
    items = [(key, shuffled(value, drawn)) for key, value in data.items()]
    if not any(isinstance(value, dict) and "name" in value for value in data.values()):
        drawn.shuffle(items)
    return dict(items)


def test_rewrite_when_anchors_are_used_then_the_order_of_keys_stays() -> None:
    text = f"{HEAD}ticket: &t   'T-1'\nnote: *t # same\n"

    assert formatted(text) == f"{HEAD}ticket: &t T-1\nnote: *t  # same\n"


def test_rewrite_when_merge_keys_are_used_then_the_order_of_keys_stays() -> None:
    text = "kind: space\n<<: {version: 1}\nref: a\nname: A\n"

    assert formatted(text) == text


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("version: 1\nkind: space\nref: a\nname: [\n", "yaml-syntax"),
        ("version: 1\nkind: space\nref: a\nnam: A\n", "schema-unknown-field"),
        ("kind: space\nref: a\nname: A\nname: B\nversion: 1\n", "yaml-duplicate-key"),
        (f"{HEAD}---\nkind: connexion\nversion: 1\n", "schema-value"),
        ("- a\n", "schema-type"),
        ("null\n", "schema-type"),
        ("name: !!str A\n", "yaml-tag"),
    ],
    ids=lambda value: value if "-" in value and " " not in value else "",
)
def test_rewrite_when_a_file_has_faults_then_it_is_left(text: str, rule: str) -> None:
    made = rewrite(text.encode(), "f.yaml")

    assert made.after == made.before == text.encode()
    assert rule in [issue.rule for issue in made.issues]


def test_rewrite_when_the_form_would_lose_something_then_it_stops() -> None:
    key = "k" * 1_100  # too long for a key before its colon
    text = f"version: 1\nkind: project\nref: a\nspace: s\nconnection: c\nname: A\nfilters:\n  ? {key}\n  : v\n"

    with pytest.raises(SsopsError) as stopped:
        rewrite(text.encode(), "f.yaml")

    assert stopped.value.reason == "format_unsafe"


class Scribe:
    """Writes documents in every way that YAML has, with numbered comments and blank lines wherever they may be."""

    def __init__(self, drawn: random.Random) -> None:
        self.drawn = drawn
        self.count = 0

    def text(self, found: list[dict[str, Any]]) -> str:
        parts = [f"{self.lines('')}{''.join(self.mapping(each, '', 0))}{self.lines('')}" for each in found]
        text = f"---{self.beside()}\n".join(parts)
        return text.replace("\n", "\r\n") if self.drawn.random() < 0.1 else text

    def comment(self) -> str:
        self.count += 1
        return f"#~{self.count}~"

    def beside(self) -> str:
        return f"{' ' * self.drawn.randint(1, 3)}{self.comment()}" if self.drawn.random() < 0.2 else ""

    def lines(self, indent: str) -> str:
        """Write comments and blank lines of their own, or nothing."""
        if self.drawn.random() < 0.7:
            return ""
        kinds = self.drawn.choices(["", " ", f"{indent}{self.comment()}"], k=self.drawn.randint(1, 3))
        return "".join(f"{kind}\n" for kind in dict.fromkeys(kinds))

    def mapping(self, data: Mapping[str, Any], indent: str, depth: int) -> Iterator[str]:
        items = list(data.items())
        if depth < 2 or "type" in data:
            self.drawn.shuffle(items)
        for key, value in items:
            yield self.lines(indent)
            head = f"{self.scalar(key, in_flow=True)}{self.drawn.choice(['', ' '])}"
            yield f"{indent}{head}:{self.value(value, indent, depth)}"
        yield self.lines(indent)

    def value(self, value: Any, indent: str, depth: int) -> str:
        if isinstance(value, (dict, list)) and (not value or self.drawn.random() < 0.4):
            return f" {self.flow(value, indent)}{self.beside()}\n"
        inner = indent + " " * self.drawn.randint(1, 5)
        if isinstance(value, dict):
            return f"{self.beside()}\n{''.join(self.mapping(value, inner, depth + 1))}"
        if isinstance(value, list):
            inner = self.drawn.choice([indent, inner])
            return f"{self.beside()}\n{''.join(self.item(each, inner, depth) for each in value)}{self.lines(inner)}"
        if isinstance(value, str) and value.strip() and self.drawn.random() < 0.2:
            return f" {self.drawn.choice(['|-', '>-'])}{self.beside()}\n{inner}{value}\n"
        between = self.drawn.choice([" ", "  ", f"{self.beside()}\n{self.lines(inner)}{inner}"])
        return f"{between}{self.scalar(value, in_flow=False)}{self.beside()}\n"

    def item(self, value: Any, indent: str, depth: int) -> str:
        if not isinstance(value, dict) or not value:
            return f"{self.lines(indent)}{indent}- {self.scalar(value, in_flow=False)}{self.beside()}\n"
        dash = "-" + " " * self.drawn.randint(1, 3)
        inner = indent + " " * len(dash)
        first, *rest = "".join(self.mapping(value, inner, depth + 1)).splitlines(keepends=True)
        if not first.startswith(f"{inner}") or "#" in first[: len(inner) + 1] or not first.strip():
            return f"{indent}-{self.beside()}\n{first}{''.join(rest)}"
        return f"{self.lines(indent)}{indent}{dash}{first[len(inner) :]}{''.join(rest)}"

    def flow(self, value: Any, indent: str) -> str:
        if not isinstance(value, (dict, list)):
            return self.scalar(value, in_flow=True)
        space = self.drawn.choice(["", " ", f"{self.beside()}\n{self.lines(indent)}{indent} "])
        members = [self.flow(each, indent) for each in (value.values() if isinstance(value, dict) else value)]
        if isinstance(value, dict):
            members = [f"{self.scalar(key, in_flow=True)}: {own}" for key, own in zip(value, members, strict=True)]
        comma = self.drawn.choice([", ", " , ", f",{self.beside()}\n{indent}  "])
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        return f"{opening}{space}{comma.join(members)}{space}{closing}"

    def scalar(self, value: Any, *, in_flow: bool) -> str:
        if not isinstance(value, str):
            return json.dumps(value)
        ways = [json.dumps(value), json.dumps(value, ensure_ascii=False), "'" + value.replace("'", "''") + "'"]
        ways += [quoting.written(value, in_flow=in_flow)] * 3
        return self.drawn.choice(ways)


@given(documents(), st.integers(min_value=0))
@settings(max_examples=200, deadline=None)
def test_rewrite_when_any_documents_in_any_hand_then_the_laws_hold(found: list[dict[str, Any]], seed: int) -> None:
    text = Scribe(random.Random(seed)).text(found)
    assert json.loads(says(text)) == found

    check_laws(text)


@given(st.sampled_from([*FILES, *CASES]), st.data())
@settings(max_examples=300, deadline=None)
def test_rewrite_when_anything_is_put_into_a_file_then_the_laws_hold(path: Path, data: st.DataObject) -> None:
    text = path.read_text(encoding="utf-8")[:2_000]
    for number in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(text)))
        sign = data.draw(
            st.sampled_from([" #~N~\n", "#~N~\n", "\n", "\n\n", " ", "  ", "\t", "\n  #~N~\n", "'", '"', ","])
        )
        text = text[:at] + sign.replace("N", str(number)) + text[at:]
    if not rewrite(text.encode(), "f.yaml").issues:
        check_laws(text)
