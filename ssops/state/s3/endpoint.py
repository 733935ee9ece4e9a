"""Where a store answers and how to get there: the address, TLS, the proxy between."""

from __future__ import annotations

import ssl
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

from ssops.state.s3 import faults

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that opens tunnels. `headers` may hold the password of its user."""

    host: str
    port: int
    headers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The address of a store. `ca_file` names the certificates to believe, None those of the system."""

    scheme: str
    host: str
    port: int
    proxy: Proxy | None = None
    ca_file: str | None = None

    @property
    def netloc(self) -> str:
        """The host as requests name it: with its port unless that is the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def trust(self) -> ssl.SSLContext | None:
        """Give the certificates to believe, which take long to read; None without TLS. Raises StateFault."""
        if self.scheme == "http":
            return None
        try:
            return ssl.create_default_context(cafile=self.ca_file)
        except OSError as fault:
            raise faults.no_certificates(str(self.ca_file), fault) from fault

    def connection(self, trust: ssl.SSLContext | None, timeout_s: float) -> HTTPConnection:
        """Make a connection that is not open yet. A proxy sees the name of the host, and nothing inside the tunnel."""
        if trust is None:
            return HTTPConnection(self.host, self.port, timeout=timeout_s)
        if self.proxy is None:
            return HTTPSConnection(self.host, self.port, timeout=timeout_s, context=trust)
        through = HTTPSConnection(self.proxy.host, self.proxy.port, timeout=timeout_s, context=trust)
        through.set_tunnel(self.host, self.port, headers=self.proxy.headers)
        return through


def read(url: str, environ: Mapping[str, str]) -> Endpoint:
    """Read the address of a store, and from the environment how to get there.

    HTTPS_PROXY and NO_PROXY count, for TLS only; SSL_CERT_FILE names certificates. Raises StateFault for an address
    that is none, and for plain http to another machine, where anybody on the way could read a credential.
    """
    parts = urlsplit(url)
    host, port = _place(parts)
    if host is None or parts.scheme not in _PORTS or parts.path not in ("", "/") or parts.query or "@" in parts.netloc:
        raise faults.bad_endpoint(url)
    if parts.scheme == "http" and not is_loopback(host):
        raise faults.plaintext(host)
    proxy = _proxy(host, environ) if parts.scheme == "https" else None
    return Endpoint(parts.scheme, host, port or _PORTS[parts.scheme], proxy, environ.get("SSL_CERT_FILE") or None)


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _place(parts: SplitResult) -> tuple[str | None, int | None]:
    try:
        return parts.hostname, parts.port
    except ValueError:
        return None, None


def _proxy(host: str, environ: Mapping[str, str]) -> Proxy | None:
    named = [name for name in ("https_proxy", "HTTPS_PROXY") if environ.get(name)]
    if not named or is_loopback(host) or _is_direct(host, environ.get("no_proxy") or environ.get("NO_PROXY") or ""):
        return None
    written = environ[named[0]]
    parts = urlsplit(written if "://" in written else f"http://{written}")
    at, port = _place(parts)
    if at is None or parts.scheme != "http":
        raise faults.bad_proxy(named[0])
    headers = {}
    if parts.username is not None:
        known = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Proxy-Authorization"] = f"Basic {b64encode(known.encode()).decode()}"
    return Proxy(at, port or _PORTS["http"], headers)


def _is_direct(host: str, exceptions: str) -> bool:
    """Tell whether NO_PROXY names a host, or a domain that it is in; `*` names all."""
    named = [each.strip().lower().removeprefix("*.").lstrip(".") for each in exceptions.split(",")]
    return "*" in named or any(each and (host == each or host.endswith(f".{each}")) for each in named)
