"""Load a saved plan and write it in one form, or do only what comes before: a case of the measurements.

python -m bench.render read|dumps|load|json|markdown|html PLANFILE
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from ssops.plan import file
from ssops.render import html, markdown

FORMS: Mapping[str, Callable[[bytes], object]] = {
    "read": json.loads,
    "dumps": lambda data: json.dumps(json.loads(data)),
    "load": file.loads,
    "json": lambda data: file.dumps(file.loads(data)),
    "markdown": lambda data: markdown.text(file.loads(data)),
    "html": lambda data: html.text(file.loads(data)),
}


def main() -> None:
    """Run from the command line, with the garbage collector as the command line of ssops sets it."""
    form, path = sys.argv[1:]
    gc.set_threshold(500_000)
    FORMS[form](Path(path).read_bytes())


if __name__ == "__main__":
    main()
