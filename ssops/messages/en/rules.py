"""What ssops says about faults that no schema can say: `manifest.build` and `manifest.rules`."""

from __future__ import annotations

_CONNECTION = {
    "channel-missing": "'{section}' has no channel, and two-channel audio needs one for agent and customer",
    "channel-missing.hint": "write channel: 0 (left track) or channel: 1 (right track) in '{section}'",
    "rule.channel-missing.title": "two-channel audio needs a channel for agent and customer",
    "rule.channel-missing.why": "In two-channel audio each speaker has a track of their own. SpeechSense asks which "
    "one is whose when the connection is created and does not offer to change it later, so ssops does not guess.",
    "channel-not-allowed": "'{section}' has a channel, and {data_type} has none",
    "channel-not-allowed.hint": "remove the channel, or set data_type: two_channel_audio if the speakers are on two "
    "tracks",
    "rule.channel-not-allowed.title": "only two-channel audio has channels",
    "rule.channel-not-allowed.why": "The form for single-channel audio and for chats has no field for a channel, so "
    "the value would go nowhere.",
    "channels-equal": "agent and customer are both on channel {channel}",
    "channels-equal.hint": "give one of them the other channel: 0 is the left track, 1 the right one",
    "rule.channels-equal.title": "agent and customer are on one channel",
    "rule.channels-equal.why": "Two-channel audio is recorded so that each speaker has a track. No public page says "
    "whether SpeechSense accepts one track for both, and channels cannot be changed once the connection exists.",
    "bot-not-allowed": "a {data_type} connection has no bot section",
    "bot-not-allowed.hint": "move its keys to 'shared', or set data_type: chat if this connection takes chats",
    "rule.bot-not-allowed.title": "only chats have a bot section",
    "rule.bot-not-allowed.why": "SpeechSense keeps metadata of a bot in chats only. Audio connections have the "
    "sections agent, customer and shared.",
    "split-not-allowed": "a {data_type} connection cannot split dialogs",
    "split-not-allowed.hint": "remove split, or set data_type: single_channel_audio if everybody is on one track",
    "rule.split-not-allowed.title": "only single-channel audio can be split",
    "rule.split-not-allowed.why": "Splitting one recording into dialogs is an additional setting of single-channel "
    "audio; the other data types do not offer it.",
    "segment-invalid": "segment '{segment}' has no length",
    "segment-invalid.hint": "write minutes and seconds, together more than zero, such as 5m30s, 10m or 90s",
    "rule.segment-invalid.title": "a segment needs a length",
    "rule.segment-invalid.why": "Splitting by duration cuts the recording into segments of this many minutes and "
    "seconds. SpeechSense publishes no smallest or largest length, so ssops refuses only what is no length at all.",
    "phrase-too-long": "the phrase '{phrase}' has {words} words, {limit} is the limit",
    "phrase-too-long.hint": "shorten it to the {limit} words that tell where a dialog starts or finishes",
    "rule.phrase-too-long.title": "a phrase has at most 10 words",
    "rule.phrase-too-long.why": "SpeechSense accepts start and finish phrases of up to 10 words each.",
    "phrases-limit": "'{side}' has {count} phrases, {limit} is the limit",
    "phrases-limit.hint": "keep the phrases that really mark a dialog, {limit} at most",
    "rule.phrases-limit.title": "at most 20,000 phrases",
    "rule.phrases-limit.why": "SpeechSense accepts up to 20,000 phrases in total, so one list alone may not be longer.",
    "phrases-limit-unclear": "start and finish phrases are {count} together, and the limit may be {limit} for both",
    "phrases-limit-unclear.hint": "stay within {limit} for both lists to be sure",
    "rule.phrases-limit-unclear.title": "more than 20,000 phrases in both lists together",
    "rule.phrases-limit-unclear.why": "The limit is 20,000 phrases in total. No public page says whether start and "
    "finish phrases count together, so each list is within the limit and both together may not be.",
    "phrases-missing": "splitting by phrases has no phrase to split by",
    "phrases-missing.hint": "write the phrases that start a dialog in 'start' or those that end it in 'finish', or "
    "remove split",
    "rule.phrases-missing.title": "splitting by phrases needs phrases",
    "rule.phrases-missing.why": "With neither start nor finish phrases nothing says where a dialog begins or ends, "
    "and splitting cannot be changed once the connection exists. Whether one of the lists may be empty is not "
    "published, so ssops accepts that.",
}

