"""What ssops says about the team's policy: protected resources and the team's own schemas."""

from __future__ import annotations

_PROTECTED = {
    "policy-protected": "{address} is protected: nothing may change it",
    "policy-protected.remedy": "if the change is meant, remove protect: true from its document and apply that first, in a "
    "change of its own that somebody reviews; then make this one",
    "policy-protected.new": "{address} becomes protected and changes in one go",
    "policy-protected.new.remedy": "make the change first and add protect: true afterwards; or take the rest of the change "
    "back, so that only protect: true is new",
    "policy-protected.lifted": "{address} was protected until now, and it changes in the same go",
    "policy-protected.lifted.remedy": "take the rest of the change back, so that only protect goes, and apply that first: "
    "lifting the protection is a change of its own that somebody reviews",
    "policy-protected.drift": "{address} is protected, and it was changed outside ssops: nothing is put back",
    "policy-protected.drift.remedy": "write in its document what SpeechSense has now, if that is right; if not, remove "
    "protect: true in a change of its own: that one also puts back what the manifests say",
    "policy-protected.deletion": "{address} is protected: it cannot be deleted",
    "policy-protected.deletion.remedy": "remove delete: true; if the deletion is meant, remove protect: true first and "
    "apply that, in a change of its own that somebody reviews",
    "policy-protected.inside": "{address} cannot be deleted: {inside} goes with it and is protected",
    "policy-protected.inside.remedy": "put the document of {inside} back and remove delete: true; if the deletion is "
    "meant, remove protect: true from {inside} first and apply that",
    "rule.policy-protected.title": "a protected resource does not change",
    "rule.policy-protected.why": "protect: true says that a resource is too important to be changed by the way. It may "
    "still be created. To update, retire or delete it, the protection is lifted first, in a change of its own, so that "
    "a reviewer sees it before anything happens. ssops records the protection, so removing the line together with the "
    "change, or the whole document, does not get round it.",
    "update.protect": "only the record changes: from now on ssops refuses to change it",
    "update.unprotect": "only the record changes: from now on ssops may change it",
}

_SCHEMAS = {
    "policy-schema": "{text}",
    "policy-schema.document": "the document does not fit a schema of the team",
    "policy-schema.field": "'{field}' does not fit a schema of the team",
    "policy-schema.hint": "this is a rule of the team: {pointer} in {schema}",
    "rule.policy-schema.title": "the team's own schema says no",
    "rule.policy-schema.why": "policy: schemas in ssops.yaml names JSON Schemas of the team. They judge documents that "
    "are sound otherwise, with the team's words and severity. The plan is shown whole, and is blocked while one of "
    "their errors stands.",
    "policy-schema-file.none": "there is no schema at '{path}'",
    "policy-schema-file.none.hint": "correct the path, or take it out of policy: schemas; * and ? stand for letters of "
    "one name, and names that begin with a dot are left out",
    "policy-schema-file.outside": "'{path}' leads out of the folder of ssops.yaml",
    "policy-schema-file.outside.hint": "put the schema into the folder of ssops.yaml or below it; a link may not lead out "
    "of it either",
    "policy-schema-file.bytes": "the file has {size} bytes, and {most} is the limit",
    "policy-schema-file.bytes.hint": "split it into several schemas",
    "policy-schema-file.json": "this is not JSON: {why}",
    "policy-schema-file.json.hint": "write the schema as JSON, in UTF-8",
    "policy-schema-file.object": "a schema of the team is a JSON object",
    "policy-schema-file.object.hint": 'write an object, with at least "x-ssops-kind" and the rules',
    "policy-schema-file.kind": "x-ssops-kind does not say which kind of document this schema judges",
    "policy-schema-file.kind.hint": 'write "x-ssops-kind" at the root of the schema: one of {kinds}, or a list of them',
    "policy-schema-file.severity": "x-severity is neither error nor warning",
    "policy-schema-file.severity.hint": 'write "error" or "warning"',
    "policy-schema-file.message": "x-message is no text",
    "policy-schema-file.message.hint": "write the sentence that people are to read",
    "policy-schema-file.schema": "this schema cannot be used: {why}",
    "policy-schema-file.schema.hint": "correct it; a $ref stays inside the file, and patterns have neither lookaround nor "
    "back references",
    "rule.policy-schema-file.title": "a schema of the team that cannot be used",
    "rule.policy-schema-file.why": "A rule of the team that is passed over in silence would look like a rule that "
    "everybody keeps. A schema comes from the repository alone, and its patterns take linear time, so that nobody can "
    "hold a run up with it.",
}

SENTENCES: dict[str, str] = {**_PROTECTED, **_SCHEMAS}
