"""What ssops says about the record as documents: locks, kept versions, restoring, pushing, migrating."""

from __future__ import annotations

_HELP = {
    "help.auto_approve": "Do not ask.",
    "help.state.history.short": "list the kept versions of a space's record",
    "help.state.history": """List the versions of a space's record that are kept, the newest first.

The last five are kept. 'current' stands at the one that is the record now; a damaged one cannot be restored.

\b
Examples:
  ssops state history sales
  ssops state history sales --format json""",
    "help.state.restore.short": "bring a kept version of the record back",
    "help.state.restore": """Bring a kept version of a space's record back, also when the record is damaged or gone.

It becomes the newest version; those between stay in the history. Only the record changes, nothing in SpeechSense: the
next plan shows how the two differ. Shows what changes and asks first.

\b
Examples:
  ssops state history sales
  ssops state restore sales 000000000007-1f0c2a9b3d4e""",
    "help.state.pull.short": "print the record of a space as it is stored",
    "help.state.pull": """Print the record of a space to the byte: a backup that 'ssops state push' takes back.

A damaged record is printed, too; the exit code is 1 then.

\b
Example:
  ssops state pull sales > sales.json""",
    "help.state.push.short": "take a record in from a file",
    "help.state.push": """Take FILE in as the record of a space; - reads it from standard input.

It must be whole, of this space and of the same past (lineage), and not older than the record that is there: there is
no way to force it. To go back to an earlier version use 'ssops state restore'; to correct single resources use
'ssops adopt' and 'ssops forget'. Only the record changes, nothing in SpeechSense. Shows what changes and asks first.

\b
Examples:
  ssops state push sales sales.json
  ssops state push sales - --auto-approve < sales.json""",
    "help.state.unlock.short": "take a lock away from a run that is gone",
    "help.state.unlock": """Free the spaces that are locked under ID, which 'ssops state list' shows.

Hardly ever needed: a lock ends by itself a minute after its run has ended, and one of this machine at once. A run that
is alive after all stops before its next call. Asks first.

\b
Example:
  ssops state unlock 9f86d081884c7d659a2feaa0c55ad015""",
    "help.state.migrate.short": "copy the record to another store",
    "help.state.migrate": """Copy all that is recorded to the store that FILE names: records, kept versions and journal.

FILE is a copy of ssops.yaml beside it with another 'state'. All spaces are locked meanwhile, every copy is read back,
and a migration that was cut short goes on with the same command. The store that is left stays as it is.

\b
Example:
  cp ssops.yaml ssops.new.yaml      (and write the new store into its 'state')
  ssops state migrate --to ssops.new.yaml
  mv ssops.new.yaml ssops.yaml""",
    "help.state.migrate.to": "A copy of ssops.yaml with the new store in it.",
}

_ASKED = {
    "ask.needed": "'ssops {command}' without a terminal to ask on needs --auto-approve",
    "ask.needed.hint": "run 'ssops {command}' on a terminal to see first what it does",
    "ask.yes": "Only '{yes}' goes on:",
    "ask.restore": "Make this the record of space '{space}', as version {serial}?",
    "ask.push": "Make this the record of space '{space}', as version {serial}?",
    "ask.unlock": "Take the lock away?",
}

_KEPT = {
    "locks.held": (
        "space '{space}' is locked: {purpose} by {who} (process {pid} on {host}), since {since}, "
        "until {expires} unless renewed; id {id}"
    ),
    "locks.held.page": (
        "space '{space}' is locked: {purpose} by {who} (process {pid} on {host}, {page}), since {since}, "
        "until {expires} unless renewed; id {id}"
    ),
    "locks.damaged": "space '{space}' is locked by a lock that cannot be read; id {id}",
    "history.current": "current",
    "history.damaged": "damaged",
    "history.bytes.one": "{count} byte",
    "history.bytes.other": "{count} bytes",
    "history.none_current": "there is no record now: it was removed, or never written",
    "history.current_damaged": "{why}",
    "history.not_kept": "the record now, version {serial}, is none of these: it was written without them",
    "moves.unreadable": "What is recorded now cannot be read; this takes its place:",
    "moves.none": "No resource is recorded otherwise.",
    "moves.added": "recorded again",
    "moves.changed": "recorded otherwise",
    "moves.removed": "no longer recorded",
    "moves.seen": "the same fields, as they were seen then",
    "restore.done": "space '{space}' has the restored record, as version {serial}",
    "restore.same": "space '{space}' has just this record already, as version {serial}; nothing was written",
    "restore.damaged": "version '{version}' of the record of space '{space}' cannot be restored: {why}",
    "restore.damaged.hint": "the newest good version: ssops state restore {space} {version}",
    "restore.damaged.hint.none": "no kept version is good; take a backup in with: ssops state push {space} FILE",
    "push.done": "space '{space}' has the record from the file, as version {serial}",
    "push.same": "space '{space}' has just this record already, as version {serial}; nothing was written",
    "push.invalid": "this cannot be taken in: {why}",
    "push.invalid.hint": (
        "only what 'ssops state pull {space}' printed can be taken in, unchanged; "
        "to correct single resources: ssops adopt, ssops forget"
    ),
    "push.too_large": "this cannot be taken in: it is larger than any record",
    "push.foreign": (
        "this is the record of another space '{space}': its past (lineage {theirs}) is not that of the record here ({ours})"
    ),
    "push.foreign.hint": (
        "look whether --config names the right repository; to record what is in SpeechSense: ssops adopt ADDRESS ID"
    ),
    "push.older": "this is older than the record of space '{space}': version {theirs}, and the record has {ours}",
    "push.differs": "this and the record of space '{space}' are both version {serial}, and not the same",
    "push.older.hint": (
        "to go back to an earlier version: ssops state history {space}, then ssops state restore {space} VERSION; "
        "to correct single resources: ssops adopt, ssops forget"
    ),
    "next.replaced": "next: 'ssops plan' shows how SpeechSense and the manifests differ from it",
    "unlock.danger": (
        "The run that holds it stops before its next call and exits 6. "
        "A call that it is just making may still be made; the next run finds that out."
    ),
    "unlock.done": "free now: {spaces}",
    "unlock.next": "next: 'ssops plan' shows what is left to do; what the run had begun is found out first",
    "migrate.done.one": "{count} space is in the other store, read back and the same",
    "migrate.done.other": "{count} spaces are in the other store, read back and the same",
    "migrate.copied": "documents: {documents}, copied now: {copied}",
    "migrate.change": "Now write this into {file}, in place of the 'state' that is there:",
    "migrate.next": (
        "next: from now on use the new store everywhere, CI included; "
        "the old one stays as it is: remove it once 'ssops plan' works without it"
    ),
    "migrate.foreign": "the file is of organization '{theirs}', and ssops.yaml of '{ours}'",
    "migrate.elsewhere": "'{file}' is not in the folder of ssops.yaml: paths in it would lead elsewhere",
    "migrate.same": "'{file}' names the store that is in use",
    "migrate.to.hint": "copy ssops.yaml beside itself, write the new store into 'state' of the copy, and name that",
    "migrate.occupied": "the other store holds something else of space '{space}': '{name}'",
    "migrate.occupied.hint": (
        "nothing of that space was overwritten; name a store, folder, prefix or table that has none of these spaces"
    ),
}

SENTENCES: dict[str, str] = _HELP | _ASKED | _KEPT
