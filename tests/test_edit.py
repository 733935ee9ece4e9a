"""One value set or removed in a manifest: what the file looks like then, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from workspaces import EXAMPLES

from ssops.errors import Conflict, InvalidManifest, SsopsError
from ssops.manifest import edit, reader, rewriting
from ssops.manifest.edit import Edit, Put, Remove
from ssops.manifest.format import Formatted
from ssops.messages import say
from ssops.model import Address, Kind

HEAD = "version: 1\nkind: space\nref: sales\nname: Sales\n"
KEYS = "agent:\n  keys:\n"
CHAT = "version: 1\nkind: connection\nref: c\nspace: s\nname: C\ndata_type: chat\n"

WITH_COMMENTS = """\
# yaml-language-server: $schema=space.schema.json
# All about sales.
version: 1
kind: space
ref: sales  # never changes

# What people see
name: 'Sales'	# since 2019
access:
    # the bosses
    - role: speech-sense.admin
      subjects:
        - "group:bosses"   # all of them
        - "userAccount:anna"  # Anna
    - role: speech-sense.viewer  # may look
      subjects: ["group:x"]
    # no more

# Who pays
billing_account: dn2a
# the end
"""

SET = {
    "plain": (HEAD, ("name",), "Marketing", "name: Marketing\n", "name: Sales\n"),
    "plain that needs quotes": (HEAD, ("name",), "Sales: all", 'name: "Sales: all"\n', "name: Sales\n"),
    "plain that YAML 1.1 reads otherwise": (HEAD, ("name",), "no", 'name: "no"\n', "name: Sales\n"),
    "Cyrillic": (HEAD, ("name",), "Продажи", "name: Продажи\n", "name: Sales\n"),
    "single quotes stay": (
        WITH_COMMENTS,
        ("name",),
        "it's",
        "name: 'it''s'\t# since 2019\n",
        "name: 'Sales'\t# since 2019\n",
    ),
    "double quotes stay": (HEAD + 'note: "a"\n', ("note",), "b", 'note: "b"\n', 'note: "a"\n'),
    "a text of several lines": (HEAD + "note: a # c\n", ("note",), "a\nb", "note: |- # c\n  a\n  b\n", "note: a # c\n"),
    "a text of several lines between brackets": (
        f"{CHAT}agent: {{keys: {{operator_id: {{name: a}}}}}}\n",
        ("agent", "keys", "operator_id", "name"),
        "a\nb",
        'agent: {keys: {operator_id: {name: "a\\nb"}}}\n',
        "agent: {keys: {operator_id: {name: a}}}\n",
    ),
    "a block text": (
        HEAD + "note: |  # c\n   a\n\n   b\n\n",
        ("note",),
        "x\ny\n",
        "note: |  # c\n   x\n   y\n\n",
        "note: |  # c\n   a\n\n   b\n\n",
    ),
    "a block text without a last break": (HEAD + "note: |\n  a\n", ("note",), "x", "note: |-\n  x\n", "note: |\n  a\n"),
    "a folded text": (
        HEAD + "note: >-\n  a\n  b\n",
        ("note",),
        "x " * 80 + "x",
        f"note: >-\n  {'x ' * 80}x\n",
        "note: >-\n  a\n  b\n",
    ),
    "a block text that becomes empty": (
        HEAD + "note: |  # c\n  a\n",
        ("note",),
        "",
        'note: ""  # c\n',
        "note: |  # c\n  a\n",
    ),
    "a text over lines": (HEAD + "note: a\n  b # c\n", ("note",), "x", "note: x # c\n", "note: a\n  b # c\n"),
    "a value below its key": (HEAD + "note:\n  # why\n  a # c\n", ("note",), "b", "  b # c\n", "  a # c\n"),
    "a boolean": (HEAD + "managed: false # c\n", ("managed",), True, "managed: true # c\n", "managed: false # c\n"),
    "a number": (CHAT + "agent: {channel: 0}\n", ("agent", "channel"), 1, "{channel: 1}", "{channel: 0}"),
    "an explicit key": (HEAD + "? note\n: a\n", ("note",), "b", ": b\n", ": a\n"),
    "an unused anchor stays": (HEAD + "note: &n a\n", ("note",), "b", "note: &n b\n", "note: &n a\n"),
    "quotes of JSON": (
        '{"version": 1, "kind": "space", "ref": "s", "name": "a"}',
        ("name",),
        "b",
        '"name": "b"',
        '"name": "a"',
    ),
}
"""What is set: file, path, value, and the text that comes in place of another."""


def edited(text: str, *edits: Edit) -> str:
    return edit.apply(text.encode(), "f.yaml", edits).decode()


@pytest.mark.parametrize("name", SET)
def test_apply_when_a_scalar_is_set_then_only_its_text_changes(name: str) -> None:
    text, path, value, after, before = SET[name]
    assert text.count(before) == 1

    assert edited(text, Put(0, path, value)) == text.replace(before, after)


@pytest.mark.parametrize("name", SET)
def test_apply_when_the_file_has_windows_line_ends_then_they_stay(name: str) -> None:
    text, path, value, after, before = SET[name]
    expected = text.replace(before, after).replace("\n", "\r\n")

    assert edited("\ufeff" + text.replace("\n", "\r\n"), Put(0, path, value)) == "\ufeff" + expected


INSERTED: dict[str, tuple[str, Edit, str, str]] = {
    "between its neighbours": (WITH_COMMENTS, Put(0, ("description",), "All"), "since 2019\n", "description: All\n"),
    "behind all": (WITH_COMMENTS, Put(0, ("ticket",), "T-1"), "# no more\n", "ticket: T-1\n"),
    "before all": ("kind: space\nref: a\nname: A\n", Put(0, ("version",), 1), "", "version: 1\n"),
    "below a nested tail": (
        f"{CHAT}{KEYS}    a: {{}}\n    # end\n",
        Put(0, ("shared",), {}),
        "# end\n",
        "shared: {}\n",
    ),
    "a small mapping": (
        CHAT,
        Put(0, ("split",), {"segment": "5m", "by": "duration"}),
        "chat\n",
        "split: {by: duration, segment: 5m}\n",
    ),
    "parents as well": (
        CHAT,
        Put(0, ("shared", "keys", "x", "name"), "X"),
        "chat\n",
        "shared:\n  keys:\n    x: {name: X}\n",
    ),
    "a list item": (
        WITH_COMMENTS,
        Put(0, ("access", 2), {"subjects": ["group:n"], "role": "viewer"}),
        '["group:x"]\n',
        '    - role: viewer\n      subjects: ["group:n"]\n',
    ),
    "a subject in block style": (
        WITH_COMMENTS,
        Put(0, ("access", 0, "subjects", 2), "group:n"),
        "# Anna\n",
        '        - "group:n"\n',
    ),
    "a role": (
        HEAD,
        Put(0, ("access",), [{"role": "viewer", "subjects": ["group:n"]}]),
        "Sales\n",
        'access:\n  - role: viewer\n    subjects: ["group:n"]\n',
    ),
    "keys as most of them are": (
        f"{CHAT}{KEYS}    a:\n      name: A\n    b:\n      name: B\n    c: {{name: C}}\n",
        Put(0, ("agent", "keys", "d"), {"type": "url", "name": "D"}),
        "{name: C}\n",
        "    d:\n      name: D\n      type: url\n",
    ),
    "as deep as the file's own": (
        f"{CHAT}agent:\n    keys:\n        a: {{}}\n",
        Put(0, ("shared", "keys", "x", "name"), "a\nb"),
        "a: {}\n",
        "shared:\n    keys:\n        x:\n            name: |-\n                a\n                b\n",
    ),
    "an empty text": (HEAD, Put(0, ("description",), ""), "Sales\n", 'description: ""\n'),
    "behind the key of an item": ("access:\n- subjects: []\n", Put(0, ("access", 0, "x"), 1), "[]\n", "  x: 1\n"),
    "a list without a step": (
        "version: 1\nkind: space\naccess:\n- role: a\n  subjects: [b]\n",
        Put(0, ("access", 1), {"role": "c", "subjects": ["d"]}),
        "[b]\n",
        "- role: c\n  subjects: [d]\n",
    ),
}
"""What comes in: file, edit, behind which line, and the new ones."""


@pytest.mark.parametrize("name", INSERTED)
def test_apply_when_a_field_is_missing_then_it_comes_in_on_lines_of_its_own(name: str) -> None:
    text, asked, behind, new = INSERTED[name]
    assert text.count(behind) == 1 or not behind

    assert edited(text, asked) == text.replace(behind, f"{behind}{new}", 1)


BECOMES: dict[str, tuple[str, Edit, str]] = {
    "a small flow mapping": (
        "customer: {channel: 1} # c",
        Put(0, ("customer", "keys"), {}),
        "customer: {channel: 1, keys: {}} # c",
    ),
    "a flow mapping before its first": (
        "x: {type: url}",
        Put(0, ("x", "name"), "a, b"),
        'x: {type: url, name: "a, b"}',
    ),
    "an empty flow mapping": (
        "shared: {}  # c",
        Put(0, ("shared", "keys", "x"), {"name": "X"}),
        "shared:  # c\n  keys:\n    x: {name: X}",
    ),
    "an empty list with a comment": ("x: [ # none\n  ]", Put(0, ("x", 0), "a"), "x: [a # none\n  ]"),
    "nothing": ("x:  # c\ny: 1", Put(0, ("x",), "a"), "x: a  # c\ny: 1"),
    "nothing in a list": ("x:\n- \n- b", Put(0, ("x",), ["a", "b"]), "x:\n- a\n- b"),
    "a flow list over lines": (
        'x: [\n  "a",  # Anna\n  "b"  # Boris\n]',
        Put(0, ("x",), ["a", "b", "c"]),
        'x: [\n  "a",  # Anna\n  "b",  # Boris\n  "c"\n]',
    ),
    "a flow list over lines in the middle": (
        'x: [\n  "a",  # Anna\n  "b",  # Boris\n]',
        Put(0, ("x",), ["a", "c", "b"]),
        'x: [\n  "a",  # Anna\n  "c",\n  "b",  # Boris\n]',
    ),
    "a flow list loses its first": ("x: [a, b, c]", Put(0, ("x",), ["b", "c"]), "x: [b, c]"),
    "a flow list loses its last": ("x: [a, b, c]", Remove(0, ("x", 2)), "x: [a, b]"),
    "a flow list loses two": ("x: [a, b, c, d]", Put(0, ("x",), ["a", "d"]), "x: [a, d]"),
    "a flow list loses all": ("x: [ a, b ]", Put(0, ("x",), []), "x: []"),
    "a flow list gets others": ("x: [a, b]", Put(0, ("x",), ["c", "d"]), "x: [c, d]"),
    "a flow list over lines loses its last": (
        "x: [\n  a,  # Anna\n  # the last\n  b  # Boris\n]",
        Remove(0, ("x", 1)),
        "x: [\n  a  # Anna\n]",
    ),
    "a comment beside stays with its item": ("x: [a, # Anna\n    b]", Remove(0, ("x", 1)), "x: [a, # Anna\n    ]"),
    "a comment beside goes with its item": ("x: [a, # Anna\n    b]", Remove(0, ("x", 0)), "x: [\n    b]"),
    "JSON stays JSON": ('x: {"a": 1}', Put(0, ("x", "b"), {"c": "d"}), 'x: {"a": 1, "b": {"c": "d"}}'),
    "a pair in a list": ("x: [a: 1, b]", Put(0, ("x", 0, "a"), 2), "x: [{a: 2}, b]"),
    "a block mapping becomes a text": ("x:  # c\n  a: 1\n  b: 2", Put(0, ("x",), "t"), "x: t  # c"),
    "a block list becomes empty": ("x:  # c\n  - a\ny: 1", Put(0, ("x",), []), "x: []  # c\ny: 1"),
    "a text becomes a mapping": ("x: t  # c\ny: 1", Put(0, ("x",), {"a": {"b": 1}}), "x:  # c\n  a: {b: 1}\ny: 1"),
    "an item's first key goes": ("x:\n  - a: 1  # c\n    b: 2", Remove(0, ("x", 0, "a")), "x:\n  - b: 2"),
    "an item becomes empty": ("x:\n  - a: 1\n  - b: 2", Remove(0, ("x", 0, "a")), "x:\n  - {}\n  - b: 2"),
}
"""What else there is: text before, edit, text after."""


@pytest.mark.parametrize("name", BECOMES)
@pytest.mark.parametrize("ending", ["\n", "", "\n# end\n---\nz: 1\n"], ids=["", "open", "more"])
def test_apply_when_a_collection_changes_then_the_rest_of_it_stays(name: str, ending: str) -> None:
    before, asked, after = BECOMES[name]

    assert edited(f"# top\n{before}{ending}", asked) == f"# top\n{after}{ending}"


REMOVED = {
    "a line": (HEAD + "note: a\nticket: b\n", ("note",), ["note: a"]),
    "with what is beside and above": (WITH_COMMENTS, ("billing_account",), ["# Who pays", "billing_account: dn2a"]),
    "with all it holds": (WITH_COMMENTS, ("access", 0), WITH_COMMENTS.splitlines()[9:14]),
    "an item with its comment": (WITH_COMMENTS, ("access", 0, "subjects", 1), ['        - "userAccount:anna"  # Anna']),
    "the first of some": (WITH_COMMENTS, ("access", 0, "subjects", 0), ['        - "group:bosses"   # all of them']),
    "a list with its tail": (
        WITH_COMMENTS,
        ("access",),
        WITH_COMMENTS.splitlines()[8:17],
    ),
    "a block text": (HEAD + "note: |+\n  a\n  # text\n\nticket: b\n", ("note",), ["note: |+", "  a", "  # text", ""]),
    "one of two blank lines": (HEAD + "\n# why\nnote: a\n\nticket: b\n", ("note",), ["# why", "note: a", ""]),
    "blank lines at the end": (HEAD + "\n# why\nnote: a\n", ("note",), ["", "# why", "note: a"]),
    "below a text that would take the blank line": (
        HEAD + "note: |+\n  a\nticket: b\n\nowner: c\n",
        ("ticket",),
        ["ticket: b", ""],
    ),
    "what a comment above a blank line is not about": (
        HEAD + "# not this\n\nnote: a\nticket: b\n",
        ("note",),
        ["note: a"],
    ),
    "what a nested tail is not about": (
        f"{CHAT}{KEYS}    a: {{}}\n    # end of keys\nticket: b\nowner: c\n",
        ("ticket",),
        ["ticket: b"],
    ),
    "text that looks like a comment": (
        HEAD + "note: |\n  a\n  # text\nticket: b\nowner: c\n",
        ("ticket",),
        ["ticket: b"],
    ),
    "the first key below the head": ("# head\nversion: 1\nref: a\n", ("version",), ["version: 1"]),
    "the first key with its own comment": (
        "# head\n\n# own\nversion: 1\nref: a\n",
        ("version",),
        ["# own", "version: 1"],
    ),
}
"""What goes: file, path, and the lines."""


@pytest.mark.parametrize("name", REMOVED)
def test_apply_when_a_field_is_removed_then_its_lines_and_comments_go(name: str) -> None:
    text, path, gone = REMOVED[name]

    after = edited(text, Remove(0, path))

    lines = text.splitlines()
    starts = [at for at in range(len(lines)) if lines[at : at + len(gone)] == gone]
    assert after.splitlines() in [[*lines[:at], *lines[at + len(gone) :]] for at in starts]


def test_apply_when_nothing_is_left_then_the_mapping_is_empty_and_other_comments_stay() -> None:
    keys = "  # numbers\n  keys:  # all\n\n    # one\n    a: {name: A}  # beside\n    # end of keys\n"
    text = f"{CHAT}shared:\n{keys}owner: o\n"

    after = edited(text, Remove(0, ("shared", "keys", "a")))

    assert after == f"{CHAT}shared:\n  # numbers\n  keys: {{}}  # all\n\n    # end of keys\nowner: o\n"


def test_apply_when_there_is_nothing_to_do_then_the_same_bytes() -> None:
    data = b"name:   Sales"

    assert edit.apply(data, "f.yaml", [Put(0, ("name",), "Sales"), Remove(0, ("note",)), Remove(0, ("a", "b"))]) is data
    assert edit.apply(data, "f.yaml", []) is data


def test_apply_when_there_are_several_edits_then_each_is_on_what_the_others_left() -> None:
    asked: list[Edit] = [
        Put(0, ("access", 1, "subjects", 1), "group:y"),
        Remove(0, ("access", 0)),
        Put(0, ("access", 0, "subjects", 2), "group:z"),
        Put(0, ("description",), "one"),
        Put(0, ("description",), "two"),
        Remove(0, ("billing_account",)),
    ]

    after = edited(WITH_COMMENTS, *asked)

    lines = WITH_COMMENTS.splitlines()
    viewer = [lines[14], '      subjects: ["group:x", "group:y", "group:z"]', lines[16], lines[17]]
    assert after.splitlines() == [*lines[:8], "description: two", lines[8], *viewer, "# the end"]


def test_apply_when_one_of_many_documents_is_named_then_only_that_changes() -> None:
    text = f"# one\n{HEAD}---\n---\n# two\n{CHAT}...\n---\n{HEAD.replace('sales', 'other')}"

    by_number = edited(text, Put(1, ("name",), "D"))
    by_address = edited(text, Put(Address(Kind.CONNECTION, "s", "c"), ("name",), "D"))
    space = edited(text, Put(Address(Kind.SPACE, "other", "other"), ("name",), "E"))

    assert by_number == by_address == text.replace("name: C\n", "name: D\n")
    assert space == f"{text.removesuffix('name: Sales' + chr(10))}name: E\n"


@pytest.mark.parametrize("target", [3, Address(Kind.SPACE, "x", "x")])
def test_apply_when_the_document_is_gone_then_a_conflict(target: edit.Target) -> None:
    with pytest.raises(Conflict) as stopped:
        edited(HEAD, Put(target, ("name",), "A"))

    assert stopped.value.reason == "manifest_moved"


def test_apply_when_the_file_has_faults_then_they_are_told() -> None:
    with pytest.raises(InvalidManifest) as stopped:
        edited("a: [\n", Put(0, ("a",), 1))

    assert [issue.rule for issue in stopped.value.issues] == ["yaml-syntax"]


SHARED: dict[str, tuple[str, Edit, int, str]] = {
    "an alias": ("a: &x 1\nb: *x\n", Put(0, ("b",), 2), 2, "b"),
    "below an alias": ("a: &x {c: 1}\nb: *x\n", Put(0, ("b", "c"), 2), 2, "b"),
    "a merged field": ("a: &x {c: 1}\nb:\n  <<: *x\n  d: 1\n", Put(0, ("b", "c"), 2), 3, "b.c"),
    "what is removed comes from a merge": ("a: &x {c: 1}\nb:\n  <<: *x\n", Remove(0, ("b", "c")), 3, "b.c"),
    "a merge stands behind what is removed": ("a: &x {c: 1}\nb:\n  <<: *x\n  c: 2\n", Remove(0, ("b", "c")), 3, "b"),
    "an anchor that others use": ("a: &x 1\nb: *x\n", Put(0, ("a",), 2), 1, "a"),
    "within an anchor that others use": ("a: &x\n  c: 1\nb: *x\n", Put(0, ("a", "c"), 2), 2, "a"),
    "an anchor that others use is removed": ("a: &x 1\nb: *x\n", Remove(0, ("a",)), 1, "a"),
}
"""What an anchor has a hand in: file, edit, and the line and field that the fault names."""


@pytest.mark.parametrize("name", SHARED)
def test_apply_when_an_anchor_has_a_hand_in_it_then_it_is_refused(name: str) -> None:
    text, asked, line, field = SHARED[name]

    with pytest.raises(SsopsError) as stopped:
        edited(text, asked)

    assert stopped.value.reason == "edit_shared"
    assert dict(stopped.value.message.args) == {"file": "f.yaml", "line": line, "field": field}
    assert f"f.yaml:{line}" in say(stopped.value.message)
    assert stopped.value.hint is not None
    assert f"f.yaml:{line}" in say(stopped.value.hint)


FREE: dict[str, tuple[str, Edit, str]] = {
    "beside an alias": ("a: &x 1\nb: *x\nc: 1\n", Put(0, ("c",), 2), "a: &x 1\nb: *x\nc: 2\n"),
    "an alias is removed": ("a: &x 1\nb: *x\nc: 1\n", Remove(0, ("b",)), "a: &x 1\nc: 1\n"),
    "a field that overrides": (
        "a: &x {c: 1}\nb:\n  <<: *x\n  c: 2\n",
        Put(0, ("b", "c"), 3),
        "a: &x {c: 1}\nb:\n  <<: *x\n  c: 3\n",
    ),
    "a new field": ("a: &x {c: 1}\nb:\n  <<: *x\n", Put(0, ("b", "d"), 3), "a: &x {c: 1}\nb:\n  <<: *x\n  d: 3\n"),
    "a field that others override": (
        "a: &x\n  c: 1\n  e: 1\nb:\n  <<: *x\n  c: 2\n",
        Put(0, ("a", "c"), 3),
        "a: &x\n  c: 3\n  e: 1\nb:\n  <<: *x\n  c: 2\n",
    ),
}


@pytest.mark.parametrize("name", FREE)
def test_apply_when_an_anchor_has_no_hand_in_it_then_it_is_done(name: str) -> None:
    before, asked, after = FREE[name]

    assert edited(before, asked) == after


UNSAFE: dict[str, tuple[str, Sequence[Edit]]] = {
    "a number that readers round": (HEAD, [Put(0, ("note",), 12345678901234567890)]),
    "a key that is too long": (HEAD, [Put(0, ("x" * 2_000,), 1)]),
    "a key without a colon": ("x: {a, b}\n", [Put(0, ("x", "a"), 1)]),
    "a file that would be too deep": ("b: 1\n", [Put(0, tuple("a" * 40), 1)]),
}


@pytest.mark.parametrize("name", UNSAFE)
def test_apply_when_the_result_would_say_something_else_then_it_is_refused(name: str) -> None:
    text, asked = UNSAFE[name]

    with pytest.raises(SsopsError) as stopped:
        edited(text, *asked)

    assert stopped.value.reason == "edit_unsafe"
    assert len(say(stopped.value.message)) < 300


@pytest.mark.parametrize(("text", "code"), [("a\u202eb", "202E"), ("a\x1b[2J", "001B"), ("\ud800", "D800")])
def test_apply_when_no_manifest_can_hold_the_value_then_it_says_which_character(text: str, code: str) -> None:
    with pytest.raises(SsopsError) as stopped:
        edited(HEAD, Put(0, ("note",), {"x": ["ok", text]}))

    assert stopped.value.reason == "edit_character"
    assert f"U+{code}" in say(stopped.value.message)
    assert say(stopped.value.message).isprintable()


@pytest.mark.parametrize(
    ("path", "fault"),
    [(("name", "x"), TypeError), (("access", "x"), TypeError), (("access", 9), IndexError)],
)
def test_apply_when_the_path_leads_nowhere_then_the_caller_is_wrong(path: Any, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        edited(WITH_COMMENTS, Put(0, path, "x"))


FILES = sorted(EXAMPLES.rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_apply_when_an_example_gets_a_note_then_one_line_comes_in(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for number, document in enumerate(reader.read(text.encode(), "f.yaml")[0]):
        after = edited(text, Put(number, ("z_note",), "new"))

        assert len(after.splitlines()) == len(text.splitlines()) + 1
        assert after.replace("z_note: new\n", "") == text
        assert "z_note" not in document.data


def test_save_when_an_edit_was_made_then_the_file_is_replaced_at_once(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_text(HEAD)
    before = file.read_bytes()

    rewriting.save(tmp_path, [Formatted("f.yaml", before, edit.apply(before, "f.yaml", [Put(0, ("name",), "A")]))])

    assert file.read_text() == HEAD.replace("Sales", "A")
