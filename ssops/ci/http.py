"""Talk to the REST API of a platform: patiently within limits, to one host only, never showing the token."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from ssl import SSLContext
from types import TracebackType
from typing import Self

import httpx

from ssops import __version__
from ssops.ci import faults
from ssops.ci.target import Target, is_loopback
from ssops.model import Json, Message, message

CONNECT_S = 10.0
READ_S = 30.0
"""How long to wait for a connection, and for the next bytes of an answer."""

WAIT_S = 180.0
"""How long a run waits in all because the platform asks for it or is out of order."""

TRIES = 5
PAGES = 100
REDIRECTS = 3

_UNSAID_S = 60.0
_REPEATED = (301, 302, 307, 308)


@dataclass(frozen=True, slots=True)
class Patience:
    """How a run waits: the clock in seconds since 1970, what sleeps, and who is told why."""

    now: Callable[[], float]
    sleep: Callable[[float], None]
    tell: Callable[[Message], None]


class Client:
    """Calls to one platform. Raises NotAuthorized (401, 403), UsageFault (404) and ProviderFault (all else)."""

    def __init__(self, target: Target, headers: Mapping[str, str], patience: Patience) -> None:
        self._target = target
        self._patience = patience
        self._waited_s = 0.0
        self._base = httpx.URL(target.api)
        self._client = httpx.Client(
            headers={"User-Agent": f"ssops/{__version__}", **headers},
            timeout=httpx.Timeout(READ_S, connect=CONNECT_S),
            follow_redirects=False,
            verify=_trust(),
            trust_env=not is_loopback(self._base.host),  # no proxy stands between this machine and itself
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def rows(self, path: str) -> Iterator[Json]:
        """Give the members of a list from all its pages."""
        url = f"{self._target.api}{path}"
        for _ in range(PAGES):
            reply = self._sent("GET", url)
            found = self._json(reply)
            if not isinstance(found, list):
                raise faults.strange(self._target)
            yield from found
            following = reply.links.get("next", {}).get("url")
            if following is None:
                return
            url = self._own(url, following)
        raise faults.endless(self._target, PAGES)

    def read(self, path: str) -> Json:
        """Read one object."""
        return self._json(self._sent("GET", f"{self._target.api}{path}"))

    def find(self, path: str) -> Json | None:
        """Read one object; None where the token may not see it."""
        reply = self._answer("GET", f"{self._target.api}{path}")
        if reply.status_code in (403, 404) and not _is_limited(reply):
            return None
        return self._json(self._good(reply))

    def write(self, method: str, path: str, body: Json) -> Json:
        """Create or replace one object and give it as it is then."""
        return self._json(self._sent(method, f"{self._target.api}{path}", body))

    def _answer(self, method: str, url: str, body: Json = None) -> httpx.Response:
        """Ask until there is an answer that waiting would not better."""
        # A POST without an answer may have been carried out; another one would make a second comment.
        is_safe = method != "POST"
        for attempt in range(TRIES):
            is_last = attempt == TRIES - 1
            try:
                reply = self._followed(method, url, body)
            except httpx.TransportError as fault:
                is_unsent = isinstance(fault, httpx.ConnectError | httpx.ConnectTimeout)
                if is_last or not (is_safe or is_unsent) or not self._pause(2.0**attempt, "ci.waiting"):
                    raise faults.unreachable(self._target, self._base.host, str(fault)) from fault
                continue
            wait_s = self._asked(reply)
            if wait_s is None and reply.status_code >= 500 and is_safe:
                wait_s = 2.0**attempt
            why = "ci.waiting.limit" if _is_limited(reply) else "ci.waiting"
            if wait_s is None or is_last or not self._pause(wait_s, why):
                break
        return reply

    def _sent(self, method: str, url: str, body: Json = None) -> httpx.Response:
        return self._good(self._answer(method, url, body))

    def _good(self, reply: httpx.Response) -> httpx.Response:
        if reply.is_success:
            return reply
        said = faults.plain(self._target, _said(reply))
        if _is_limited(reply):
            raise faults.limited(self._target, said)
        raise faults.refused(self._target, reply.status_code, said)

    def _followed(self, method: str, url: str, body: Json) -> httpx.Response:
        for _ in range(REDIRECTS + 1):
            reply = self._client.request(method, url, json=body)
            if reply.status_code not in _REPEATED or not reply.has_redirect_location:
                return reply
            url = self._own(url, reply.headers["location"])
        raise faults.circling(self._target)

    def _own(self, url: str, given: str) -> str:
        """Give the address that an answer leads to. Another host is refused: the token stays with this one."""
        try:
            place = httpx.URL(url).join(given)
        except httpx.InvalidURL as fault:
            raise faults.strange(self._target) from fault
        base = self._base
        if (place.scheme, place.host, place.port) != (base.scheme, base.host, base.port) or place.userinfo:
            raise faults.redirected(self._target, place.host)
        return str(place)

    def _asked(self, reply: httpx.Response) -> float | None:
        """Give the seconds that an answer asks to wait, None where it does not.

        Source: github/docs: content/rest/using-the-rest-api/best-practices-for-using-the-rest-api.md
        """
        if reply.status_code not in (403, 429, 503):
            return None
        if "retry-after" in reply.headers:
            return self._until(reply.headers["retry-after"])
        reset = reply.headers.get("x-ratelimit-reset", "")
        if reply.headers.get("x-ratelimit-remaining") == "0" and _is_number(reset):
            return max(0.0, float(reset) - self._patience.now())
        return _UNSAID_S if _is_limited(reply) else None

    def _until(self, retry: str) -> float:
        if _is_number(retry):
            return float(retry)
        try:
            return max(0.0, parsedate_to_datetime(retry).timestamp() - self._patience.now())
        except (ValueError, OverflowError):
            return _UNSAID_S

    def _pause(self, wait_s: float, why: str) -> bool:
        """Wait, or say False where that would take longer than a run waits."""
        if self._waited_s + wait_s > WAIT_S:
            return False
        if wait_s > 0:
            self._patience.tell(message(why, name=self._target.name, seconds=math.ceil(wait_s)))
            self._patience.sleep(wait_s)
        self._waited_s += wait_s
        return True

    def _json(self, reply: httpx.Response) -> Json:
        try:
            return reply.json()
        except ValueError as fault:
            raise faults.strange(self._target) from fault


@cache
def _trust() -> SSLContext:
    """Give the certificates to believe, which take long to read; SSL_CERT_FILE names others."""
    return httpx.create_ssl_context()


def _is_limited(reply: httpx.Response) -> bool:
    """Say whether an answer is about calling too often; GitHub answers 403, too, and names the page that tells so."""
    if reply.status_code != 403:
        return reply.status_code == 429
    is_told = "retry-after" in reply.headers or reply.headers.get("x-ratelimit-remaining") == "0"
    return is_told or "rate-limit" in str(_field(reply, "documentation_url"))


def _said(reply: httpx.Response) -> str:
    """Give what the platform says of a fault."""
    return str(_field(reply, "message") or _field(reply, "error") or reply.reason_phrase or reply.status_code)


def _field(reply: httpx.Response, name: str) -> Json:
    try:
        found = reply.json()
    except ValueError:
        return None
    return found.get(name) if isinstance(found, dict) else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12
