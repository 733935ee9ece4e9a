"""What ssops says about documents that do not fit their schema."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "schema-unknown-field": "unknown field '{field}'",
    "schema-unknown-field.hint": "the fields here are: {allowed}",
    "schema-unknown-field.near.hint": "did you mean '{near}'?",
    "schema-unknown-field.section.hint": "metadata keys stand under 'keys:'; the fields here are: {allowed}",
    "schema-unknown-field.outside.hint": "it belongs in a section: write it below 'agent:', 'customer:', 'bot:' or "
    "'shared:', indented",
    "rule.schema-unknown-field.title": "a field that ssops does not know",
    "rule.schema-unknown-field.why": (
        "A misspelt field would be left out in silence: the description you wrote would never reach SpeechSense. "
        "So every field must be one that the schema of the document lists; 'ssops schema KIND' prints it."
    ),
    "schema-missing-field": "missing field '{field}'",
    "schema-missing-field.in": "missing field '{field}' in '{parent}'",
    "schema-missing-field.hint": "add '{field}', for example {field}: {example}",
    "schema-missing-field.version.hint": "add 'version: 1' to the document",
    "schema-missing-field.kind.hint": "say what the document describes: kind: space, kind: connection or kind: project",
    "schema-missing-field.segment.hint": "splitting by duration needs a length, for example segment: {example}",
    "rule.schema-missing-field.title": "a field that must be there is not",
    "rule.schema-missing-field.why": (
        "Without this field ssops cannot tell which resource is meant, or SpeechSense cannot create it."
    ),
    "schema-misplaced-field": "'{field}' has no place here",
    "schema-misplaced-field.hint": (
        "splitting by duration takes 'segment', splitting by phrases takes 'start' and 'finish'; "
        "remove '{field}' or change 'by'"
    ),
    "rule.schema-misplaced-field.title": "a field that does not go with the others",
    "rule.schema-misplaced-field.why": (
        "SpeechSense splits a recording either into segments of a length or at phrases, never both. A field of the "
        "other way would have no effect, so one of the two is a mistake."
    ),
    "schema-type.document": "a document must be a mapping of fields",
    "schema-type.document.hint": "write fields as 'name: value', one on each line, without a dash before the first",
    "schema-type.nothing": "'{field}' has no value",
    "schema-type.nothing.hint": "write a value after '{field}:', indent the lines below that belong to it, or remove the line",
    "schema-type.string": "'{field}' must be text, not {value}",
    "schema-type.string.hint": "write one text; a number goes in quotes",
    "schema-type.string.quote.hint": 'put it in quotes: "{value}"',
    "schema-type.boolean": "'{field}' must be true or false, not {value}",
    "schema-type.boolean.hint": "write true or false, without quotes",
    "schema-type.integer": "'{field}' must be a whole number, not {value}",
    "schema-type.integer.hint": "write digits only, without quotes",
    "schema-type.write.hint": "write {value}, without quotes",
    "schema-type.array": "'{field}' must be a list, not {value}",
    "schema-type.array.hint": "write a list: [first, second], or one item on each line after a dash",
    "schema-type.object": "'{field}' must be a mapping of fields, not {value}",
    "schema-type.object.hint": "write fields as 'name: value', indented one on each line, or {{name: value}}",
    "schema-type.key.hint": "write {key}: {{name: {name}}}; a key that SpeechSense does not have by itself needs a type, "
    "too: {{name: {name}, type: string}}",
    "rule.schema-type.title": "a value of the wrong sort",
    "rule.schema-type.why": (
        "ssops reads YAML with the scalar types of JSON only: true and false are the only booleans, and anything that "
        "is not a plain number stays the text that was written. It never guesses one sort of value from another."
    ),
    "schema-value": "{value} is not a value of '{field}'",
    "schema-value.hint": "write one of: {allowed}",
    "schema-value.channel.hint": "write 0 for the left track or 1 for the right one",
    "schema-value.near.hint": "did you mean '{near}'? it must be one of: {allowed}",
    "schema-value.unquote.hint": "write {near}, without quotes",
    "rule.schema-value.title": "a value that is not on the list",
    "rule.schema-value.why": "SpeechSense knows only the listed values of this field and would refuse any other.",
    "schema-version": "this ssops does not know version {value} of the manifest format",
    "schema-version.hint": "write version: 1",
    "schema-version.newer.hint": "write version: 1, or use a newer ssops if the file was written for one",
    "rule.schema-version.title": "an unknown version of the manifest format",
    "rule.schema-version.why": (
        "The version says how a document is to be read. A document of a version that this ssops does not know is not "
        "read at all, so that nothing in it can be misunderstood."
    ),
    "schema-pattern.ref": "{value} in '{field}' is not a ref",
    "schema-pattern.ref.hint": (
        "a ref is 1 to 63 lower-case Latin letters, digits and hyphens, starting with a letter, for example {example}"
    ),
    "schema-pattern.id": "{value} in '{field}' is not an id",
    "schema-pattern.id.hint": (
        "copy the id from the console: Latin letters and digits without spaces, at most 100 characters, "
        "such as {example}"
    ),
    "schema-pattern.group": "{value} in '{field}' is not the id of a group",
    "schema-pattern.group.hint": (
        "copy the id from the console: Latin letters and digits without spaces, at most 100 characters, "
        "such as {example}"
    ),
    "schema-pattern.subject": "{value} in '{field}' does not name a subject",
    "schema-pattern.subject.hint": (
        "write TYPE:ID, for example {example}; TYPE is userAccount, serviceAccount, federatedUser or group, "
        "and system goes with allAuthenticatedUsers, allUsers, group:organization:ID:users or group:federation:ID:users"
    ),
    "schema-pattern.duration": "{value} in '{field}' is not a length of time",
    "schema-pattern.duration.hint": "write minutes and seconds, for example {example}, 10m or 90s",
    "rule.schema-pattern.title": "a value of the wrong form",
    "rule.schema-pattern.why": (
        "Refs, ids, subjects and lengths of time have a fixed form, so that a slip of the pen is found before anything "
        "is sent. The form of a ref is a rule of ssops; ids and subjects are spelt as Yandex Cloud spells them."
    ),
    "schema-empty": "'{field}' must not be empty",
    "schema-empty.hint": "write a value, or remove the field if it may be left out",
    "schema-empty.key": "a key must not be empty",
    "schema-empty.key.hint": "write the key as it stands in the metadata file",
    "rule.schema-empty.title": "nothing where something is needed",
    "rule.schema-empty.why": (
        "An empty name or list cannot be told from one that was forgotten, and SpeechSense asks for a name."
    ),
    "schema-range": "'{field}' must be at least {limit}, not {value}",
    "schema-range.hint": "write {limit} or a greater number",
    "rule.schema-range.title": "a number that is too small",
    "rule.schema-range.why": "A limit counts things, so it cannot be less than the number the schema gives.",
    "schema-too-many": "this document has more than {count} faults; the others are not shown",
    "schema-too-many.hint": "correct these and validate again",
    "rule.schema-too-many.title": "more faults than are worth listing",
    "rule.schema-too-many.why": (
        "So many faults in one document mostly have one cause, such as a wrong indentation near its beginning or a "
        "file that is no manifest at all."
    ),
    "schema-mismatch": "'{field}' does not fit the schema",
    "schema-mismatch.hint": "compare it with what 'ssops schema KIND' prints for this kind of document",
    "rule.schema-mismatch.title": "a value that the schema refuses",
    "rule.schema-mismatch.why": "The schema says no, and there is no better sentence for why. Please report the case.",
}
