"""What ssops says about locks, earlier versions of state, and the journal."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "lock.held": (
        "space '{space}' is being changed by {who} ({purpose}, process {pid} on {host}, since {since}); "
        "the lock ends at {expires} unless it is renewed"
    ),
    "lock.held.run": (
        "space '{space}' is being changed by {who} ({purpose}, process {pid} on {host}, since {since}, {run}); "
        "the lock ends at {expires} unless it is renewed"
    ),
    "lock.damaged": "the lock of space '{space}' cannot be read: somebody may be at work there",
    "lock.held.hint": (
        "wait until that run has ended (--lock-timeout waits for you); "
        "if you are sure that it is gone: ssops state unlock {id}"
    ),
    "lock.lost": "this run was paused longer than its lock on space '{space}' lasts, or the lock was taken away from it",
    "lock.lost.hint": (
        "no further call was made and what is done is recorded; run the command again: it starts from what is there now"
    ),
    "lock.moved": "the lock of space '{space}' has just been renewed or given back",
    "lock.moved.hint": "look again: the run that holds it is alive, or has ended",
    "lock.unknown": "no space is locked under the id '{id}'",
    "lock.unknown.hint": "locks that are held now: {ids}",
    "history.unknown": "there is no version '{version}' of the state of space '{space}'",
    "history.unknown.hint": "kept versions, the newest first: {known}",
    "history.taken": "cannot keep version '{name}' of recorded state: another document has this name",
    "journal.taken": "cannot write the journal: another document has the name '{name}'",
    "journal.damaged": "a part of the journal, '{name}', was damaged or edited by hand; its entries are left out",
    "journal.damaged.hint": "bring the document back from version control or backup",
    "state.damaged.restore": (
        "nothing was changed; bring back the newest good version with: ssops state restore {space} {version}"
    ),
    "apply.cannot_tell": "nobody can tell whether the operation on {address} was made",
    "apply.unknown.one": "nobody can tell what became of an operation that an interrupted run had begun: {addresses}",
    "apply.unknown.other": (
        "nobody can tell what became of {count} operations that an interrupted run had begun: {addresses}"
    ),
    "apply.unknown.hint": (
        "look in SpeechSense; if it was made: ssops adopt {address} ID; if not: ssops forget {address}; "
        "then run the command again"
    ),
    "apply.stopped": "not begun: the run was asked to stop",
    "apply.refused_before": "not tried: the service refuses this actor in this space, see {address}",
    "usage.lease": "{name} is a number of seconds from 1 to 3600, not '{given}'",
    "help.apply.parallelism": "How many spaces are applied side by side.",
}