_KEYS = {
    "added-key-incomplete.name": "the added key '{key}' has no name",
    "added-key-incomplete.name.hint": "write what SpeechSense is to show for it, such as name: Department",
    "added-key-incomplete.type": "the added key '{key}' has no type",
    "added-key-incomplete.type.hint": "write its type: string, number, decimal, boolean, date, json or url",
    "added-key-incomplete.both": "the added key '{key}' has neither name nor type",
    "added-key-incomplete.both.hint": "write both, such as {{name: Department, type: string}}",
    "added-key-incomplete.near.hint": "if you mean the default key, write '{near}'; otherwise give the key a name and "
    "a type",
    "rule.added-key-incomplete.title": "an added key needs a name and a type",
    "rule.added-key-incomplete.why": "SpeechSense knows name and type of its default keys. For every other key it "
    "asks for both, and the type can never be changed afterwards.",
    "default-key-type": "the default key '{key}' is of type {type}, not {written}",
    "default-key-type.hint": "write type: {type} or leave the type out; for {written} values add a key of your own",
    "rule.default-key-type.title": "default keys have their own type",
    "rule.default-key-type.why": "SpeechSense creates the default keys itself, with fixed types. Writing one in a "
    "manifest sets its display name or description.",
    "default-key-section": "the default key '{key}' belongs in '{home}'",
    "default-key-section.hint": "move it to the keys of '{home}', or choose another key for what you mean",
    "rule.default-key-section.title": "default keys have their own section",
    "rule.default-key-section.why": "SpeechSense creates the default keys in their sections. The metadata file is "
    "flat, so the same key in another section would be fed by the same value.",
    "ticket-id-type": "'ticket_id' is of type {written}, and relating dialogs needs it as string",
    "ticket-id-type.hint": "write type: string, or choose another key if this is no task number",
    "rule.ticket-id-type.title": "ticket_id is a string",
    "rule.ticket-id-type.why": "SpeechSense relates dialogs with equal ticket_id. The key is to be added as a string, "
    "and its type can never be changed afterwards.",
    "key-in-two-sections": "the key '{key}' is in '{first}' and in '{second}'",
    "key-in-two-sections.hint": "give one of them another key; one that exists in SpeechSense already has to stay",
    "rule.key-in-two-sections.title": "one key stands in two sections",
    "rule.key-in-two-sections.why": "A metadata file is one flat list of keys and values, so both sections would get "
    "the same value. No public page says whether SpeechSense accepts it.",
    "keys-limit": "the connection adds {added} keys, {limit} is the limit",
    "keys-limit.hint": "remove keys that nobody filters or reports by, or divide the dialogs between two connections",
    "rule.keys-limit.title": "at most 200 metadata keys",
    "rule.keys-limit.why": "SpeechSense accepts up to 200 metadata entries in a connection. A retired key stays in "
    "the service and counts.",
    "keys-limit-unclear": "the connection has {total} keys: {added} added and {defaults} default ones; the limit of "
    "{limit} may count both",
    "keys-limit-unclear.hint": "stay within {limit} keys, default ones included, to be sure",
    "rule.keys-limit-unclear.title": "more than 200 keys with the default ones",
    "rule.keys-limit-unclear.why": "The limit is 200 metadata entries in a connection. No public page says whether "
    "default keys count, so the added keys are within the limit and all together may not be.",
}

_NAMES = {
    "subject-duplicate": "'{subject}' is listed twice for {role}",
    "subject-duplicate.hint": "remove one of the two: a list of subjects is a set",
    "rule.subject-duplicate.title": "a subject is listed twice for one role",
    "rule.subject-duplicate.why": "Holding a role twice is holding it once. A repeat is mostly a slip, and whoever "
    "removes one of the two later has removed nothing.",
    "name-mixed-script": "'{word}' mixes Latin and Cyrillic letters in one word",
    "name-mixed-script.hint": "write the word in one alphabet; the odd letters are {letters}",
    "rule.name-mixed-script.title": "one word mixes Latin and Cyrillic letters",
    "rule.name-mixed-script.why": "Some letters of the two alphabets look the same. Such a name cannot be told from "
    "its twin by eye, is not found by search, and a key with one never meets its metadata.",
    "name-not-normalized": "'{name}' is written with separate accents (not Unicode NFC)",
    "name-not-normalized.hint": "type the name anew, or save the file in NFC; letters such as й and ё are then one "
    "character",
    "rule.name-not-normalized.title": "a name is not in Unicode NFC",
    "rule.name-not-normalized.why": "The same letters can be stored composed or with separate accents. They look "
    "equal and compare as different, so a search or a metadata file with the other spelling misses them.",
}

