"""Canonical specs and entries of single documents."""

from __future__ import annotations

import json
from itertools import permutations

import pytest

from ssops.canonical import canonical, digest
from ssops.manifest import build, reader
from ssops.manifest.document import Document
from ssops.model import Address, Annotations, Entry, Json, Kind, Location

HEAD = "version: 1\nkind: connection\nref: pbx\nspace: sales\nname: PBX\n"
SPACE = "version: 1\nkind: space\nref: sales\nname: Sales\n"
PLAIN_SHARED = {"date": {"type": "date"}, "direction_outgoing": {"type": "boolean"}, "language": {"type": "string"}}
CHANNELS = "agent: {channel: 0}\ncustomer: {channel: 1}\n"


def test_build_when_a_chat_is_minimal_then_the_spec_is_whole() -> None:
    spec = _spec(HEAD + "data_type: chat\n")

    assert spec == {
        "name": "PBX",
        "description": "",
        "data_type": "chat",
        "agent": {"keys": {"operator_name": {"type": "string"}, "operator_id": {"type": "string"}}},
        "customer": {"keys": {"client_name": {"type": "string"}, "client_id": {"type": "string"}}},
        "bot": {"keys": {"bot_name": {"type": "string"}, "bot_id": {"type": "string"}}},
        "shared": {"keys": PLAIN_SHARED},
    }


def test_build_when_keys_are_written_then_added_ones_are_complete_and_default_ones_as_written() -> None:
    text = """\
data_type: two_channel_audio
description: All calls
retired: true
agent:
  channel: 1
  keys:
    operator_id: {name: Agent ID, type: string, retired: false}
    branch: {name: Branch, type: string}
customer: {channel: 0}
shared:
  keys:
    language: {retired: true}
    total: {name: Total, type: decimal, description: Order total}
    old: {name: Old, type: url, retired: true}
"""

    spec = _spec(HEAD + text)

    assert spec == {
        "name": "PBX",
        "description": "All calls",
        "data_type": "two_channel_audio",
        "retired": True,
        "agent": {
            "channel": 1,
            "keys": {
                "operator_name": {"type": "string"},
                "operator_id": {"type": "string", "name": "Agent ID"},
                "branch": {"type": "string", "name": "Branch", "description": ""},
            },
        },
        "customer": {"channel": 0, "keys": {"client_name": {"type": "string"}, "client_id": {"type": "string"}}},
        "shared": {
            "keys": PLAIN_SHARED
            | {
                "language": {"type": "string", "retired": True},
                "total": {"type": "decimal", "name": "Total", "description": "Order total"},
                "old": {"type": "url", "name": "Old", "description": "", "retired": True},
            }
        },
    }


@pytest.mark.parametrize(
    ("written", "split"),
    [
        ("{by: duration, segment: 5m30s}", {"by": "duration", "segment_s": 330}),
        ("{by: duration, segment: 90s}", {"by": "duration", "segment_s": 90}),
        ("{by: duration, segment: 2m}", {"by": "duration", "segment_s": 120}),
        ("{by: phrases, start: [b, a]}", {"by": "phrases", "start": ["b", "a"], "finish": []}),
    ],
    ids=["minutes and seconds", "seconds", "minutes", "phrases"],
)
def test_build_when_dialogs_are_split_then_the_split_is_canonical(written: str, split: Json) -> None:
    assert _spec(HEAD + f"data_type: single_channel_audio\nsplit: {written}\n")["split"] == split


def test_build_when_a_space_is_minimal_then_billing_and_access_are_not_managed() -> None:
    assert _spec(SPACE) == {"name": "Sales", "description": ""}


@pytest.mark.parametrize(
    ("written", "access"),
    [
        ("[]", {}),
        (
            "[{role: editor, subjects: ['group:b', 'group:a']}, {role: editor, subjects: ['group:d']}]",
            {"editor": ["group:a", "group:b", "group:d"]},
        ),
    ],
    ids=["nobody", "bindings of one role"],
)
def test_build_when_a_space_has_access_then_it_is_a_set_for_each_role(written: str, access: Json) -> None:
    spec = _spec(SPACE + f"billing_account: dn2example\naccess: {written}\n")

    assert spec == {"name": "Sales", "description": "", "billing_account": "dn2example", "access": access}


