"""What the torture found, each as the smallest case of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import workspaces
from fakes import MemoryStore

from ssops.errors import StateFault
from ssops.model import message
from ssops.state import journal, lease
from ssops.state.base import StateStore

SPACE = {"version": 1, "kind": "space", "ref": "sales", "name": "Sales"}
CHAT = {"version": 1, "kind": "connection", "ref": "chat", "space": "sales", "name": "Chat", "data_type": "chat"}
SITE = {**CHAT, "ref": "site", "name": "Site"}


class Struck:
    """A store whose writes are followed by a strike."""

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
    """The end of a process."""


def test_apply_when_killed_between_journal_and_state_then_a_change_of_the_record_alone_is_told_once(
    tmp_path: Path,
) -> None:
    workspaces.apply(workspaces.written(tmp_path, [SPACE, CHAT]))
    workspace = workspaces.written(tmp_path, [SPACE, {**CHAT, "retired": True}, SITE])
    told: list[str] = []

    def kill(name: str) -> None:
        told.append(name)
        if any(name.startswith("journal/") for name in told):
            raise Killed

    with pytest.raises(Killed):
        workspaces.apply(replace(workspace, store=Struck(workspace.store, kill)))
    workspaces.apply(workspace)

    entries = journal.read(workspace.store, "sales", lambda fault: pytest.fail(fault.reason))
    assert Counter((entry.address.ref, entry.act) for entry in entries) == Counter(
        [("sales", "create"), ("chat", "create"), ("site", "create"), ("chat", "retire")]
    )


@pytest.mark.parametrize("struck", ["lock/sales", "lock/support"])
@pytest.mark.parametrize(
    "strike",
    [KeyboardInterrupt(), StateFault("state_unwritable", message("error.interrupted"))],
    ids=["signal", "fault"],
)
def test_hold_when_struck_while_locks_are_taken_then_every_one_is_given_back(
    struck: str, strike: BaseException
) -> None:
    store = MemoryStore()
    left = [strike]

    def once(name: str) -> None:
        if name == struck and left:
            raise left.pop()

    holder = lease.Holder("userAccount:me", "apply", "elsewhere", 1)
    held = lease.hold(Struck(store, once), ("sales", "support"), holder, new_id=lambda: "mine", timeout_s=0)
    with pytest.raises(type(strike)):
        held.__enter__()

    assert {json.loads(data)["id"] for data in store.documents.values()} == {""}
