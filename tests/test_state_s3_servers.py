"""State in a bucket of real servers: what only they can tell. The contract is tested on them with all other stores."""

from __future__ import annotations

import secrets
import socket
import socketserver
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
import s3_servers
from s3_servers import Server

from ssops.errors import StateFault
from ssops.messages import say
from ssops.state import recorded, s3
from ssops.state.base import StaleWrite, StateStore
from ssops.state.s3 import credentials, endpoint
from ssops.state.s3.bucket import Bucket
from ssops.state.s3.client import Client, Patience
from ssops.state.s3.faults import Place
from ssops.state.space import SpaceState

SERVERS = {"seaweedfs": s3_servers.seaweedfs, "moto": s3_servers.moto}


@pytest.fixture(params=list(SERVERS))
def server(request: pytest.FixtureRequest) -> Server:
    return SERVERS[request.param]()


@contextmanager
def opened(
    server: Server, environ: Mapping[str, str] | None = None, patience: Patience | None = None, **section: str
) -> Iterator[StateStore]:
    store = s3.open(server.section() | section, environ or server.environ, patience)
    try:
        yield store
    finally:
        store.close()


def reason(call: str, store: StateStore) -> str:
    arguments = {"get": ("sales",), "version": ("sales",), "put": ("sales", b"{}", None), "remove": ("sales",)}
    with pytest.raises(StateFault) as caught:
        getattr(store, call)(*arguments.get(call, ()))
    return caught.value.reason


@pytest.mark.parametrize("call", ["get", "version", "names", "put", "remove", "now"])
def test_seaweedfs_when_the_secret_is_wrong_then_it_says_so(call: str) -> None:
    server = s3_servers.seaweedfs()
    wrong = {**server.environ, credentials.SECRET: "not-the-secret"}

    with opened(server, wrong) as store:
        assert reason(call, store) == "state_credentials"


def test_seaweedfs_when_the_key_is_unknown_then_it_says_so() -> None:
    server = s3_servers.seaweedfs()

    with (
        opened(server, {**server.environ, credentials.KEY_ID: "AKIDUNKNOWN"}) as store,
        pytest.raises(StateFault) as it,
    ):
        store.get("sales")

    assert say(it.value.message).startswith(
        f"the state store at '{server.endpoint.removeprefix('http://')}' does not accept the key in AWS_ACCESS_KEY_ID "
        "and AWS_SECRET_ACCESS_KEY: InvalidAccessKeyId"
    )


def test_seaweedfs_when_this_machines_clock_is_an_hour_off_then_the_servers_counts() -> None:
    late = Patience(sleep=lambda _: None, clock=lambda: time.time() - 3600)

    with opened(s3_servers.seaweedfs(), patience=late) as store:
        assert store.put("sales", b"{}", None) == store.version("sales")


@pytest.mark.parametrize("call", ["get", "version", "names", "put", "now"])
def test_store_when_there_is_no_bucket_then_it_says_so(server: Server, call: str) -> None:
    with opened(server, bucket="no-such-bucket") as store:
        assert reason(call, store) == "state_no_bucket"


def test_keys_when_pages_are_small_then_all_of_them(server: Server) -> None:
    at = endpoint.read(server.endpoint, {})
    opens = credentials.choose(server.auth, at, "ru-central1", server.environ)
    bucket = Bucket(Client(Place(s3_servers.BUCKET, at.netloc), at, opens, Patience()), page=4)
    prefix = f"pages-{secrets.token_hex(4)}/"
    wanted = [f"{prefix}s{number:02}.json" for number in range(10)]

    for key in (*wanted, f"{prefix}lock/s.json"):
        bucket.put(key, b"{}", None)
    found = list(bucket.keys(prefix))
    bucket.close()

    assert found == wanted


def test_put_when_a_document_is_large_then_its_version_is_the_same_everywhere(server: Server) -> None:
    data = secrets.token_bytes(9_000_000)  # more than one piece in SeaweedFS

    with opened(server) as store:
        first = store.put("sales", data, None)
        second = store.put("sales", data[1:], first)

        assert store.version("sales") == second
        assert store.get("sales") == (data[1:], second)


def test_put_when_the_server_says_no_before_it_has_read_all_then_stale(server: Server) -> None:
    with opened(server) as store:
        store.put("sales", b"{}", None)

        with pytest.raises(StaleWrite):
            store.put("sales", bytes(9_000_000), None)


class Losing(socketserver.ThreadingTCPServer):
    """Passes everything on, but hangs up instead of passing on the answer to every other PUT, once it `is_losing`."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, to: str) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.to = ("127.0.0.1", int(to.rpartition(":")[2]))
        self.is_losing = False
        self.puts = 0


class _Passing(socketserver.BaseRequestHandler):
    server: Losing

    def handle(self) -> None:
        with socket.create_connection(self.server.to) as behind:
            back = threading.Thread(target=self._back, args=(behind,), daemon=True)
            self.is_put = False
            back.start()
            while data := self.request.recv(65536):
                self.is_put = data.startswith(b"PUT ") or (self.is_put and not data.startswith((b"GET ", b"HEAD ")))
                behind.sendall(data)
            behind.shutdown(socket.SHUT_WR)
            back.join()

    def _back(self, behind: socket.socket) -> None:
        while data := behind.recv(65536):
            if self.is_put and self.server.is_losing:
                self.is_put = False
                self.server.puts += 1
                if self.server.puts % 2:
                    break
            self.request.sendall(data)
        self.request.shutdown(socket.SHUT_RDWR)


def test_save_when_answers_are_lost_then_each_write_is_made_once(server: Server) -> None:
    states = [SpaceState("sales", "lineage")]
    with Losing(server.endpoint) as losing:
        thread = threading.Thread(target=losing.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        at = f"http://127.0.0.1:{losing.server_address[1]}"
        with opened(server, patience=Patience(base_s=0.01), endpoint=at) as store:
            store.put("warm", b"{}", None)
            version: str | None = None
            losing.is_losing = True
            for number in range(5):
                state, version = recorded.save(store, states[-1], version, iter([f"{number:012x}"]).__next__)
                states.append(state)
            kept = store.names("history/sales")
            current = store.version("sales")
        losing.shutdown()
        thread.join()

    assert [state.serial for state in states] == [0, 1, 2, 3, 4, 5]
    assert (len(kept), current, losing.puts) == (5, version, 20)  # each write was sent twice
