"""What is measured: repositories, made ready once, and the cases of ssops and its floors on them."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench import generate
from bench.measure import Case

REPOSITORY = Path(__file__).parent.parent
_SETTLE_S = 2.5  # ssops reads a file again that was changed less than two seconds before it was looked at


@dataclass(frozen=True, slots=True)
class Ground:
    """A repository of `count` connections, applied to the embedded service, with a cache of its own."""

    root: Path
    cache: Path
    count: int


def environ(cache: Path) -> dict[str, str]:
    """Give the environment of the measured processes: little of ours, and a cache folder."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": str(REPOSITORY), "SSOPS_CACHE_DIR": str(cache), "NO_COLOR": "1"}


def ssops(*arguments: str) -> tuple[str, ...]:
    """Give the command that runs ssops from this checkout."""
    return (sys.executable, "-m", "ssops", *arguments)


def ground(work: Path, count: int) -> Ground:
    """Write a repository and apply it. Raises CalledProcessError when ssops refuses it."""
    made = Ground(work / f"repository-{count}", work / "cache", count)
    generate.write(made.root, count)
    for command in (ssops("plan", "--out", "../plan.json"), ssops("apply", "../plan.json")):
        subprocess.run(command, cwd=made.root, env=environ(made.cache), check=True, stdout=subprocess.DEVNULL)
    return made


def cold(made: Ground) -> list[Case]:
    """Give the cases that start without a cache: validation beside the bare loop, and the plan."""

    def forget() -> None:
        shutil.rmtree(made.cache, ignore_errors=True)

    floor = (sys.executable, "-m", "bench.floor", "validate", str(made.root))
    return [
        Case(f"bare loop {made.count}", floor, made.root),
        Case(f"validate cold {made.count}", ssops("validate"), made.root, forget),
        Case(f"plan cold {made.count}", ssops("plan"), made.root, forget),
    ]


def warm(made: Ground) -> list[Case]:
    """Give the cases that start with the cache of the run before: nothing touched, and one file in a hundred."""

    def settle() -> None:
        time.sleep(_SETTLE_S)
        subprocess.run(ssops("plan"), cwd=made.root, env=environ(made.cache), check=True, stdout=subprocess.DEVNULL)

    def touch() -> None:
        generate.touch(made.root, 1)

    floor = (sys.executable, "-m", "bench.floor", "stat", str(made.root))
    return [
        Case(f"walk and stat {made.count}", floor, made.root),
        Case(f"plan warm {made.count}", ssops("plan"), made.root, settle),
        Case(f"plan 1 % touched {made.count}", ssops("plan"), made.root, touch),
    ]


def compared(work: Path, count: int) -> tuple[Path, list[Case]]:
    """Give a cache, and the cases of a comparison with the commit before: one file in a hundred was edited since.

    The floors: validation of just the edited files with their spaces, in a repository of their own and without a
    cache, and git's own look at what differs.
    """
    root, few, cache = work / f"git-{count}", work / f"edited-{count}", work / "cache"
    generate.write(root, count)
    (root / ".gitignore").write_text(".bench.log\n", "utf-8")
    _git(root, "init", "--quiet")
    _commit(root)
    turns = itertools.count(1)

    def edit() -> None:
        subprocess.run(ssops("validate"), cwd=root, env=environ(cache), check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(few, ignore_errors=True)
        shutil.copytree(root / "spaces", few / "spaces")
        shutil.copy(root / "ssops.yaml", few)
        for path in generate.reword(root, 1, next(turns)):
            copy = few / path.relative_to(root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
        _commit(root)
        time.sleep(_SETTLE_S)

    git = shutil.which("git") or "git"
    return cache, [
        Case(f"validate edited {count}", ssops("validate", "--no-cache"), few, edit),
        Case(f"git diff {count}", (git, "diff", "--stat", "HEAD~1"), root),
        Case(f"plan against git {count}", ssops("plan", "--against", "git:HEAD~1"), root),
    ]


def _commit(root: Path) -> None:
    _git(root, "add", "--all")
    _git(root, "-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "--quiet", "--message", "edit")


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(("git", *arguments), cwd=root, check=True)


def rendered(made: Ground, rounds: int) -> dict[str, float]:
    """Give the CPU seconds of writing the plan of the whole repository, as it was saved before it was applied."""
    command = (sys.executable, "-m", "bench.render", str(rounds), str(made.root.parent / "plan.json"))
    found = subprocess.run(command, env=environ(made.cache), check=True, stdout=subprocess.PIPE)
    seconds: dict[str, float] = json.loads(found.stdout)
    return seconds


def start(work: Path) -> list[Case]:
    """Give the cases of the bare start."""
    return [
        Case("import click", (sys.executable, "-c", "import click"), work),
        Case("version", ssops("--version"), work),
    ]
