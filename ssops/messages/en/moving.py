"""What ssops says about refs that move and drift that is accepted."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "help.move.short": "Rename a ref in manifests and state",
    "help.move": """Give a resource another ref, in the manifests and in recorded state.

Whatever names it follows: the connections and projects of a space, the projects of a connection. Comments stay.
Nothing in SpeechSense changes, and the plan stays as it was. Moved in git alone, a ref would look like one resource
removed and another one new.

\\b
Examples:
  ssops move connection/sales/pbx connection/sales/office-pbx
  ssops move space/sales space/retail""",
    "move.done": "Moved {old} to {new} in manifests and state.",
    "move.done.manifests": "Moved {old} to {new} in the manifests; no state knows it yet.",
    "help.drift.accept": "Write what is live back into the manifests, comments kept, and into the record.",
    "accept.done.one": "Accepted what is live for 1 resource; look at it with 'git diff'.",
    "accept.done.other": "Accepted what is live for {count} resources; look at it with 'git diff'.",
    "accept.left": "{address}: no manifest can say this; 'ssops plan' shows what can be done",
}
