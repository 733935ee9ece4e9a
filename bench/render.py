"""Write a saved plan in every form and print the CPU seconds of each, the plan being in memory: forms take turns.

python -m bench.render ROUNDS PLANFILE
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from ssops.plan import file
from ssops.render import html, markdown


def seconds(path: Path, rounds: int) -> dict[str, float]:
    """Give the medians by form; `dumps` is `json.dumps` of the same data."""
    data = json.loads(path.read_bytes())
    plan = file.loads(path.read_bytes())
    forms: dict[str, Callable[[], object]] = {
        "dumps": lambda: json.dumps(data),
        "json": lambda: file.dumps(plan),
        "markdown": lambda: markdown.text(plan),
        "html": lambda: html.text(plan),
    }
    turns = [{form: _seconds(write) for form, write in forms.items()} for _ in range(rounds)]
    return {form: median(turn[form] for turn in turns) for form in forms}


def _seconds(write: Callable[[], object]) -> float:
    began = time.process_time()
    write()
    return time.process_time() - began


def main() -> None:
    """Run from the command line, with the garbage collector as the command line of ssops sets it."""
    gc.set_threshold(500_000)
    print(json.dumps(seconds(Path(sys.argv[2]), int(sys.argv[1]))))


if __name__ == "__main__":
    main()
