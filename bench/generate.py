"""Write a repository of manifests to measure on: the same files for the same count and seed, on every machine.

One connection is about 90 lines and 3.2 kB; every fourth speaks Russian. A space has up to 100 connections.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from random import Random

PER_SPACE = 100
ORGANIZATION = "bpfbench000000000001"
ADMIN = "userAccount:ajebench00000000001"

_CONFIG = f"""\
version: 1
organization: {ORGANIZATION}
manifests: [spaces, connections]
provider:
  local:
    path: .ssops/speechsense.db
    actor: "{ADMIN}"
    grants:
      - role: speech-sense.admin
        subjects: ["{ADMIN}"]
state:
  file:
    path: state
"""

_WORDS = {
    "en": "office region customer ticket quality sales support partner contract invoice delivery store call agent "
    "shift queue script transfer branch product",
    "ru": "офис регион клиент обращение качество продажи поддержка партнёр договор счёт доставка магазин звонок "
    "оператор смена очередь сценарий перевод филиал товар",
}
_SECTIONS = {
    "two_channel_audio": ("agent", "customer", "shared"),
    "single_channel_audio": ("agent", "customer", "shared"),
    "chat": ("agent", "customer", "bot", "shared"),
}
_DEFAULTS = {
    "agent": ("operator_name", "operator_id"),
    "customer": ("client_name", "client_id"),
    "bot": ("bot_name", "bot_id"),
    "shared": ("language",),
}
_TYPES = ("string", "number", "decimal", "boolean", "date", "json", "url")
_KEYS_MIN, _KEYS_MAX = 11, 20


def write(root: Path, count: int, seed: int = 7) -> None:
    """Write ssops.yaml, and `count` connections with their spaces, into an empty or new folder."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "ssops.yaml").write_text(_CONFIG, encoding="utf-8")
    (root / "spaces").mkdir()
    for start in range(0, count, PER_SPACE):
        space = f"space-{start // PER_SPACE:05}"
        (root / "spaces" / f"{space}.yaml").write_text(_space(space), encoding="utf-8")
        folder = root / "connections" / space
        folder.mkdir(parents=True)
        for number in range(start, min(start + PER_SPACE, count)):
            path = folder / f"connection-{number:06}.yaml"
            path.write_text(connection(number, space, seed), encoding="utf-8")


def touch(root: Path, percent: float) -> int:
    """Add a comment to so many of the files, evenly spread; give how many that were."""
    paths = sorted((root / "connections").rglob("*.yaml"))
    chosen = paths[:: max(1, round(100 / percent))]
    for path in chosen:
        with path.open("a", encoding="utf-8") as file:
            file.write("# touched\n")
    return len(chosen)


def reword(root: Path, percent: float, turn: int) -> list[Path]:
    """Write another description into so many of the files, evenly spread, others each turn; give which those are."""
    every = max(1, round(100 / percent))
    chosen = sorted((root / "connections").rglob("*.yaml"))[turn % every :: every]
    for path in chosen:
        text = path.read_text("utf-8")
        path.write_text(text.replace("\ndescription: ", f"\ndescription: Turn {turn} ", 1), "utf-8")
    return chosen


def connection(number: int, space: str, seed: int = 7) -> str:
    """Give the text of one connection."""
    random = Random(f"{seed}/{number}")
    words = _WORDS["ru" if number % 4 == 3 else "en"].split()
    data_type = random.choice(tuple(_SECTIONS))
    lines = [
        "version: 1",
        "kind: connection",
        f"ref: connection-{number:06}",
        f"space: {space}",
        f"name: {_text(random, words, 3)} {number}",
        f"description: {_text(random, words, 12)}",
        f"owner: {_text(random, words, 2)}",
        f"data_type: {data_type}",
    ]
    return "\n".join([*lines, *_sections(random, words, data_type)]) + "\n"


def _sections(random: Random, words: list[str], data_type: str) -> Iterator[str]:
    sections = _SECTIONS[data_type]
    added = random.randint(_KEYS_MIN, _KEYS_MAX)
    for at, section in enumerate(sections):
        yield f"{section}:"
        if data_type == "two_channel_audio" and section in ("agent", "customer"):
            yield f"  channel: {at}"
        yield "  keys:"
        for key in _DEFAULTS[section]:
            yield f"    {key}:"
            yield f"      name: {_text(random, words, 2)}"
        for index in range(at, added, len(sections)):
            yield f"    {random.choice(_WORDS['en'].split())}_{section}_{index:02}:"
            yield f"      name: {_text(random, words, 2)}"
            yield f"      description: {_text(random, words, 8)}"
            yield f"      type: {random.choice(_TYPES)}"
    if data_type == "single_channel_audio":
        yield "split:"
        yield "  by: phrases"
        yield "  start:"
        yield f"    - {_text(random, words, 3)}"
        yield "  finish:"
        yield f"    - {_text(random, words, 3)}"


def _space(ref: str) -> str:
    return f"""\
version: 1
kind: space
ref: {ref}
name: Bench {ref}
description: A space of the measurements
access:
  - role: speech-sense.editor
    subjects: ["serviceAccount:ajebench00000000002"]
"""


def _text(random: Random, words: list[str], count: int) -> str:
    return " ".join(random.choices(words, k=count)).capitalize()


def main() -> None:
    """Write a repository from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    write(args.folder, args.count, args.seed)


if __name__ == "__main__":
    main()
