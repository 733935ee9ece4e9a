"""What ssops says when it takes over what is in SpeechSense already."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "import.file_exists.one": "'{file}' is there already, and is none of the manifests",
    "import.file_exists.other": "'{file}' and others ({count} in all) are there already, and are none of the manifests",
    "import.file_exists.hint": "nothing was written; move them away, or list their folder under 'manifests'",
    "import.has_manifest": "recorded for the manifest that bears its name",
    "import.done.one": "Imported 1 object.",
    "import.done.other": "Imported {count} objects.",
    "import.would.one": "Would import 1 object.",
    "import.would.other": "Would import {count} objects.",
    "import.nothing": "Nothing to import.",
    "import.known.one": "1 was managed before",
    "import.known.other": "{count} were managed before",
    "help.import.short": "Write manifests for what is in SpeechSense already",
    "help.import": """Take over what is in SpeechSense already.

For every object that the provider can read and that is not recorded, a manifest is written and the object is recorded;
where a manifest bears its name already, it is recorded for that one. Nothing in SpeechSense changes, no file is
overwritten, and afterwards 'ssops plan' has nothing to do, unless your manifests ask for something else.

\\b
Examples:
  ssops import --dry-run
  ssops import --space Sales""",
    "help.import.space": "Only this space, by its name, id or ref; repeatable.",
    "help.import.dry_run": "Show what would be imported; write nothing.",
}