_ACROSS = {
    "address-duplicate": "'{address}' is described twice, first in {first}",
    "address-duplicate.hint": "give one of the two documents another ref, or remove it",
    "rule.address-duplicate.title": "two documents describe one resource",
    "rule.address-duplicate.why": "Kind, space and ref name a resource. With two documents for one of them, which one "
    "counts would depend on the order of files.",
    "space-unknown": "space '{space}' is not described in any manifest",
    "space-unknown.hint": "write a document with kind: space and ref: {ref}; for a space that ssops must not change, "
    "add managed: false",
    "space-unknown.near.hint": "did you mean '{near}'?",
    "rule.space-unknown.title": "a document refers to a space that is not there",
    "rule.space-unknown.why": "A connection or a project belongs to exactly one space and does not exist outside it, "
    "so ssops has to know the space.",
    "connection-unknown": "connection '{ref}' is not described in space '{space}'",
    "connection-unknown.hint": "write a document with kind: connection, ref: {ref} and space: {space}",
    "connection-unknown.near.hint": "did you mean '{near}'?",
    "connection-unknown.elsewhere.hint": "there is one in space '{near}'; a project and its connection are in the "
    "same space",
    "rule.connection-unknown.title": "a project refers to a connection that is not there",
    "rule.connection-unknown.why": "A project is a filtered view of one connection and takes its space from it, so "
    "the connection has to be described in the project's space.",
    "space-name-duplicate": "the space name '{name}' is taken by {other} ({first})",
    "space-name-duplicate.hint": "give one of the two spaces another name",
    "rule.space-name-duplicate.title": "two spaces have one name",
    "rule.space-name-duplicate.why": "Names of spaces behave as unique: even a deleted space keeps its name taken for "
    "seven days.",
    "project-name-duplicate": "the project name '{name}' is taken by {other} ({first})",
    "project-name-duplicate.hint": "give one of the two projects another name",
    "rule.project-name-duplicate.title": "two projects of one space have one name",
    "rule.project-name-duplicate.why": "Names of projects behave as unique: even a deleted project keeps its name "
    "taken for seven days.",
    "connection-name-duplicate": "{other} has the name '{name}' too ({first})",
    "connection-name-duplicate.hint": "give one of them another name before it is created: the name of a connection "
    "cannot be changed later",
    "rule.connection-name-duplicate.title": "two connections of one space have one name",
    "rule.connection-name-duplicate.why": "People pick a connection by its name in a list. No public page says "
    "whether SpeechSense accepts the same name twice.",
    "projects-limit": "space '{space}' has {count} projects, {limit} is the limit",
    "projects-limit.hint": "put some of them into another space, or remove those nobody uses",
    "rule.projects-limit.title": "at most 100 projects in a space",
    "rule.projects-limit.why": "SpeechSense accepts up to 100 projects in one space.",
    "filter-key-unknown": "{connection} has no key '{key}' to filter by",
    "filter-key-unknown.hint": "add the key to the connection, or filter by one it has",
    "filter-key-unknown.near.hint": "did you mean '{near}'?",
    "rule.filter-key-unknown.title": "a filter names a key the connection does not have",
    "rule.filter-key-unknown.why": "A filter compares the value of a metadata key of the connection. Without the key "
    "no dialog ever matches.",
    "filter-key-date": "the key '{key}' of {connection} is a date, and dates cannot be filtered",
    "filter-key-date.hint": "filter by a key of another type; the period can be chosen when dialogs are searched",
    "rule.filter-key-date.title": "date keys cannot be filtered",
    "rule.filter-key-date.why": "When a project is created, SpeechSense offers filters on every metadata key but "
    "dates.",
    "filter-key-retired": "the key '{key}' of {connection} is retired, and this project still filters by it",
    "filter-key-retired.hint": "filter by the key that replaced it; new dialogs come without '{key}'",
    "rule.filter-key-retired.title": "a filter names a retired key",
    "rule.filter-key-retired.why": "Producers are told not to send a retired key any more, so new dialogs stop "
    "matching the filter.",
}

SENTENCES: dict[str, str] = _CONNECTION | _KEYS | _NAMES | _ACROSS
