"""What ssops says about recorded state."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "state.not_utf8": "the recorded state of space '{name}' is damaged: not UTF-8 at byte {offset}",
    "state.not_json": "the recorded state of space '{name}' is damaged: not JSON at line {line}, column {column}",
    "state.incomplete": "the recorded state of space '{name}' is damaged: parts that ssops always writes are missing",
    "state.checksum": "the recorded state of space '{name}' was damaged or edited by hand: the checksum does not match",
    "state.other_space": "the recorded state of space '{name}' is that of another space, '{space}'",
    "state.damaged.hint": "nothing was changed; bring back the last good '{name}.json' from version control or backup",
    "state.newer": "recorded state of space '{name}' has format {format} of ssops {tool}; this one reads to {known}",
    "state.newer.hint": "use ssops {tool} or later",
    "state.name": "'{name}' cannot be the name of a state document",
    "state.not_a_file": "'{path}' is not an ordinary file; recorded state is kept in ordinary files only",
    "state.unreadable": "cannot read recorded state at '{path}': {why}",
    "state.unwritable": "cannot write recorded state at '{path}': {why}",
    "state.unwritable.hint": "nothing recorded is lost; make room or give write access, then run the command again",
    "state.moved": "the recorded state of space '{name}' was changed by another run meanwhile",
    "state.moved.hint": "run the command again: it starts from what is recorded now",
    "state.not_recorded": "'{address}' is not in recorded state",
    "state.not_recorded.hint": "did you mean '{near}'?",
    "state.already_recorded": "'{address}' is already recorded, as the object '{object}'",
    "state.already_recorded.hint": "to record it anew, first run: ssops forget {address}",
}
