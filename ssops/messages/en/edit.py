"""What ssops says when it edits or writes manifests, and renames what they declare."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "edit.shared": (
        "{file}:{line}: '{field}' cannot be changed on its own: an anchor, an alias or a merge key (&, *, <<) has a "
        "hand in it; nothing was written"
    ),
    "edit.shared.hint": "write the value out at {file}:{line} in place of the alias or the merge key, then run the command again",
    "edit.unsafe": (
        "{file}:{line}: '{field}' cannot be changed without touching something else in the file; nothing was written"
    ),
    "edit.unsafe.hint": "change it by hand at {file}:{line}, or run 'ssops fmt' and then this command again",
    "edit.character": "'{text}' has the character U+{code}, which no manifest can hold",
    "edit.character.hint": "rename it in SpeechSense without that character, then run the command again",
    "move.kind": "a {old} cannot become a {new}",
    "move.kind.hint": "give the new address as {kind}/...: a move renames the ref and changes nothing else",
    "move.space": "'{old}' cannot go to the space '{space}': SpeechSense moves nothing between spaces",
    "move.space.hint": "keep the space in the new address: {address}",
    "move.ref": "'{ref}' is no ref",
    "move.ref.hint": "a ref is lower-case letters, digits and hyphens, 1 to 63, and starts with a letter",
    "move.same": "'{address}' has that name already",
    "move.same.hint": "give another ref",
    "move.taken": "'{address}' is taken: {file}:{line} declares it",
    "move.taken.hint": "choose another ref",
    "move.unknown": "no manifest declares '{address}'",
    "move.unknown.hint": "see 'ssops plan' for the addresses that there are",
    "move.unknown.near": "no manifest declares '{address}'",
    "move.unknown.near.hint": "did you mean '{near}'?",
}
