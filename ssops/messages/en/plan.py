"""What ssops says about changes: why one is final, what blocks it and what to do instead; and about plan files."""

from __future__ import annotations

_NOT_OFFERED = (
    "The edit page of a connection lists what can be changed: its description, the names and descriptions of keys, and "
    "new keys. {what} is not on that list. No page forbids it in words, but there is no place to do it."
)

_CONNECTION = {
    "connection-name-fixed": "the name of {address} cannot change from '{before}' to '{after}': the edit page does "
    "not offer it",
    "connection-name-fixed.remedy": "write name: '{before}' again and say the new name in the description; if the "
    "name matters, add a new connection beside this one and mark this one retired: true",
    "rule.connection-name-fixed.title": "a connection keeps its name",
    "rule.connection-name-fixed.why": _NOT_OFFERED.format(what="The name of the connection"),
    "connection-data-type-fixed": "the data type of {address} cannot change from {before} to {after}: the edit page "
    "does not offer it",
    "connection-data-type-fixed.remedy": "write data_type: {before} again; for {after} add a new connection beside "
    "this one and mark this one retired: true when it is no longer used",
    "rule.connection-data-type-fixed.title": "a connection keeps its data type",
    "rule.connection-data-type-fixed.why": _NOT_OFFERED.format(what="The data type"),
    "connection-channel-fixed": "the channels of {address} cannot change ({field}: {before} to {after}): the edit "
    "page does not offer it",
    "connection-channel-fixed.remedy": "write the channel as it was ({before}) and swap the tracks where the "
    "recordings are made; or add a new connection with the right channels and mark this one retired: true",
    "rule.connection-channel-fixed.title": "a connection keeps its channels",
    "rule.connection-channel-fixed.why": _NOT_OFFERED.format(what="The channel of agent or customer"),
    "connection-split-fixed": "the splitting of {address} cannot change ({field}): the edit page does not offer it",
    "connection-split-fixed.remedy": "write split as it was; or add a new connection that splits the new way, upload "
    "to it from now on, and mark this one retired: true",
    "rule.connection-split-fixed.title": "a connection keeps its splitting",
    "rule.connection-split-fixed.why": _NOT_OFFERED.format(what="How dialogs are split (off, by duration, by phrases)"),
    "connection-space-fixed": "{address} cannot go to space '{new_space}': a connection belongs to the space it was "
    "made in",
    "connection-space-fixed.remedy": "write space: {space} again; if '{new_space}' is only a new ref of the same "
    "space, write ref: {space} in the document of the space again, too; to make a new connection in '{new_space}', keep "
    "the old document with retired: true, or stop managing it: ssops forget {address}",
    "rule.connection-space-fixed.title": "a connection keeps its space",
    "rule.connection-space-fixed.why": "A connection belongs to exactly one space, the one it was created in. The "
    "edit page of a connection does not offer another one. No page forbids it in words.",
    "connection-never-deleted": "{address} has no document any more, and SpeechSense never deletes a connection alone",
    "connection-never-deleted.remedy": "put its document back and add retired: true; or stop managing it, "
    "SpeechSense keeps it: ssops forget {address}",
    "connection-never-deleted.moved": "{address} has no document any more, and {new} of the same name is new: it "
    "looks like another ref for the same connection",
    "connection-never-deleted.moved.remedy": "if it is the same connection, write its old ref again: a ref is only its "
    "name in these files; if it is another one, put the document of {address} back and add retired: true",
    "connection-never-deleted.gone": "{address} is recorded, but neither the manifests nor SpeechSense have it",
    "connection-never-deleted.gone.remedy": "run: ssops forget {address}",
    "rule.connection-never-deleted.title": "a connection is never deleted alone",
    "rule.connection-never-deleted.why": "This is stated: SpeechSense deletes projects and whole spaces, not "
    "connections. Removing the document would only make ssops forget what is still there, so it asks for your word: "
    "retired: true keeps it in view, ssops forget lets it go.",
    "connection-creation-one-way": "a new connection stays: SpeechSense never deletes one alone",
    "rule.connection-creation-one-way.title": "creating a connection is one-way",
    "rule.connection-creation-one-way.why": "This is stated: a connection cannot be deleted. It goes only with its "
    "whole space. Its name, data type, channels and splitting are not on the list of the edit page, so look at them "
    "now.",
}

