"""State in a bucket over TLS: who is believed, and the way through a proxy."""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import s3_scripted as scripted
import trustme
from s3_scripted import TOKEN

from ssops.errors import StateFault
from ssops.messages import say
from ssops.state import s3
from ssops.state.base import StateStore
from ssops.state.s3 import credentials
from ssops.state.s3.client import Patience

HOST = "storage.yandexcloud.net"


class Tunnel(socketserver.ThreadingTCPServer):
    """A proxy that opens tunnels, all of them to one server, and keeps what it was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, to: tuple[str, int], says: bytes) -> None:
        super().__init__(("127.0.0.1", 0), _Tunnelling)
        self.to = to
        self.says = says
        self.asked: list[bytes] = []
        self.passed = b""


class _Tunnelling(socketserver.BaseRequestHandler):
    server: Tunnel

    def handle(self) -> None:
        asked = b""
        while not asked.endswith(b"\r\n\r\n"):
            asked += self.request.recv(1)
        self.server.asked.append(asked)
        self.request.sendall(self.server.says)
        if b" 200 " not in self.server.says:
            return
        with suppress(ConnectionError), socket.create_connection(self.server.to) as behind:
            back = threading.Thread(target=_pass, args=(behind, self.request), daemon=True)
            back.start()
            while data := self.request.recv(65536):
                self.server.passed += data
                behind.sendall(data)
            behind.shutdown(socket.SHUT_WR)
            back.join()


def _pass(one: socket.socket, other: socket.socket) -> None:
    with suppress(ConnectionError):
        while data := one.recv(65536):
            other.sendall(data)


@dataclass(frozen=True)
class Way:
    """A server that has the name of Object Storage, its certificates, and a proxy to it."""

    server: scripted.Server
    proxy: Tunnel
    ca_file: Path

    def environ(self, ca_file: str | None = None) -> dict[str, str]:
        host, port = self.proxy.server_address[:2]
        return {
            credentials.TOKEN: TOKEN,
            "HTTPS_PROXY": f"http://me:hidden-word@{host!s}:{port}",
            "SSL_CERT_FILE": ca_file or str(self.ca_file),
        }


@pytest.fixture
def way(tmp_path: Path) -> Iterator[Way]:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(context)
    with scripted.serving(context) as server:
        host, port = server.server_address[:2]
        with Tunnel((str(host), port), b"HTTP/1.1 200 OK\r\n\r\n") as proxy:
            thread = threading.Thread(target=proxy.serve_forever, args=(0.01,), daemon=True)
            thread.start()
            yield Way(server, proxy, tmp_path / "ca.pem")
            proxy.shutdown()
            thread.join()


def refused(store: StateStore) -> tuple[str, str]:
    with pytest.raises(StateFault) as caught:
        store.put("sales", b"{}", None)
    store.close()
    return caught.value.reason, say(caught.value.message)


def test_store_when_nothing_but_a_bucket_is_named_then_object_storage_over_tls(way: Way) -> None:
    store = s3.open({"bucket": scripted.BUCKET}, way.environ())

    store.put("sales", b"{}", None)
    store.close()

    assert set(way.server.objects) == {"/ssops-state/ssops/sales.json"}
    assert {request.headers["host"] for request in way.server.seen} == {HOST}
    assert len(way.proxy.asked) == 1
    assert way.proxy.asked[0].startswith(b"CONNECT storage.yandexcloud.net:443 HTTP/1.")
    assert b"Proxy-Authorization: Basic bWU6aGlkZGVuLXdvcmQ=\r\n" in way.proxy.asked[0]
    assert TOKEN.encode() not in way.proxy.asked[0] + way.proxy.passed


def test_store_when_nobody_vouches_for_it_then_it_gets_no_token(way: Way, tmp_path: Path) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "other.pem")

    store = s3.open({"bucket": scripted.BUCKET}, way.environ(str(tmp_path / "other.pem")))

    assert refused(store) == (
        "state_unreachable",
        "nobody vouches for 'storage.yandexcloud.net': unable to get local issuer certificate",
    )
    assert (way.server.seen, len(way.proxy.asked)) == ([], 1)


def test_store_when_it_has_another_name_then_it_gets_no_token(way: Way) -> None:
    key = {credentials.KEY_ID: "AKIDCANARY", credentials.SECRET: "canary"}

    store = s3.open({"bucket": scripted.BUCKET, "endpoint": "https://s3.example.com"}, way.environ() | key)

    reason, said = refused(store)
    assert reason == "state_unreachable"
    assert said.startswith("nobody vouches for 's3.example.com': ")
    assert way.server.seen == []


@pytest.mark.parametrize("content", [None, "no certificate\n"], ids=["missing", "damaged"])
def test_store_when_the_certificates_cannot_be_read_then_it_says_which(
    way: Way, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "broken.pem"
    if content:
        path.write_text(content)

    reason, said = refused(s3.open({"bucket": scripted.BUCKET}, way.environ(str(path))))

    assert reason == "state_unreachable"
    assert said.startswith(f"cannot read the certificates in '{path}': ")


def test_store_when_the_proxy_refuses_then_it_says_so_without_the_password(way: Way) -> None:
    way.proxy.says = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"

    reason, said = refused(s3.open({"bucket": scripted.BUCKET}, way.environ(), Patience(sleep=lambda _: None)))

    assert reason == "state_unreachable"
    assert said == (
        "bucket 'ssops-state' at 'storage.yandexcloud.net' cannot be reached: "
        "Tunnel connection failed: 407 Proxy Authentication Required"
    )
    assert way.server.seen == []
