"""One apply as its own process, to be killed: FOLDER WISH [POINT] dies before the POINT-th file operation."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Any
from uuid import uuid4

from fakes import ACTOR, FakeService, connection, means, now, plan_of, project, resources, space

from ssops.apply import executor, recovery
from ssops.model import Address, Spec
from ssops.state import lease, process, recorded
from ssops.state.file import FileStore

WISHES: dict[str, Mapping[Address, Spec]] = {
    "first": {
        space("sales"): {"name": "Sales", "description": ""},
        connection("sales", "pbx"): {"name": "PBX", "description": ""},
        project("sales", "vip"): {"name": "VIP", "connection": "pbx", "filters": {}},
        space("old"): {"name": "Old"},
        connection("old", "archive"): {"name": "Archive"},
    },
    "second": {
        space("sales"): {"name": "Sales", "description": "Outbound"},
        connection("sales", "pbx"): {"name": "PBX", "description": "Office"},
        connection("sales", "chat"): {"name": "Chat"},
        connection("sales", "mobile"): {"name": "Mobile"},
        space("support"): {"name": "Support"},
        connection("support", "hotline"): {"name": "Hotline"},
        project("support", "night"): {"name": "Night", "connection": "hotline", "filters": {}},
    },
}

POINTS = {"write", "fsync", "flock", "replace", "unlink", "mkdir", "open", "ftruncate", "close"}


def apply(folder: Path, wish: str) -> int:
    """Bring the service to a wish as `ssops apply` does; give the number of calls."""
    store = FileStore(folder / "state", now)
    service = FakeService(folder / "service.json")
    desired = WISHES[wish]
    names = tuple(sorted({address.space for address in desired} | set(store.names())))
    holder = lease.Holder(str(ACTOR), "apply", "host", os.getpid(), process.identity())
    with lease.hold(store, names, holder, new_id=new_id, timeout_s=0):
        found = recovery.resolve(recorded.read(store), service)
        live = {row.id: row.digest for row in service.rows()}
        state = recovery.write(store, found, new_id, "2026-01-02T03:04:05Z")
        plan = plan_of(desired, found.state, live)
        with_ = means(store, service, new_id)
        executor.run(plan, desired=resources(desired), state=state, means=with_, on_outcome=lambda _: None)
    return len(service.calls)


def new_id() -> str:
    return uuid4().hex


def die_at(point: int) -> None:
    """Kill this process before its `point`-th file operation; count them only when that is 0."""
    seen = 0

    def watch(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal seen
        if event == "c_call" and getattr(arg, "__name__", "") in POINTS:
            seen += 1
            if seen == point:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)


if __name__ == "__main__":
    target, wanted = Path(sys.argv[1]), sys.argv[2]
    if len(sys.argv) > 3:
        die_at(int(sys.argv[3]))
    apply(target, wanted)
