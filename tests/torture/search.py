"""Let the machine run: `python -m torture.search --examples 10000 --workers 2` prints what it tried and what it found.

Each worker has a seed of its own, counted from `--seed`: the same seeds try the same examples.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from torture.machine import STEPS, Machine


class Found(NamedTuple):
    """What a search tried, how often each end of a run was seen, and the first fault, "" where there was none."""

    examples: int
    steps: int
    seen: Counter[str]
    fault: str


def search(examples: int, number: int) -> Found:
    """Try so many examples from the seed `number`."""
    Machine.examples, Machine.steps = 0, 0
    Machine.seen.clear()
    how = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        stateful_step_count=STEPS,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        phases=(Phase.generate,),
        print_blob=False,
    )
    fault = ""
    try:
        run_state_machine_as_test(seed(number)(Machine), settings=how)
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"
    return Found(Machine.examples, Machine.steps, Counter(Machine.seen), fault)


def main(arguments: Sequence[str]) -> int:
    """Run from the command line; the exit code is 1 where a fault was found."""
    parser = argparse.ArgumentParser(prog="torture.search", description=__doc__)
    parser.add_argument("--examples", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    begun = time.monotonic()
    share = -(-given.examples // given.workers)
    with ProcessPoolExecutor(given.workers, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(search, [share] * given.workers, range(given.seed, given.seed + given.workers)))
    faults = [one.fault for one in found if one.fault]
    examples, steps = sum(one.examples for one in found), sum(one.steps for one in found)
    print(f"{examples} examples, {steps} steps, {time.monotonic() - begun:.0f} s, {len(faults)} faults found")
    for fault in faults:
        print(fault[:2000])
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
