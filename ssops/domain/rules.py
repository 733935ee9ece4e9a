"""The catalogue of rules: every check that can speak, by stable id, with the public source of its fact.

Titles and reasons are sentences of the catalogue of messages: `rule.ID.title` and `rule.ID.why`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ssops.model import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. `source` is a public page or file, empty where the rule is ssops's own and no fact of the service."""

    id: str
    severity: Severity = Severity.ERROR
    source: str = ""


def _table(*rules: Rule) -> dict[str, Rule]:
    return {rule.id: rule for rule in rules}


_CREATE = "yandex-cloud/docs: en/speechsense/operations/connection/create.md"
_EDIT = "yandex-cloud/docs: en/speechsense/operations/connection/edit.md"
_PHRASES = "yandex-cloud/docs: en/_includes/speechsense/data/key-phrases-restrictions.md"
_LIMITS = "yandex-cloud/docs: en/_includes/speechsense-limits.md@3d07edf"
_HIERARCHY = "yandex-cloud/docs: en/speechsense/concepts/resources-hierarchy.md"
_PROJECT = "yandex-cloud/docs: en/speechsense/operations/project/create.md"
_PROJECT_API = "yandex-cloud/cloudapi: yandex/cloud/speechsense/v1/project_service.proto"
_GET_DIALOG = "yandex-cloud/docs: en/speechsense/operations/data/rest-get-dialog-data.md"

FILES = _table(
    Rule("config-documents"),
    Rule("file-missing"),
    Rule("file-name"),
    Rule("file-none", Severity.WARNING),
    Rule("file-not-listed"),
    Rule("file-not-regular"),
    Rule("file-outside"),
    Rule("file-unreadable"),
    Rule("policy-schema-file"),
)
"""Faults of files before they are read: `manifest.files`, `manifest.config`, `manifest.policy`."""

YAML = _table(
    Rule("yaml-anchor"),
    Rule("yaml-character", source="https://www.unicode.org/reports/tr36/"),
    Rule("yaml-depth"),
    Rule("yaml-duplicate-key", source="https://yaml.org/spec/1.2.2/#3213-node-comparison"),
    Rule("yaml-encoding"),
    Rule("yaml-key"),
    Rule("yaml-limit"),
    Rule("yaml-merge", source="https://yaml.org/type/merge.html"),
    Rule("yaml-syntax", source="https://yaml.org/spec/1.2.2/"),
    Rule("yaml-tag"),
)
"""Faults of reading: `manifest.reader`."""

SCHEMA = _table(
    Rule("schema-unknown-field"),
    Rule("schema-missing-field"),
    Rule("schema-misplaced-field"),
    Rule("schema-type"),
    Rule("schema-value"),
    Rule("schema-version"),
    Rule("schema-pattern"),
    Rule("schema-empty"),
    Rule("schema-range"),
    Rule("schema-too-many"),
    Rule("schema-mismatch"),
)
"""Faults against the JSON Schemas: `manifest.schema`."""

MANIFEST = _table(
    Rule("channel-missing", source=_CREATE),
    Rule("channel-not-allowed", source=_CREATE),
    Rule("channels-equal", Severity.WARNING, _CREATE),
    Rule("bot-not-allowed", source=_CREATE),
    Rule("split-not-allowed", source=_CREATE),
    Rule("segment-invalid", source=_CREATE),
    Rule("phrase-too-long", source=_PHRASES),
    Rule("phrases-limit", source=_PHRASES),
    Rule("phrases-limit-unclear", Severity.WARNING, _PHRASES),
    Rule("phrases-missing", source=_CREATE),
    Rule("added-key-incomplete", source=f"{_CREATE}; en/speechsense/operations/connection/edit.md"),
    Rule("default-key-type", source=_GET_DIALOG),
    Rule("default-key-section", source="yandex-cloud/docs: en/_includes/speechsense/data/metadata.md"),
    Rule("ticket-id-type", source="yandex-cloud/docs: en/_includes/speechsense/data/shared-metadata.md"),
    Rule(
        "key-in-two-sections",
        Severity.WARNING,
        "yandex-cloud/cloudapi: yandex/cloud/speechsense/v1/talk_service.proto (TalkMetadata)",
    ),
    Rule("keys-limit", source=_LIMITS),
    Rule("keys-limit-unclear", Severity.WARNING, _LIMITS),
    Rule("subject-duplicate", Severity.WARNING),
    Rule("name-mixed-script", Severity.WARNING),
    Rule("name-not-normalized", Severity.WARNING),
    Rule("address-duplicate"),
    Rule("space-unknown", source=_HIERARCHY),
    Rule("connection-unknown", source="yandex-cloud/cloudapi: yandex/cloud/speechsense/v1/project_service.proto"),
    Rule("space-name-duplicate", source="yandex-cloud/docs: en/speechsense/operations/space/delete.md"),
    Rule("project-name-duplicate", source="yandex-cloud/docs: en/speechsense/operations/project/delete.md"),
    Rule("connection-name-duplicate", Severity.WARNING),
    Rule("projects-limit", source=_LIMITS),
    Rule("filter-key-unknown", source=_PROJECT),
    Rule("filter-key-date", source=_PROJECT),
    Rule("filter-key-retired", Severity.WARNING),
)
"""Faults that no schema can say: `manifest.build` and `manifest.rules`."""

POLICY_SCHEMA = "policy-schema"
"""The rule of the team's own schemas: its errors block a plan and do not keep one from being made."""

PLAN = _table(
    Rule("connection-name-fixed", source=_EDIT),
    Rule("connection-data-type-fixed", source=_EDIT),
    Rule("connection-channel-fixed", source=_EDIT),
    Rule("connection-split-fixed", source=_EDIT),
    Rule("connection-space-fixed", source=f"{_EDIT}; {_HIERARCHY}"),
    Rule("connection-never-deleted", source=f"{_CREATE}@0423c80"),
    Rule("connection-creation-one-way", Severity.WARNING, f"{_CREATE}@0423c80"),
    Rule("key-creation-one-way", Severity.WARNING, _EDIT),
    Rule("key-removed", source=_EDIT),
    Rule("key-type-fixed", source=_EDIT),
    Rule("key-moved", source=_EDIT),
    Rule("billing-unlink", source="yandex-cloud/docs: en/speechsense/operations/space/change-ba.md"),
    Rule("project-connection-fixed", source=_PROJECT_API),
    Rule("project-filters-fixed", source=_PROJECT_API),
    Rule("space-deletion", Severity.WARNING, "yandex-cloud/docs: en/speechsense/operations/space/delete.md"),
    Rule("project-deletion", Severity.WARNING, "yandex-cloud/docs: en/speechsense/operations/project/delete.md"),
    Rule("space-not-empty", source="yandex-cloud/docs: en/speechsense/operations/space/delete.md"),
    Rule("removal-not-asked"),
    Rule("name-taken", source="yandex-cloud/docs: en/speechsense/operations/space/delete.md"),
    Rule("parent-not-recorded"),
    Rule("provider-cannot"),
    Rule("policy-max-changes"),
    Rule("policy-protected"),
    Rule(POLICY_SCHEMA),
)
"""Verdicts on changes, and what the team's policy says: `plan`, `manifest.policy`."""

OFFLINE = _table(
    Rule("base-moved", Severity.WARNING),
    Rule("base-submodule", Severity.WARNING),
    Rule("recorded-pending", Severity.WARNING),
)
"""What is said of a comparison without the service: `offline`."""

RULES: dict[str, Rule] = FILES | YAML | SCHEMA | MANIFEST | PLAN | OFFLINE
