"""Empty places for documents on every store: what ssops.yaml and the environment say of them, and how to open them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from ssops.state import registry
from ssops.state.base import StateStore


@dataclass(frozen=True, slots=True)
class Place:
    """A place where nothing is yet. `section` is ssops.yaml's for the store; `port` is where its server listens."""

    store: str
    section: Mapping[str, Any]
    environ: Mapping[str, str] = field(default_factory=dict)
    port: int = 0

    @contextmanager
    def opened(self, root: Path) -> Iterator[StateStore]:
        """Open the store of the workspace in `root` as ssops does."""
        store = registry.make(
            self.store, self.section, root, clock=lambda: datetime.now(UTC), stamps=None, environ=self.environ
        )
        try:
            yield store
        finally:
            store.close()

    def behind(self, port: int) -> Place:
        """Give the same place, reached through another port of this machine."""
        if self.store == "s3":
            return Place(self.store, {**self.section, "endpoint": f"http://127.0.0.1:{port}"}, self.environ, port)
        return Place(self.store, {**self.section, "port": port}, self.environ, port)


Fresh = Callable[[], Place]
"""Gives a new place; the server behind it, if any, runs until this process ends."""


def file() -> Place:
    return Place("file", {"path": "state"})


def s3() -> Place:
    import s3_servers

    server = s3_servers.seaweedfs()
    port = int(server.endpoint.rpartition(":")[2])
    return Place("s3", server.section(), server.environ, port)


def postgres() -> Place:
    import postgres_server

    server = postgres_server.running()
    return Place("postgres", server.section(table=f"torture_{uuid4().hex}"), {}, server.port)


STORES: dict[str, Fresh] = {"file": file, "s3": s3, "postgres": postgres}
"""Store, as ssops.yaml names it -> gives a new place."""
