"""Measure ssops against its targets and print one table. Ratios are of CPU time, made in one run.

python -m bench.run             1,000 and 10,000 connections
python -m bench.run --full      up to 100,000
python -m bench.run --peers     beside octodns, check-jsonschema and Terraform, installed in a scratch environment
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from bench import cases, peers, table
from bench.measure import Case, Costs, measure
from bench.table import Row

_BIG = 10_000


def main() -> None:
    """Run from the command line; the exit code is 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="also 100,000 connections; takes half an hour")
    parser.add_argument("--peers", action="store_true", help="also other tools; installs them, takes half an hour")
    parser.add_argument("--sizes", type=int, nargs="+", help="these numbers of connections instead")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    sizes = args.sizes or [1_000, 10_000, *([100_000] if args.full else [])]
    with tempfile.TemporaryDirectory(prefix="ssops-bench-") as work:
        rows = [*_ssops(Path(work), sizes, args.rounds), *(peers.rows(Path(work)) if args.peers else ())]
    print(f"\n{table.text(rows)}")
    raise SystemExit(not all(row.is_met for row in rows))


def _ssops(work: Path, sizes: list[int], rounds: int) -> Iterator[Row]:
    found: dict[int, Costs] = {}
    yield from _start(_measured(cases.start(work), work / "cache", rounds * 2))
    for size in sizes:
        ground = cases.ground(work, size)
        few = rounds if size <= _BIG else 1
        cold = _measured(cases.cold(ground), ground.cache, few)
        warm = _measured(cases.warm(ground), ground.cache, few + 1)
        found[size] = Costs({**cold.medians, **warm.medians})
        yield from _sized(found[size], size)
        if size == _BIG:
            yield from _compared(work, size, few + 1)
            yield from _rendered(size, cases.rendered(ground, few))
    for small, big in pairwise(sizes):
        yield from _growth(found, small, big)


def _measured(listed: Iterable[Case], cache: Path, rounds: int) -> Costs:
    measured = measure(list(listed), rounds, cases.environ(cache))
    for name, cost in measured.medians.items():
        print(f"{name:40} {cost.cpu_s:8.3f} s CPU {cost.wall_s:8.3f} s wall {cost.peak_mib:7.1f} MiB", flush=True)
    return measured


def _start(costs: Costs) -> Iterator[Row]:
    yield Row("ssops --version / import click", 2, costs.cpu_ratio("version", "import click"))


def _sized(costs: Costs, size: int) -> Iterator[Row]:
    bare, stat = f"bare loop {size}", f"walk and stat {size}"
    yield Row(f"{size:,}: validate cold / bare loop", 1.0, costs.cpu_ratio(f"validate cold {size}", bare))
    yield Row(
        f"{size:,}: plan cold / validate cold", 1.1, costs.cpu_ratio(f"plan cold {size}", f"validate cold {size}")
    )
    if size != _BIG:
        return
    yield Row(f"{size:,}: plan warm / walk and stat", 4, costs.cpu_ratio(f"plan warm {size}", stat))
    yield Row(f"{size:,}: plan, 1 % touched / walk and stat", 7, costs.cpu_ratio(f"plan 1 % touched {size}", stat))
    yield Row(f"{size:,}: peak of validate cold", 200, costs.medians[f"validate cold {size}"].peak_mib, "MiB")
    yield Row(f"{size:,}: peak of plan warm", 80, costs.medians[f"plan warm {size}"].peak_mib, "MiB")


def _compared(work: Path, size: int, rounds: int) -> Iterator[Row]:
    cache, listed = cases.compared(work, size)
    found = _measured(listed, cache, rounds).medians
    validate, diff, plan = (found[case.name].cpu_s for case in listed)
    yield Row(f"{size:,}: plan against git / validate edited + git diff", 1.5, plan / (validate + diff))


def _rendered(size: int, seconds: Mapping[str, float]) -> Iterator[Row]:
    target = 2 * seconds["dumps"] + 1
    for form in ("json", "markdown", "html"):
        yield Row(f"{size:,}: plan as {form} / 2 x json.dumps + 1 s", target, seconds[form], "s")


def _growth(found: dict[int, Costs], small: int, big: int) -> Iterator[Row]:
    most = 1.1 * big / small
    for case in ("validate cold", "plan cold", "plan warm"):
        grown = found[big].medians[f"{case} {big}"].cpu_s / found[small].medians[f"{case} {small}"].cpu_s
        yield Row(f"{case}, {small:,} to {big:,}", most, grown)


if __name__ == "__main__":
    main()
