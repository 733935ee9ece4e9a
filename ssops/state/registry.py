"""The stores by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from ssops.state.base import Memory, StateStore
from ssops.state.file import FileStore

DEFAULT_PATH = "state"


def make(
    name: str,
    section: Mapping[str, Any],
    root: Path,
    *,
    clock: Callable[[], datetime],
    stamps: Memory | None,
    environ: Mapping[str, str],
) -> StateStore:
    """Make the store of this name from its section of ssops.yaml; credentials come from `environ` alone.

    Nothing is connected yet. Raises StateFault when credentials or a package are missing.
    """
    if name == "s3":
        from ssops.state import s3  # each with what it needs, only where it is named

        return s3.open(section, environ)
    if name == "postgres":
        from ssops.state import postgres

        return postgres.open(section, environ)
    return FileStore(root / section.get("path", DEFAULT_PATH), clock, stamps)
