"""The team's policy: protected resources, the team's own schemas, and no more changes than agreed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning import ALL, PBX, PBX_SPEC, SPACE, SPACE_SPEC, VIP, VIP_SPEC, desired, marked, plan, put
from workspaces import ADMIN, apply, written

from ssops import pipeline
from ssops import workspace as looking
from ssops.cache import Cache
from ssops.cli import boundary
from ssops.errors import Blocked, Conflict, InvalidManifest
from ssops.manifest import config, load
from ssops.messages import say
from ssops.model import Action, Address, Change, Execution, Issue, Plan, Severity, Spec, Verdict

DOCUMENT: dict[str, Any] = {"version": 1, "kind": "space", "ref": "sales", "name": "Sales", "description": "Calls"}
CHAT: dict[str, Any] = {
    "version": 1,
    "kind": "connection",
    "ref": "chat",
    "space": "sales",
    "name": "Chat",
    "data_type": "chat",
}
PROTECTED = {address: put(spec, ("protect",), True) for address, spec in ALL.items()}


def described(spec: Spec, text: str = "new") -> dict[str, Any]:
    return put(spec, ("description",), text)


def only(made: Plan) -> Change:
    assert len(made.changes) == 1
    return made.changes[0]


def told(change: Change) -> tuple[str, str]:
    assert change.reason is not None
    assert change.remedy is not None
    return say(change.reason), say(change.remedy)


# -- protect


def test_protect_when_a_resource_is_new_then_it_is_created_with_it() -> None:
    made = plan(PROTECTED)

    assert [(change.action, change.execution) for change in made.changes] == [(Action.CREATE, Execution.AUTO)] * 3
    assert all("protect" in [field.path[0] for field in change.fields] for change in made.changes)


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        pytest.param(True, True, "is protected: nothing may change it", id="protected"),
        pytest.param(True, None, "was protected until now, and it changes in the same go", id="lifted-with-it"),
        pytest.param(None, True, "becomes protected and changes in one go", id="new-with-it"),
    ],
)
@pytest.mark.parametrize("address", ALL, ids=str)
def test_protect_when_a_protected_resource_changes_then_the_change_is_blocked(
    address: Address, before: bool | None, after: bool | None, sentence: str
) -> None:
    known = {**ALL, address: PROTECTED[address] if before else ALL[address]}
    wanted = {**ALL, address: described(PROTECTED[address] if after else ALL[address])}

    change = only(plan(wanted, known))

    assert (change.action, change.execution) == (Action.UPDATE, Execution.BLOCKED)
    assert change.rules == ("policy-protected",)
    assert told(change)[0] == f"{address} {sentence}"


def test_protect_when_another_change_is_planned_then_it_is_shown_beside_the_blocked_one() -> None:
    wanted = {**ALL, SPACE: described(PROTECTED[SPACE]), VIP: described(VIP_SPEC)}

    made = plan(wanted, {**ALL, SPACE: PROTECTED[SPACE]})

    assert made.verdict is Verdict.BLOCKED
    assert [(change.address, change.execution) for change in made.changes] == [
        (SPACE, Execution.BLOCKED),
        (VIP, Execution.AUTO),
    ]


def test_protect_when_a_protected_connection_is_retired_then_it_is_blocked() -> None:
    change = only(plan({**ALL, PBX: put(PROTECTED[PBX], ("retired",), True)}, {**ALL, PBX: PROTECTED[PBX]}))

    assert (change.action, change.execution, change.rules) == (
        Action.RETIRE,
        Execution.BLOCKED,
        ("policy-protected",),
    )


@pytest.mark.parametrize("recorded", [PROTECTED[VIP], VIP_SPEC], ids=["recorded", "written"])
@pytest.mark.parametrize("wanted", [PROTECTED[VIP], VIP_SPEC], ids=["still-written", "not-written"])
def test_protect_when_a_protected_project_is_deleted_then_it_is_blocked(recorded: Spec, wanted: Spec) -> None:
    asked = marked(desired({**ALL, VIP: wanted}), VIP, delete=True)
    is_free = recorded is wanted is VIP_SPEC

    change = only(plan(asked, {**ALL, VIP: recorded}))

    assert change.action is Action.DELETE
    assert change.execution is (Execution.AUTO if is_free else Execution.BLOCKED)
    assert ("policy-protected" in change.rules) is not is_free


def test_protect_when_a_space_takes_a_protected_connection_along_then_its_deletion_is_blocked() -> None:
    asked = marked(desired({SPACE: SPACE_SPEC}), SPACE, delete=True)

    made = plan(asked, {**ALL, PBX: PROTECTED[PBX]})

    deletion = next(change for change in made.changes if change.action is Action.DELETE)
    assert deletion.execution is Execution.BLOCKED
    assert told(deletion)[0] == f"{SPACE} cannot be deleted: {PBX} goes with it and is protected"


@pytest.mark.parametrize(("before", "after"), [(None, True), (True, None)], ids=["set", "lifted"])
@pytest.mark.parametrize("address", ALL, ids=str)
def test_protect_when_only_it_changes_then_only_the_record_does(
    address: Address, before: bool | None, after: bool | None
) -> None:
    known = {**ALL, address: PROTECTED[address] if before else ALL[address]}
    wanted = {**ALL, address: PROTECTED[address] if after else ALL[address]}

    change = only(plan(wanted, known, capabilities={}))

    assert (change.action, change.execution, change.rules) == (Action.UPDATE, Execution.AUTO, ())
    assert [field.path for field in change.fields] == [("protect",)]
    assert change.role is not None
    assert change.reason is not None
    assert say(change.reason).startswith("only the record changes")


def test_protect_when_live_drifted_then_nothing_is_put_back_until_it_is_lifted() -> None:
    known, drifted = {**ALL, PBX: PROTECTED[PBX]}, {**ALL, PBX: described(PBX_SPEC, "by hand")}

    kept, lifted = plan(known, known, drifted), plan(ALL, known, drifted)

    assert only(kept).execution is Execution.BLOCKED
    assert told(only(kept))[0].endswith("it was changed outside ssops: nothing is put back")
    assert only(lifted).execution is Execution.AUTO
    assert sorted(field.path for field in only(lifted).fields) == [("description",), ("protect",)]


def test_protect_when_the_change_is_impossible_too_then_both_are_told() -> None:
    change = only(plan({**ALL, PBX: put(PROTECTED[PBX], ("name",), "Other")}, {**ALL, PBX: PROTECTED[PBX]}))

    assert change.rules == ("connection-name-fixed", "policy-protected")
    assert [one.reason.id for one in change.advice] == ["policy-protected", "connection-name-fixed"]


def test_retire_when_a_metadata_key_is_called_so_then_it_is_an_update() -> None:
    key = {"type": "string", "name": "Retired", "description": ""}

    change = only(plan({**ALL, PBX: put(PBX_SPEC, ("agent", "keys", "retired"), key)}, ALL))

    assert change.action is Action.UPDATE


@given(
    st.dictionaries(st.sampled_from(sorted(ALL)), st.sampled_from(["protect", "lift", "keep"])),
    st.dictionaries(st.sampled_from(sorted(ALL)), st.sampled_from(["description", "name", "gone"])),
)
def test_law_when_anything_protected_changes_then_never_without_a_review_of_its_own(
    protection: Mapping[Address, str], moves: Mapping[Address, str]
) -> None:
    known = {at: PROTECTED[at] if protection.get(at) in ("lift", "keep") else spec for at, spec in ALL.items()}
    wanted = {at: PROTECTED[at] if protection.get(at) in ("protect", "keep") else spec for at, spec in ALL.items()}
    for address, move in moves.items():
        if move == "gone":
            del wanted[address]
        else:
            wanted[address] = put(wanted[address], (move,), "other")

    made = plan(wanted, known)

    for change in made.changes:
        if protection.get(change.address) and change.execution is Execution.AUTO:
            assert [field.path for field in change.fields] == [("protect",)]


def test_protect_when_walked_then_it_holds_until_its_own_change_is_applied(tmp_path: Path) -> None:
    guarded, changed = {**DOCUMENT, "protect": True}, {**DOCUMENT, "description": "Other"}

    apply(written(tmp_path, [guarded]))
    with pytest.raises(Blocked) as held:
        apply(written(tmp_path, [{**changed, "protect": True}]))
    with pytest.raises(Blocked) as sneaked:
        apply(written(tmp_path, [changed]))
    lifted = apply(written(tmp_path, [DOCUMENT]))
    done = apply(written(tmp_path, [changed]))
    again = pipeline.plan(written(tmp_path, [changed]))

    assert (held.value.reason, sneaked.value.reason) == ("policy", "policy")
    assert [field.path for field in lifted.plan.changes[0].fields] == [("protect",)]
    assert [str(field.path[0]) for field in done.plan.changes[0].fields] == ["description"]
    assert again.changes == ()


def test_protect_when_it_is_set_then_the_service_never_hears_of_it(tmp_path: Path) -> None:
    apply(written(tmp_path, [DOCUMENT, CHAT]))

    apply(written(tmp_path, [{**DOCUMENT, "protect": True}, {**CHAT, "protect": True}]))

    workspace = written(tmp_path, [{**DOCUMENT, "protect": True}, {**CHAT, "protect": True}])
    with workspace.provider.reader() as reader:
        live = [reader.spec(row.id) for row in reader.rows()]
    assert len(live) == 2
    assert all("protect" not in spec for spec in live)
    assert pipeline.plan(workspace).changes == ()


# -- the team's schemas

OWNER = {
    "x-ssops-kind": "space",
    "x-message": "every space has an owner",
    "required": ["owner"],
    "properties": {
        "name": {"pattern": "^[A-Z]", "x-message": "names begin with a capital letter", "x-severity": "warning"}
    },
}


def team(folder: Path, *schemas: Any, documents: tuple[Any, ...] = (DOCUMENT,)) -> looking.Workspace:
    """Write documents and schemas of the team, each as JSON or, where it is text, as it is."""
    (folder / "policy").mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(schemas):
        text = one if isinstance(one, str) else json.dumps(one)
        (folder / f"policy/{number}.schema.json").write_text(text, encoding="utf-8")
    return written(folder, documents, policy={"schemas": ["policy/*.schema.json"]})


def seen(issues: tuple[Issue, ...]) -> list[tuple[str, str, str, int, int, str]]:
    return [(i.severity, i.rule, i.location.file, i.location.line, i.location.column, say(i.message)) for i in issues]


def test_schemas_when_a_document_breaks_one_then_the_teams_words_at_the_place(tmp_path: Path) -> None:
    workspace = team(tmp_path, OWNER)
    (tmp_path / "manifests/0000.yaml").write_text("version: 1\nkind: space\nref: sales\nname: sales\n")

    found = pipeline.validate(workspace)

    assert seen(found.issues) == [
        ("error", "policy-schema", "manifests/0000.yaml", 1, 1, "every space has an owner"),
        ("warning", "policy-schema", "manifests/0000.yaml", 4, 7, "names begin with a capital letter"),
    ]
    assert [say(issue.hint) for issue in found.issues if issue.hint] == [
        "this is a rule of the team: #/required in policy/0.schema.json",
        "this is a rule of the team: #/properties/name/pattern in policy/0.schema.json",
    ]
    assert found.issues[1].excerpt == "name: sales"
    assert [str(address) for address in found.resources.entries] == ["space/sales"]


def test_schemas_when_a_document_keeps_them_then_nothing_is_said(tmp_path: Path) -> None:
    workspace = team(tmp_path, OWNER, documents=({**DOCUMENT, "owner": "Sales"},))

    assert pipeline.validate(workspace).issues == ()
    assert pipeline.plan(workspace).verdict is Verdict.CHANGES


@pytest.mark.parametrize(
    ("schema", "place", "said"),
    [
        pytest.param({"properties": {"name": {}}, "additionalProperties": False}, (1, 2), None, id="additional-key"),
        pytest.param(
            {"propertyNames": {"maxLength": 4, "x-message": "short names"}}, (1, 2), "short names", id="names"
        ),
        pytest.param({"properties": {"name": False}}, (1, 57), "'name' does not fit a schema of the team", id="false"),
        pytest.param({"not": {}, "x-message": "none"}, (1, 1), "none", id="document"),
        pytest.param({"not": {}}, (1, 1), "the document does not fit a schema of the team", id="document-unsaid"),
        pytest.param(
            {"properties": {"name": {"$ref": "#/$defs/n", "x-message": "outer"}}, "$defs": {"n": {"const": 1}}},
            (1, 57),
            "outer",
            id="reference",
        ),
        pytest.param(
            {"$ref": "#/$defs/a~1b", "$defs": {"a/b": {"properties": {"name": {"const": 1, "x-message": "inner"}}}}},
            (1, 57),
            "inner",
            id="inside-reference",
        ),
        pytest.param(
            {"x-message": "outer", "if": {}, "then": {"required": ["owner"], "x-message": "then"}},
            (1, 1),
            "then",
            id="condition",
        ),
        pytest.param(
            {"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"name": {"const": 1}}},
            (1, 57),
            "'name' does not fit a schema of the team",
            id="draft-7",
        ),
    ],
)
def test_schemas_when_a_keyword_says_no_then_place_and_words_are_those_of_the_innermost(
    tmp_path: Path, schema: dict[str, Any], place: tuple[int, int], said: str | None
) -> None:
    first = pipeline.validate(team(tmp_path, {"x-ssops-kind": ["space"], **schema})).issues[0]

    assert (first.location.line, first.location.column) == place
    assert said is None or say(first.message) == said


def test_schemas_when_they_are_for_another_kind_then_they_do_not_judge(tmp_path: Path) -> None:
    workspace = team(tmp_path, {"x-ssops-kind": ["connection", "project"], "not": {}})

    assert pipeline.validate(workspace).issues == ()


def test_schemas_when_an_error_stands_then_the_plan_is_whole_and_blocked(tmp_path: Path) -> None:
    workspace = team(tmp_path, OWNER)

    made = pipeline.plan(workspace)

    assert made.verdict is Verdict.BLOCKED
    assert [str(change.address) for change in made.changes] == ["space/sales"]
    assert [issue.rule for issue in made.issues] == ["policy-schema"]
    with pytest.raises(Blocked) as refused:
        apply(workspace)
    assert refused.value.reason == "policy"


def test_schemas_when_only_warnings_stand_then_the_plan_applies(tmp_path: Path) -> None:
    workspace = team(tmp_path, {**OWNER, "x-severity": "warning"})

    assert [issue.severity for issue in apply(workspace).plan.issues] == [Severity.WARNING]


def test_schemas_when_they_change_after_the_review_then_the_plan_is_refused(tmp_path: Path) -> None:
    reviewed = pipeline.plan(team(tmp_path, {"x-ssops-kind": "space"}))

    with pytest.raises(Blocked):
        apply(team(tmp_path, OWNER), reviewed=reviewed)
    with pytest.raises(Conflict) as stale:
        apply(team(tmp_path, {"x-ssops-kind": "space", "title": "other"}), reviewed=reviewed)

    assert stale.value.reason == "plan_stale"


def test_max_changes_when_it_is_lowered_after_the_review_then_the_plan_is_refused(tmp_path: Path) -> None:
    reviewed = pipeline.plan(written(tmp_path, [DOCUMENT, CHAT]))

    with pytest.raises(Blocked):
        apply(written(tmp_path, [DOCUMENT, CHAT], policy={"max_changes": 1}), reviewed=reviewed)


def test_schemas_when_a_cache_is_used_then_results_are_those_without(tmp_path: Path) -> None:
    plain = {"x-ssops-kind": "space"}

    def issues(*schemas: Any) -> tuple[list[Any], list[Any]]:
        settings = team(tmp_path / "r", *schemas).config
        with Cache(tmp_path / "cache", "salt" * 8) as cache:
            kept = load.load(settings, cache, now_ns=later)
        return seen(kept.issues), seen(load.load(settings, None).issues)

    for schema in (plain, OWNER, OWNER, plain, OWNER, "{", "{", {**OWNER, "x-message": "other"}):
        with_cache, without = issues(schema)
        assert with_cache == without


def later() -> int:
    """A clock that is ten seconds ahead: whatever was just written has settled."""
    import time

    return time.time_ns() + 10_000_000_000


@pytest.mark.parametrize(
    ("schema", "place", "words"),
    [
        pytest.param("{", (1, 2), "this is not JSON", id="no-json"),
        pytest.param("", (1, 1), "this is not JSON", id="empty"),
        pytest.param('{"maximum": NaN}', (1, 1), "this is not JSON", id="nan"),
        pytest.param('{"a":' * 100_000, (1, 1), "this is not JSON", id="deep"),
        pytest.param('{"not":' * 900 + "{}" + "}" * 900, (1, 1), "cannot be used", id="deep-json"),
        pytest.param("[]", (1, 1), "a schema of the team is a JSON object", id="list"),
        pytest.param('{"type": "object"}', (1, 1), "which kind of document", id="no-kind"),
        pytest.param('{"x-ssops-kind": "spaces"}', (1, 2), "which kind of document", id="unknown-kind"),
        pytest.param('{"x-ssops-kind": []}', (1, 2), "which kind of document", id="no-kinds"),
        pytest.param('{"x-ssops-kind": "space",\n "type": "text"}', (2, 2), "cannot be used", id="no-such-type"),
        pytest.param('{"x-ssops-kind": "space", "pattern": "(?=a)"}', (1, 27), "cannot be used", id="lookahead"),
        pytest.param(
            '{"x-ssops-kind": "space", "pattern": "(a)\\\\1"}', (1, 27), "cannot be used", id="back-reference"
        ),
        pytest.param('{"x-ssops-kind": "space", "$ref": "other.json"}', (1, 1), "cannot be used", id="other-file"),
        pytest.param('{"x-ssops-kind": "space", "$ref": "file:///etc/hostname"}', (1, 1), "cannot be used", id="file"),
        pytest.param(
            '{"x-ssops-kind": "space", "$ref": "http://127.0.0.1:9/"}', (1, 1), "cannot be used", id="network"
        ),
        pytest.param(
            '{"x-ssops-kind": "space", "$schema": "http://127.0.0.1:9/"}', (1, 1), "cannot be used", id="meta"
        ),
        pytest.param('{"x-ssops-kind": "space", "$ref": "#/$defs/none"}', (1, 1), "cannot be used", id="nowhere"),
        pytest.param('{"x-ssops-kind": "space", "x-severity": "warn"}', (1, 27), "x-severity", id="severity"),
        pytest.param(
            '{"x-ssops-kind": "space", "allOf": [{"x-message": ["a"]}]}', (1, 38), "x-message is no text", id="message"
        ),
    ],
)
def test_schemas_when_a_file_cannot_be_used_then_an_issue_in_that_file(
    tmp_path: Path, schema: str, place: tuple[int, int], words: str
) -> None:
    workspace = team(tmp_path, schema)

    [issue] = pipeline.validate(workspace).issues

    assert (issue.rule, issue.location) == ("policy-schema-file", ("policy/0.schema.json", *place))
    assert words in say(issue.message)
    with pytest.raises(InvalidManifest):
        pipeline.plan(workspace)


def test_schemas_when_a_property_is_called_like_our_words_then_it_is_a_property(tmp_path: Path) -> None:
    workspace = team(tmp_path, {"x-ssops-kind": "space", "properties": {"x-message": {}, "x-severity": True}})

    assert pipeline.validate(workspace).issues == ()


@pytest.mark.parametrize(
    ("listed", "rule", "said"),
    [
        pytest.param("nothing/*.json", "policy-schema-file", "there is no schema at 'nothing/*.json'", id="none"),
        pytest.param("../outside.json", "policy-schema-file", "leads out of the folder", id="outside"),
        pytest.param("link.json", "policy-schema-file", "leads out of the folder", id="link"),
        pytest.param("manifests", "file-unreadable", "cannot be read", id="folder"),
    ],
)
def test_schemas_when_a_path_is_wrong_then_an_issue_names_it(tmp_path: Path, listed: str, rule: str, said: str) -> None:
    folder = tmp_path / "repository"
    workspace = written(folder, [DOCUMENT], policy={"schemas": [listed]})
    (tmp_path / "outside.json").write_text('{"x-ssops-kind": "space"}')
    (folder / "link.json").symlink_to(tmp_path / "outside.json")

    [issue] = pipeline.validate(workspace).issues

    assert (issue.rule, issue.severity) == (rule, Severity.ERROR)
    assert said in say(issue.message)


def test_schemas_when_a_path_is_listed_wrong_then_the_place_is_in_the_configuration(tmp_path: Path) -> None:
    workspace = written(tmp_path, [DOCUMENT])
    text = "version: 1\norganization: bpfexample0000000001\nmanifests: [manifests]\npolicy:\n  schemas: [a.json]\n"
    (tmp_path / "ssops.yaml").write_text(text)

    [issue] = pipeline.validate(replaced(workspace, tmp_path)).issues

    assert (issue.location, issue.excerpt) == (("ssops.yaml", 5, 13), "  schemas: [a.json]")


def replaced(workspace: looking.Workspace, folder: Path) -> looking.Workspace:
    return looking.open(config.load(folder / "ssops.yaml"), workspace.cache, {})


def test_schemas_when_a_pattern_would_backtrack_then_it_takes_no_time(tmp_path: Path) -> None:
    evil = {"x-ssops-kind": "space", "properties": {"description": {"pattern": "^(a+)+$"}}}
    workspace = team(tmp_path, evil, documents=({**DOCUMENT, "description": "a" * 50_000 + "!"},))

    assert [issue.rule for issue in pipeline.validate(workspace).issues] == ["policy-schema"]


@pytest.mark.parametrize(
    "schema",
    [{"$ref": "#"}, {"allOf": [{"$ref": "#"}]}, {"$dynamicAnchor": "x", "$dynamicRef": "#x"}],
    ids=["itself", "all-of", "dynamic"],
)
def test_schemas_when_one_refers_to_itself_then_it_ends(tmp_path: Path, schema: dict[str, Any]) -> None:
    workspace = team(tmp_path, {"x-ssops-kind": "space", **schema})

    assert pipeline.validate(workspace).issues == ()


# -- through the command line

Call = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.setenv("SSOPS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)

    def called(*arguments: str) -> tuple[int, dict[str, Any]]:
        code = boundary.run([*arguments, "--format", "json"])
        printed: dict[str, Any] = json.loads(capsys.readouterr().out)
        return code, printed

    return called


def test_plan_when_a_schema_is_broken_by_a_document_then_3_and_the_whole_plan(tmp_path: Path, call: Call) -> None:
    team(tmp_path, OWNER)

    for _ in range(2):
        code, printed = call("plan")
        assert (code, printed["verdict"], len(printed["changes"])) == (3, "blocked", 1)
        assert [(issue["rule"], issue["message"]) for issue in printed["issues"]] == [
            ("policy-schema", "every space has an owner")
        ]


def test_validate_when_a_schema_is_broken_by_a_document_then_4(tmp_path: Path, call: Call) -> None:
    team(tmp_path, OWNER)

    code, printed = call("validate")

    assert (code, printed["valid"], printed["issues"][0]["rule"]) == (4, False, "policy-schema")


def test_plan_when_there_are_too_many_changes_then_3_and_the_whole_plan(tmp_path: Path, call: Call) -> None:
    written(tmp_path, [DOCUMENT, CHAT], policy={"max_changes": 1})

    code, printed = call("plan")

    assert (code, printed["verdict"], len(printed["changes"])) == (3, "blocked", 2)
    assert [issue["rule"] for issue in printed["issues"]] == ["policy-max-changes"]


def test_apply_when_the_policy_is_broken_then_3_and_nothing_is_written(tmp_path: Path, call: Call) -> None:
    team(tmp_path, OWNER)
    before = sorted(str(path) for path in tmp_path.rglob("*") if "cache" not in path.parts)

    code, printed = call("apply", "--auto-approve", "--actor", str(ADMIN))

    assert (code, printed["error"]["reason"]) == (3, "policy")
    after = sorted(str(path) for path in tmp_path.rglob("*") if "cache" not in path.parts)
    assert [path for path in after if path not in before and not path.endswith(".lock")] == []


def test_plan_when_a_protected_resource_changes_then_3_and_the_plan_says_why(tmp_path: Path, call: Call) -> None:
    apply(written(tmp_path, [{**DOCUMENT, "protect": True}]))
    written(tmp_path, [{**DOCUMENT, "protect": True, "name": "Other"}])

    code, printed = call("plan")
    refused, told_ = call("apply", "--auto-approve", "--actor", str(ADMIN))

    assert (code, printed["changes"][0]["rules"]) == (3, ["policy-protected"])
    assert printed["changes"][0]["execution"] == "blocked"
    assert (refused, told_["error"]["reason"]) == (3, "policy")
