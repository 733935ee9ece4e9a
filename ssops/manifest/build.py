"""One document -> one resource: canonical spec, entry, references, and the rules that need no other document.

This is on the path of every file of a cold run: values are shared with the document, not copied.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ssops.canonical import canonical, digest_of
from ssops.manifest import connection, names
from ssops.manifest.document import Document
from ssops.manifest.findings import Findings
from ssops.model import Address, Annotations, Entry, Issue, Json, Kind

_KINDS: Mapping[str, Kind] = {kind.value: kind for kind in Kind}
_PLAIN = Annotations()


@dataclass(frozen=True, slots=True)
class Built:
    """A resource as its document declares it: entry, canonical bytes of the spec, and what it refers to.

    The entry's location is the document's `ref`.
    """

    entry: Entry
    spec: bytes
    requires: tuple[Address, ...]


def build(document: Document) -> tuple[Built | None, tuple[Issue, ...]]:
    """Build the resource of a document without schema faults.

    Gives None beside the issues when one of them is an error; warnings may come with a resource. Which rules may
    speak: those of `domain.rules.MANIFEST` that need one document only. Issues are sorted by place.
    """
    data = document.data
    kind = _KINDS[data["kind"]]
    findings = Findings(document)
    spec = _SPECS[kind](data, findings)
    if findings.has_errors:
        names.check(data, findings)
        return None, findings.issues
    body = canonical(spec)
    if not body.isascii():
        names.check(data, findings)
    return Built(_entry(document, kind, digest_of(body)), body, _requires(kind, data)), findings.issues


def address_of(data: Json) -> Address | None:
    """Give the address that a document declares, also one with faults; None when it does not get that far."""
    if not isinstance(data, dict):
        return None
    kind, ref = data.get("kind"), data.get("ref")
    space = ref if kind == Kind.SPACE else data.get("space")
    if isinstance(kind, str) and kind in _KINDS and isinstance(ref, str) and isinstance(space, str):
        return Address(_KINDS[kind], space, ref)
    return None


def _entry(document: Document, kind: Kind, digest: str) -> Entry:
    data = document.data
    ref = data["ref"]
    annotations = _PLAIN
    if "owner" in data or "note" in data or "ticket" in data:
        annotations = Annotations(data.get("owner", ""), data.get("note", ""), data.get("ticket", ""))
    return Entry(
        Address(kind, ref if kind is Kind.SPACE else data["space"], ref),
        data["name"],
        digest,
        location=document.locate(("ref",)),
        managed=data.get("managed", True),
        delete=data.get("delete", False),
        retired=data.get("retired", False),
        annotations=annotations,
    )


def _requires(kind: Kind, data: Json) -> tuple[Address, ...]:
    if kind is Kind.SPACE:
        return ()
    space = Address(Kind.SPACE, data["space"], data["space"])
    if kind is Kind.CONNECTION:
        return (space,)
    return (space, Address(Kind.CONNECTION, data["space"], data["connection"]))


def _space(data: Json, findings: Findings) -> Json:
    made = {"name": data["name"], "description": data.get("description", "")}
    if "billing_account" in data:
        made["billing_account"] = data["billing_account"]
    if "access" in data:
        made["access"] = _access(data["access"], findings)
    if data.get("protect"):
        made["protect"] = True
    return made


def _access(bindings: Json, findings: Findings) -> Json:
    """Merge the bindings of a role: the list is a set, so its order and its repeats are no change."""
    access: dict[str, set[str]] = {}
    for index, binding in enumerate(bindings):
        subjects = access.setdefault(binding["role"], set())
        for at, subject in enumerate(binding["subjects"]):
            if subject in subjects:
                path = ("access", index, "subjects", at)
                findings.add("subject-duplicate", path, subject=subject, role=binding["role"])
            subjects.add(subject)
    return {role: sorted(subjects) for role, subjects in access.items() if subjects}


def _project(data: Json, findings: Findings) -> Json:  # noqa: ARG001 - one signature for all kinds
    made = {
        "name": data["name"],
        "description": data.get("description", ""),
        "connection": data["connection"],
        "filters": data.get("filters", {}),
    }
    if data.get("protect"):
        made["protect"] = True
    return made


_SPECS: Mapping[Kind, Callable[[Json, Findings], Json]] = {
    Kind.SPACE: _space,
    Kind.CONNECTION: connection.spec,
    Kind.PROJECT: _project,
}
