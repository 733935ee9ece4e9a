"""The smallest programs that do part of the work: what the figures of ssops are ratios to."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path


def stat(root: str) -> int:
    """Walk the manifests and stat each file."""
    return sum(os.stat(path).st_size >= 0 for path in _files(root))  # noqa: PTH116 - the floor uses nothing but os


def validate(root: str) -> int:
    """Load each file with PyYAML's C loader and judge it with a compiled validator."""
    import jsonschema_rs
    import yaml

    schemas = Path(__file__).parent.parent / "schemas"
    validators = {
        kind: jsonschema_rs.Draft202012Validator(json.loads((schemas / f"{kind}.schema.json").read_text("utf-8")))
        for kind in ("space", "connection")
    }
    count = 0
    for path in _files(root):
        with open(path, "rb") as file:  # noqa: PTH123
            data = yaml.load(file.read(), yaml.CSafeLoader)
        count += validators[data["kind"]].is_valid(data)
    return count


def _files(root: str) -> Iterator[str]:
    for part in ("spaces", "connections"):
        waiting = [f"{root}/{part}"]
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir():
                        waiting.append(entry.path)
                    elif entry.name.endswith(".yaml"):
                        yield entry.path


if __name__ == "__main__":
    print({"stat": stat, "validate": validate}[sys.argv[1]](sys.argv[2]))