_KEYS = {
    "key-creation-one-way": "new keys stay: the edit page does not offer to remove, retype or move one",
    "rule.key-creation-one-way.title": "adding a key is one-way",
    "rule.key-creation-one-way.why": "A key can be added to a connection at any time, and its name and description "
    "can be changed later. The edit page does not offer to remove it, to change its type or to move it to another "
    "section. No page forbids that in words, but there is no place to do it.",
    "key-removed": "key '{key}' of {address} cannot be removed: the edit page does not offer it",
    "key-removed.remedy": "keep the key and mark it retired: true; if another key is to take its place, add '{next}'; "
    "if the key must not be there at all, add a new connection and mark this one retired: true",
    "key-removed.renamed": "key '{key}' of {address} is gone and '{new}' is new: it looks like a rename, and a key "
    "keeps its name in the metadata file",
    "key-removed.renamed.remedy": "if people should see another name, keep the key '{key}' and change its name: "
    "field; if producers really send '{new}', keep '{key}' with retired: true and add '{new}' beside it; else add a "
    "new connection",
    "rule.key-removed.title": "a key is never removed or renamed",
    "rule.key-removed.why": _NOT_OFFERED.format(what="Removing a key, or giving it another key in the metadata file,"),
    "key-type-fixed": "the type of key '{key}' of {address} cannot change from {before} to {after}: the edit page "
    "does not offer it",
    "key-type-fixed.remedy": "write type: {before} again; for values of type {after} keep '{key}' with retired: true "
    "and add a key '{next}' of that type; if that will not do, add a new connection",
    "rule.key-type-fixed.title": "a key keeps its type",
    "rule.key-type-fixed.why": _NOT_OFFERED.format(what="The type of a key that exists"),
    "key-moved": "key '{key}' of {address} cannot move from '{before}' to '{after}': the edit page does not offer it",
    "key-moved.remedy": "put the key back under '{before}'; if it belongs to '{after}', keep the old one with "
    "retired: true and add '{next}' under '{after}'; if that will not do, add a new connection",
    "rule.key-moved.title": "a key keeps its section",
    "rule.key-moved.why": _NOT_OFFERED.format(what="The section of a key (agent, customer, bot, shared)"),
}

_SPACES = {
    "billing-unlink": "{address} cannot be left without a billing account: no page tells how to unlink '{before}'",
    "billing-unlink.remedy": "write billing_account: {before} again, or name another account: changing it is possible",
    "rule.billing-unlink.title": "a billing account can be changed, not unlinked",
    "rule.billing-unlink.why": "Since July 2025 another billing account can be linked to a space. Unlinking is not "
    "documented: no page forbids it in words, and none tells how to do it.",
    "space-deletion.one": "everything in {address} goes with it, also {count} object that ssops has recorded; support "
    "can restore it within 7 days, and its name is blocked meanwhile",
    "space-deletion.other": "everything in {address} goes with it, also {count} objects that ssops has recorded; support "
    "can restore it within 7 days, and its name is blocked meanwhile",
    "rule.space-deletion.title": "deleting a space is one-way",
    "rule.space-deletion.why": "This is stated: deleting a space takes the role speech-sense.admin, and only support "
    "can restore it, within 7 days. That its connections and dialogs go at once is implied, not stated.",
    "space-not-empty": "{address} is to be deleted, and the manifests still keep {kept} in it",
    "space-not-empty.remedy": "remove the documents of everything in {address} in the same change, or remove delete: "
    "true",
    "space-not-empty.gone": "{kept} cannot be created: {address} is marked delete: true, and SpeechSense does not have it",
    "space-not-empty.gone.remedy": "remove the documents of everything in {address}, or remove delete: true to have it "
    "created again",
    "rule.space-not-empty.title": "a space to be deleted holds nothing that the manifests keep",
    "rule.space-not-empty.why": "Deleting a space deletes what is in it. Manifests that ask for both the deletion and "
    "for something inside contradict themselves, so ssops does neither.",
    "removal-not-asked": "{address} has no document any more, and that alone deletes nothing",
    "removal-not-asked.remedy": "put its document back; to delete it in SpeechSense, add delete: true to it; or stop "
    "managing it, SpeechSense keeps it: ssops forget {address}",
    "removal-not-asked.moved": "{address} has no document any more, and {new} of the same name is new: it looks "
    "like another ref for the same thing",
    "removal-not-asked.moved.remedy": "if it is the same, write its old ref again: a ref is only its name in these "
    "files; to delete the old one, put its document back and add delete: true",
    "removal-not-asked.gone": "{address} is recorded, but neither the manifests nor SpeechSense have it",
    "removal-not-asked.gone.remedy": "run: ssops forget {address}",
    "rule.removal-not-asked.title": "removing a document deletes nothing",
    "rule.removal-not-asked.why": "A file lost in a merge must not delete a space with its dialogs. Deletion is asked "
    "for in writing, delete: true in the document, in a change of its own that somebody reviews.",
    "project-connection-fixed": "{address} cannot change its connection from '{before}' to '{after}': no way to do it "
    "is documented",
    "project-connection-fixed.remedy": "write connection: {before} again; for '{after}' add a new project, and mark "
    "this one delete: true when it is no longer used",
    "rule.project-connection-fixed.title": "a project keeps its connection",
    "rule.project-connection-fixed.why": "A project is made of one connection and its filters. The public API creates "
    "projects and has no call that changes one, and no page tells how to give it another connection. That is not "
    "documented rather than forbidden.",
    "project-filters-fixed": "the filters of {address} cannot change ({field}: '{before}' to '{after}'): no way to do "
    "it is documented",
    "project-filters-fixed.remedy": "write the filters as they were; for other filters add a new project, and mark "
    "this one delete: true when it is no longer used",
    "rule.project-filters-fixed.title": "a project keeps its filters",
    "rule.project-filters-fixed.why": "The public API creates projects with their filters and has no call that "
    "changes them, and no page tells how to. That is not documented rather than forbidden.",
    "project-deletion": "support can restore {address} within 7 days, and its name is blocked meanwhile",
    "rule.project-deletion.title": "deleting a project is one-way",
    "rule.project-deletion.why": "This is stated: deleting a project takes the role speech-sense.admin on it or on "
    "its space, and only support can restore it, within 7 days.",
}

