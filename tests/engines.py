"""The stores that the contract of `state.base.StateStore` is tested on; each is opened twice, as by two machines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import postgres_server
import s3_servers
from fakes import MemoryStore

from ssops.state import postgres as postgres_state
from ssops.state import s3
from ssops.state.base import StateStore
from ssops.state.file import FileStore

Open = Callable[[], StateStore]
"""Opens one more store on the same documents, which are none at first."""


@contextmanager
def memory(_: Path) -> Iterator[Open]:
    store = MemoryStore()
    yield lambda: store


@contextmanager
def file(folder: Path) -> Iterator[Open]:
    yield lambda: FileStore(folder / "state", lambda: datetime.now(UTC))


@contextmanager
def _bucket(server: s3_servers.Server) -> Iterator[Open]:
    section = server.section()
    with ExitStack() as opened:

        def opens() -> StateStore:
            store = s3.open(section, server.environ)
            opened.callback(store.close)
            return store

        yield opens


@contextmanager
def seaweedfs(_: Path) -> Iterator[Open]:
    with _bucket(s3_servers.seaweedfs()) as opens:
        yield opens


@contextmanager
def moto(_: Path) -> Iterator[Open]:
    with _bucket(s3_servers.moto()) as opens:
        store = opens()
        yield lambda: store  # it serves one request at a time: a race of several connections would only take long


@contextmanager
def postgres(_: Path) -> Iterator[Open]:
    section = postgres_server.running().section(table=f"state_{uuid4().hex}")
    with ExitStack() as opened:

        def opens() -> StateStore:
            store = postgres_state.open(section, {})
            opened.callback(store.close)
            return store

        yield opens


ENGINES = {"memory": memory, "file": file, "seaweedfs": seaweedfs, "moto": moto, "postgres": postgres}
"""Engine -> makes an empty store in a scratch folder."""