def test_build_when_a_project_is_written_then_it_requires_space_and_connection() -> None:
    text = "version: 1\nkind: project\nref: vip\nspace: sales\nconnection: pbx\nname: VIP\nfilters: {tier: gold}\n"

    built = _built(text)

    assert json.loads(built.spec) == {
        "name": "VIP",
        "description": "",
        "connection": "pbx",
        "filters": {"tier": "gold"},
    }
    assert built.requires == (Address(Kind.SPACE, "sales", "sales"), Address(Kind.CONNECTION, "sales", "pbx"))


def test_build_when_everything_beside_the_spec_is_written_then_the_entry_has_it() -> None:
    text = SPACE + "managed: false\ndelete: true\nowner: Me\nnote: Why\nticket: OPS-1\n"

    built = _built(text)

    assert built.entry == Entry(
        Address(Kind.SPACE, "sales", "sales"),
        "Sales",
        digest({"name": "Sales", "description": ""}),
        location=Location("spaces/sales.yaml", 3, 6),
        managed=False,
        delete=True,
        annotations=Annotations("Me", "Why", "OPS-1"),
    )
    assert built.requires == ()


def test_build_when_built_then_the_spec_is_canonical_and_the_digest_is_its_own() -> None:
    built = _built(HEAD + "data_type: chat\ndescription: Чат\n")

    assert built.spec == canonical(json.loads(built.spec))
    assert built.entry.digest == digest(json.loads(built.spec))


def test_build_when_fields_are_in_another_order_then_the_spec_is_the_same() -> None:
    fields = [
        "agent: {keys: {b: {type: url, name: B}, operator_id: {name: ID}, a: {name: A, type: url}}, channel: 0}\n",
        "customer: {channel: 1}\n",
        "data_type: two_channel_audio\n",
    ]

    specs = {_built("".join(order) + HEAD).spec for order in permutations(fields)}
    reverse = fields[0].replace("b: {type: url, name: B}, ", "").replace("a: {", "b: {name: B, type: url}, a: {")
    specs.add(_built(HEAD + reverse + fields[1] + fields[2]).spec)

    assert len(specs) == 1


def test_build_when_a_channel_is_written_as_a_fraction_then_the_spec_is_the_same() -> None:
    fraction = CHANNELS.replace("1", "1.0").replace("0}", "0.0}", 1)

    assert (
        _built(HEAD + "data_type: two_channel_audio\n" + fraction).spec
        == _built(HEAD + "data_type: two_channel_audio\n" + CHANNELS).spec
    )


def test_build_when_values_are_shared_through_aliases_then_the_document_stays_as_it_was() -> None:
    text = HEAD + (
        "data_type: two_channel_audio\n"
        "agent: {channel: 0, keys: &keys {city: {name: City, type: string, retired: false}}}\n"
        "customer: {channel: 1, keys: *keys}\n"
    )
    document = _document(text)
    before = json.dumps(document.data)

    build.build(document)

    assert json.dumps(document.data) == before


@pytest.mark.parametrize(
    ("data", "address"),
    [
        ({"kind": "space", "ref": "sales"}, Address(Kind.SPACE, "sales", "sales")),
        ({"kind": "connection", "ref": "pbx", "space": "sales"}, Address(Kind.CONNECTION, "sales", "pbx")),
        ({"kind": "connection", "ref": "pbx"}, None),
        ({"kind": "connection", "ref": "pbx", "space": []}, None),
        ({"kind": ["space"], "ref": "sales"}, None),
        ({"kind": "conection", "ref": "pbx", "space": "sales"}, None),
        ({"kind": "space", "ref": 1}, None),
        ([], None),
    ],
    ids=repr,
)
def test_address_of_when_a_document_has_faults_then_it_is_given_where_it_is_told(
    data: Json, address: Address | None
) -> None:
    assert build.address_of(data) == address


def _document(text: str) -> Document:
    documents, issues = reader.read(text.encode(), "spaces/sales.yaml")
    assert issues == ()
    return documents[0]


def _built(text: str) -> build.Built:
    built, issues = build.build(_document(text))
    assert built is not None, issues
    return built


def _spec(text: str) -> Json:
    return json.loads(_built(text).spec)