_CHANGES = {
    "create.gone": "it was there before and is gone from SpeechSense: somebody deleted it outside ssops",
    "update.drift.one": "{count} field was changed outside ssops; this puts back what the manifests say",
    "update.drift.other": "{count} fields were changed outside ssops; this puts back what the manifests say",
    "update.billing": "linking a billing account also takes the role billing.accounts.editor on that account",
    "retire.recorded": "only the record changes: SpeechSense keeps it, and whoever still sends to it is warned",
    "name-taken": "{address} cannot be created: SpeechSense has a {kind} named '{name}' already ({object}), and ssops "
    "does not manage it",
    "name-taken.remedy": "if it is the same, start to manage it: ssops adopt {address} {object}; if not, choose another "
    "name",
    "name-taken.renamed": "{address} cannot be named '{name}': SpeechSense has a {kind} of that name already ({object}), and "
    "ssops does not manage it",
    "name-taken.renamed.remedy": "choose another name, or give the other one another name in the console",
    "name-taken.held": "{address} cannot be named '{name}' while {holder} has that name, and this plan does not free it "
    "in time",
    "name-taken.held.remedy": "give {holder} another name first, in a change of its own; to swap two names, give one of "
    "them a third one first",
    "rule.name-taken.title": "the name is taken by something that ssops does not manage",
    "rule.name-taken.why": "Names of spaces and projects behave as unique: even a deleted one blocks its name for 7 "
    "days. Of connections nothing is stated, but two of one name cannot be told apart, and neither could ever be "
    "deleted. It is most likely the same object, made by hand.",
    "parent-not-recorded": "{address} cannot be created: {parent} is managed: false, and ssops does not know its id",
    "parent-not-recorded.remedy": "run: ssops adopt {parent} ID, with the ID that the console shows; or remove "
    "managed: false",
    "rule.parent-not-recorded.title": "what it belongs to is not known by id",
    "rule.parent-not-recorded.why": "SpeechSense addresses everything by id. A resource that is referenced and never "
    "changed must be recorded with its id before something can be made in it.",
    "provider-cannot": "the provider of this repository cannot {action} a {kind}",
    "provider-cannot.remedy": "do it in the SpeechSense console and run: ssops adopt or ssops forget; or use another "
    "provider in ssops.yaml",
    "rule.provider-cannot.title": "the provider does not do this",
    "rule.provider-cannot.why": "A provider says what it can do for each kind of resource. What it does not name can "
    "be neither called nor written into a runbook.",
    "policy-max-changes.one": "{count} change in space '{space}' is more than policy: max_changes allows, {limit}",
    "policy-max-changes.other": "{count} changes in space '{space}' are more than policy: max_changes allows, {limit}",
    "policy-max-changes.hint": "split the change into smaller ones; if all of it is meant, raise policy: max_changes in "
    "ssops.yaml in a change of its own that somebody reviews",
    "rule.policy-max-changes.title": "too many changes in one space",
    "rule.policy-max-changes.why": "policy: max_changes in ssops.yaml limits what one run may change in one space. A "
    "plan far larger than usual is more often a mistake than a wish.",
}

_FILES = {
    "plan-file.damaged": "the plan file is damaged or was edited; nothing was written",
    "plan-file.newer": "the plan file has format {version}, made by a newer ssops; nothing was written",
    "plan-file.hint": "make the plan again with 'ssops plan --out FILE', and review that one",
}

_ACTORS = {
    "actor.form": "'{actor}' names nobody: an actor is written TYPE:ID",
    "actor.type": "'{type}' is no type of actor",
    "actor.id": "'{text}' is no id of a {type}: ids are letters, digits, dots, hyphens and underscores",
    "actor.near": "did you mean '{type}'? types are userAccount, serviceAccount, federatedUser, group and system",
    "actor.hint": "write it as serviceAccount:ID, userAccount:ID, federatedUser:ID, group:ID or system:ID",
}

SENTENCES: dict[str, str] = {**_CONNECTION, **_KEYS, **_SPACES, **_CHANGES, **_FILES, **_ACTORS}
