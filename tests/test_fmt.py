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
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from scribe import Scribe, comments
from workspaces import EXAMPLES, documents

from ssops.canonical import canonical
from ssops.cli import boundary
from ssops.errors import Conflict, SsopsError
from ssops.manifest import quoting, reader, rewriting, schema
from ssops.manifest.format import rewrite

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
    keys: {operator_name: {name: Agent, description: "Whoever took the call, also after a transfer"},
           operator_id: {description: Extension, name: "Agent ID"}}
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
    operator_name: {name: Agent, description: "Whoever took the call, also after a transfer"}
    operator_id: {name: Agent ID, description: Extension}
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
        ("... a", '"... a"', '"... a"'),
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


OTHER_WORDS = """~ null NULL true True no No on OFF y N = << 0 -1 1_000 0x1F 0o17 017 0b1 1.5 .5 1e5 1.5E+3 -.inf .NaN
1:30 2024-01-01 2024-1-1T00:00:00Z 123456789012345678901"""


@pytest.mark.parametrize("text", OTHER_WORDS.split())
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
    return bool(data.get("kind", "config") == kind)


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


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a small repository whose files are canonical and go there."""
    assert boundary.run(["init", "--quiet", str(tmp_path)]) == 0
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SSOPS_CACHE_DIR", str(tmp_path / ".cache"))
    return tmp_path


@pytest.fixture
def messy(repository: Path) -> Path:
    """Put one file that is not canonical into the repository."""
    path = repository / "spaces" / "sales.yaml"
    path.write_text("kind: space\nversion: 1\nref: sales\nname: 'Sales'  # all of them\n", encoding="utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = boundary.run(["fmt", *arguments])
    return code, *capsys.readouterr()


def test_fmt_when_a_repository_was_just_made_then_it_is_canonical(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, "--check") == (0, "3 files are in canonical form\n", "")


def test_fmt_when_a_file_is_messy_then_only_that_is_written(messy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    others = {path: path.stat().st_mtime_ns for path in messy.parents[1].rglob("*.yaml") if path != messy}

    first = told(capsys)
    second = told(capsys)

    assert first == (0, "~ spaces/sales.yaml\n1 file put into canonical form; 2 files are in canonical form\n", "")
    assert second == (0, "3 files are in canonical form\n", "")
    assert messy.read_text() == "version: 1\nkind: space\nref: sales\nname: Sales  # all of them\n"
    assert {path: path.stat().st_mtime_ns for path in others} == others
    assert [path.name for path in messy.parent.iterdir()] == [messy.name]


def test_fmt_when_checked_then_2_and_nothing_is_written(messy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = messy.read_bytes()

    code, out, err = told(capsys, "--check")

    assert (code, err) == (2, "")
    assert out == "~ spaces/sales.yaml\n1 file is not in canonical form; 2 files are in canonical form\n"
    assert messy.read_bytes() == before


@pytest.mark.parametrize(("flags", "expected"), [(["--diff"], 0), (["--check", "--diff"], 2)], ids=["diff", "check"])
def test_fmt_when_the_diff_is_applied_then_the_same_as_fmt(
    messy: Path, flags: list[str], expected: int, capsys: pytest.CaptureFixture[str]
) -> None:
    messy.write_text(messy.read_text().removesuffix("\n"), encoding="utf-8")
    code, out, err = told(capsys, *flags)

    subprocess.run(
        ["git", "apply", "--unsafe-paths", "-"], input=out.encode(), cwd=messy.parents[1], check=True, timeout=TIMEOUT_S
    )

    assert code == expected
    assert err == "1 file is not in canonical form; 2 files are in canonical form\n"
    assert told(capsys, "--check")[0] == 0


def test_fmt_when_json_is_asked_for_then_one_document(messy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = told(capsys, "--check", "--diff", "--format", "json")

    shown = json.loads(out)
    assert code == 2
    assert shown.pop("diff").startswith("--- a/spaces/sales.yaml\n+++ b/spaces/sales.yaml\n@@ -1,4 +1,4 @@\n")
    assert shown == {"valid": True, "issues": [], "files": 3, "changed": ["spaces/sales.yaml"]}


def test_fmt_when_one_file_has_faults_then_4_and_the_others_are_written(
    messy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = messy.with_name("broken.yaml")
    broken.write_text("kind:   space\nversion: 1\nname: [\n", encoding="utf-8")

    code, out, _ = told(capsys)
    checked, _, _ = told(capsys, "--check")

    assert (code, checked) == (4, 4)
    assert "spaces/broken.yaml:4:1: error [yaml-syntax]" in out
    assert out.endswith(
        "1 file put into canonical form; 1 file has faults and was left as it is; 2 files are in canonical form\n"
    )
    assert broken.read_text() == "kind:   space\nversion: 1\nname: [\n"
    assert not rewrite(messy.read_bytes(), "f").is_changed


def test_fmt_when_a_path_is_named_then_nothing_else_is_looked_at(
    messy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (messy.parents[1] / "ssops.yaml").write_text("version: 2\n", encoding="utf-8")

    code, out, _ = told(capsys, "spaces")

    assert (code, out) == (0, "~ spaces/sales.yaml\n1 file put into canonical form\n")


def test_fmt_when_there_is_no_configuration_then_named_files_are_formatted(
    messy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (messy.parents[1] / "ssops.yaml").unlink()

    assert told(capsys, str(messy))[0] == 0
    assert told(capsys)[0] == 64


@pytest.mark.parametrize("paths", [["nowhere.yaml"], ["-", "spaces"], ["spaces", "-"]], ids=" ".join)
def test_fmt_when_paths_make_no_sense_then_64(
    messy: Path, paths: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, *paths)[0] == 64


def test_fmt_when_a_file_is_outside_then_it_is_left(messy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inner = messy.parents[1] / "inner"
    inner.mkdir()
    (inner / "ssops.yaml").write_text("version: 1\norganization: a\nmanifests: [spaces]\n", encoding="utf-8")
    (inner / "spaces").mkdir()
    (inner / "spaces" / "link.yaml").symlink_to(messy)
    before = messy.read_bytes()

    code, out, _ = told(capsys, "--config", "inner/ssops.yaml")

    assert (code, messy.read_bytes()) == (4, before)
    assert "[file-outside]" in out


def test_fmt_when_standard_input_then_standard_output(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def given(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    mess = "organization: 'a'\nversion: 1\nmanifests: [ spaces ]\n"
    tidy = "version: 1\norganization: a\nmanifests: [spaces]\n"
    found = []
    for text, *flags in [
        (mess,),
        (tidy,),
        (mess, "--check"),
        (tidy, "--check"),
        (mess, "--format", "json"),
        ("a: 1\n",),
    ]:
        given(text)
        found.append(told(capsys, "-", *flags)[:2])

    assert found[0] == found[1] == (0, tidy)
    assert found[2] == (2, "~ -\n1 file is not in canonical form\n")
    assert found[3] == (0, "1 file is in canonical form\n")
    assert json.loads(found[4][1]) == {"valid": True, "issues": [], "files": 1, "changed": ["-"], "text": tidy}
    assert found[5] == (4, "")


def test_fmt_when_a_file_is_rewritten_then_its_permissions_and_links_stay(
    messy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    real = messy.with_name("real.yml")
    messy.rename(real)
    messy.symlink_to("real.yml")
    real.chmod(0o604)
    about = real.stat()

    assert told(capsys)[0] == 0

    after = real.stat()
    assert messy.is_symlink()
    assert not rewrite(real.read_bytes(), "f").is_changed
    assert (stat.S_IMODE(after.st_mode), after.st_uid, after.st_gid) == (0o604, about.st_uid, about.st_gid)


def test_save_when_somebody_has_changed_the_file_then_theirs_stays(messy: Path) -> None:
    made, _ = rewriting.formatted(messy.parents[1], ["spaces"], "ssops.yaml")
    messy.write_text("theirs", encoding="utf-8")

    with pytest.raises(Conflict) as stopped:
        rewriting.save(messy.parents[1], made)

    assert stopped.value.reason == "manifest_moved"
    assert messy.read_text() == "theirs"


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser can become somebody else")
def test_fmt_when_the_file_may_not_be_written_then_1_and_it_is_left(messy: Path) -> None:
    before = messy.read_bytes()
    messy.chmod(0o444)
    for folder in [messy.parent, *messy.parents[1:3]]:
        folder.chmod(0o777)
    code = "import os, sys; os.setuid(65534); import ssops.__main__ as ssops; sys.exit(ssops.main())"

    done = subprocess.run(
        [sys.executable, "-c", code, "fmt", "sales.yaml"],
        cwd=messy.parent,
        capture_output=True,
        check=False,
        timeout=TIMEOUT_S,
    )

    assert (done.returncode, messy.read_bytes()) == (1, before)


def test_fmt_when_many_files_are_listed_then_in_one_order(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"spaces/s{number:03}.yaml" for number in range(50)]
    for name in reversed(names):
        ref = Path(name).stem
        (repository / name).write_text(f"name: {ref}\nkind: space\nref: {ref}\nversion: 1\n", encoding="utf-8")

    _, out, _ = told(capsys, "--check", "--format", "json")

    assert json.loads(out)["changed"] == names
