"""Run whole processes and measure what they cost: CPU and wall seconds, peak memory. Cases take turns."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


def _nothing() -> None:
    """Prepare nothing."""


@dataclass(frozen=True, slots=True)
class Case:
    """A command to measure, in a folder. `prepare` is called before each run and is not measured."""

    name: str
    command: tuple[str, ...]
    folder: Path
    prepare: Callable[[], object] = _nothing
    codes: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process cost. `cpu_s` is user and system time together, `peak_mib` the most memory it held."""

    cpu_s: float
    wall_s: float
    peak_mib: float


@dataclass(frozen=True, slots=True)
class Costs:
    """The medians of each case by name, over the rounds of one run."""

    medians: Mapping[str, Cost] = field(default_factory=dict)

    def cpu_ratio(self, name: str, base: str) -> float:
        """Give the CPU time of a case as a multiple of a base."""
        return self.medians[name].cpu_s / self.medians[base].cpu_s


def run(case: Case, environ: Mapping[str, str]) -> Cost:
    """Run a case once. Raises RuntimeError when it ends with another code than expected."""
    case.prepare()
    log = case.folder / ".bench.log"
    to_log = (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    began = time.perf_counter()
    home = Path.cwd()
    os.chdir(case.folder)
    try:
        process = os.posix_spawn(
            case.command[0],
            case.command,
            environ,
            file_actions=[to_log, (os.POSIX_SPAWN_DUP2, 1, 2)],
        )
        _, status, used = os.wait4(process, 0)
    finally:
        os.chdir(home)
    wall_s = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) not in case.codes:
        said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise RuntimeError(f"{case.name}: exit code {os.waitstatus_to_exitcode(status)}\n{said}")
    return Cost(used.ru_utime + used.ru_stime, wall_s, used.ru_maxrss * _RSS_UNIT / 2**20)


def measure(cases: Sequence[Case], rounds: int, environ: Mapping[str, str]) -> Costs:
    """Run the cases in turn, so many rounds."""
    found: dict[str, list[Cost]] = {case.name: [] for case in cases}
    for number in range(rounds):
        for case in cases:
            found[case.name].append(run(case, environ))
            print(f"\rround {number + 1} of {rounds}: {case.name:50}", end="", file=sys.stderr)
    print(f"\r{'':70}\r", end="", file=sys.stderr)
    return Costs({name: _medians(costs) for name, costs in found.items()})


def _medians(costs: Sequence[Cost]) -> Cost:
    return Cost(
        median(cost.cpu_s for cost in costs),
        median(cost.wall_s for cost in costs),
        median(cost.peak_mib for cost in costs),
    )
