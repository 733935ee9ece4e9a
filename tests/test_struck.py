"""What the torture found, each as the smallest case of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import workspaces
from fakes import MemoryStore

from ssops.errors import StateFault
from ssops.model import Address, Kind, message
from ssops.state import journal, lease
from ssops.state.base import StateStore
from ssops.workspace import Workspace
from dataclasses import replace

HOLDER = lease.Holder("userAccount:me", "apply", "elsewhere", 1)
SPACE = {"version": 1, "kind": "space", "ref": "sales", "name": "Sales"}
CHAT = {"version": 1, "kind": "connection", "ref": "chat", "space": "sales", "name": "Chat", "data_type": "chat"}
PBX = {**CHAT, "ref": "pbx", "name": "PBX"}


class Struck:
    """A store in which one write ends otherwise."""

    def __init__(self, store: StateStore, strike: Callable[[str], None]) -> None:
        self._store = store
        self._strike = strike

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def put(self, name: str, data: bytes, expected: str | None) -> str:
        version = self._store.put(name, data, expected)
        self._strike(name)
        return version


class Killed(BaseException):
    """As a SIGKILL: nothing is tidied up that a process would not have come to."""
