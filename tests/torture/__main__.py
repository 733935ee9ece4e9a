"""Torture ssops and print one table: `python -m torture [--short] [--only NAME] [--stores file,s3,postgres]`.

The exit code is 1 when a figure is missed. Run it from the root of the repository as `make torture`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from torture import chaos, disk_full, economy, flips, kills, lost, races, signals
from torture.figures import Figure, table
from torture.options import Options
from torture.stores import STORES

FIGURES: dict[str, Callable[[Options], Iterator[Figure]]] = {
    "kills": kills.matrix,
    "repeated": kills.repeated,
    "disk": disk_full.matrix,
    "signals": signals.matrix,
    "lost": lost.lost,
    "chaos": chaos.chaos,
    "races": races.races,
    "flips": flips.flips,
    "economy": economy.economy,
}


def main() -> int:
    """Run from the command line and give the exit code."""
    parser = argparse.ArgumentParser(prog="torture", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a few cases of each figure")
    parser.add_argument("--only", action="append", choices=FIGURES, help="only this figure; may be repeated")
    parser.add_argument("--stores", default=",".join(STORES), help="the stores to strike at (%(default)s)")
    given = parser.parse_args()
    stores = tuple(given.stores.split(","))
    if unknown := set(stores) - set(STORES):
        parser.error(f"no such store: {', '.join(sorted(unknown))}")
    found = []
    for name in given.only or FIGURES:
        begun = time.monotonic()
        for figure in _figures(name, Options(stores, given.short)):
            found.append(figure)
            print(f"{time.monotonic() - begun:6.0f} s  {figure.name}: {figure.measured}", file=sys.stderr, flush=True)
    print(table(found))
    return int(not all(figure.is_met for figure in found))


def _figures(name: str, options: Options) -> Iterator[Figure]:
    """Give the figures of one sort; what cannot be tried here is a figure that is missed."""
    try:
        yield from FIGURES[name](options)
    except (pytest.skip.Exception, pytest.fail.Exception) as fault:  # what starts the servers speaks to pytest
        yield Figure(name, "-", "-", False, str(fault))


if __name__ == "__main__":
    sys.exit(main())
