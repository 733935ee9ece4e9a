"""Read every hostile case under hard limits; print one line of JSON for each: started first, then what came of it."""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from ssops.manifest.reader import read
from ssops.messages import say

FOLDER = Path(__file__).parent
MEMORY = 512 * 1024 * 1024


def cases() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Give all cases: the files of this folder, then what the generators make."""
    for path in sorted(FOLDER.glob("*.yaml")):
        yield path.stem, path.read_bytes
    sys.path.insert(0, str(FOLDER))
    from generators import GENERATORS

    yield from GENERATORS.items()


def main(share: int, shares: int) -> None:
    """Run every `shares`-th case in this process. A crash ends the output behind the name of its case."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for name, make in islice(cases(), share, None, shares):
        print(json.dumps({"case": name}), flush=True)
        data = make()
        began = time.process_time()
        documents, issues = read(data, f"{name}.yaml")
        seconds = time.process_time() - began
        for issue in issues:
            assert issue.hint is not None and say(issue.message) and say(issue.hint)
        rules = [issue.rule for issue in issues]
        print(json.dumps({"case": name, "documents": len(documents), "rules": rules, "seconds": seconds}), flush=True)
        del documents, issues, data
        gc.collect()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
