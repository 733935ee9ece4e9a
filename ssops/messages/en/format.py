"""What `ssops fmt` says."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "help.fmt.short": "put files into canonical form",
    "help.fmt": """Put ssops.yaml and all manifests into canonical form, or only PATH; '-' is standard input.

Keys come in the order of the schemas, two columns an indent, quotes only where a text needs them. What a file says,
its comments and its blank lines stay. A file with faults is left as it is.

\b
Examples:
  ssops fmt
  ssops fmt --check --diff
  ssops fmt connections/sales/office-pbx.yaml
  ssops fmt - < draft.yaml""",
    "help.fmt.check": "Write nothing; exit 2 when a file is not in canonical form.",
    "help.fmt.diff": "Write nothing; print what would change, as a patch.",
    "usage.fmt.stdin": "'-' is standard input and goes with no other path",
    "usage.fmt.missing": "there is no file or folder {paths}",
    "format.written.one": "{count} file put into canonical form",
    "format.written.other": "{count} files put into canonical form",
    "format.unwritten.one": "{count} file is not in canonical form",
    "format.unwritten.other": "{count} files are not in canonical form",
    "format.clean.one": "{count} file is in canonical form",
    "format.clean.other": "{count} files are in canonical form",
    "format.faulty.one": "{count} file has faults and was left as it is",
    "format.faulty.other": "{count} files have faults and were left as they are",
    "format.unsafe": "'{file}' cannot be put into canonical form without changing what it says; nothing was written",
    "format.unsafe.hint": "name the other files: 'ssops fmt PATH...'; and report this with the file",
}
