"""Ask a store: over connections that are kept, patiently within limits, at one host only, showing no credential."""

from __future__ import annotations

import random
import select
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, IncompleteRead
from socket import EAI_AGAIN, gaierror

from ssops import __version__
from ssops.errors import StateFault
from ssops.state import process
from ssops.state.s3 import faults, signing
from ssops.state.s3.credentials import Credentials
from ssops.state.s3.endpoint import Endpoint
from ssops.state.s3.exchange import Answer, Request
from ssops.state.s3.faults import Place

ANSWER_MAX = 1 << 28
"""Bytes of an answer that are read: the state of a space with ten thousand connections has a sixth of them."""

_BUSY = frozenset({408, 429, 500, 502, 503, 504})
# Two conditional writes met: the next try tells which one won. A skewed clock is told the right time with the answer.
_BUSY_CODES = faults.MEETING | {"RequestTimeout", "RequestTimeTooSkewed"}
_IDLE_MAX = 8
_PART = 1 << 16


def _any_up_to(most: float) -> float:
    return random.uniform(0, most)  # noqa: S311 - spreads tries, hides nothing


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait and how often to try. No try begins later than `budget_s` after the first.

    Between tries a random time up to `base_s` passes, each time doubled up to `cap_s`, or what the store asks for
    where that is longer. `read_s` is the wait for the next bytes; a whole answer takes `budget_s` at most. `jitter`
    gives a number up to its argument, `clock` seconds since 1970.
    """

    connect_s: float = 10.0
    read_s: float = 30.0
    tries: int = 6
    base_s: float = 0.5
    cap_s: float = 20.0
    budget_s: float = 120.0
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[float], float] = lambda most: random.uniform(0, most)  # noqa: S311
    clock: Callable[[], float] = time.time


class Client:
    """Requests to one store, from any number of threads at once. Follows no redirect."""

    def __init__(self, place: Place, endpoint: Endpoint, credentials: Credentials, patience: Patience) -> None:
        self.place = place
        self._endpoint = endpoint
        self._credentials = credentials
        self._patience = patience
        self._guard = threading.Lock()
        self._idle: list[HTTPConnection] = []
        self._closings = 0
        self._trust: ssl.SSLContext | None = None
        self._ahead_s: float | None = None  # the store's clock, in seconds since 1970, less `process.uptime`
        self._is_skewed = False
        self._is_down = False

    def ask(self, request: Request) -> Answer:
        """Give the store's answer, whatever it says; after trying again where waiting may better it.

        Raises StateFault when there is none. A write whose answer was lost is sent again: its condition keeps it from
        being made twice, and may then be refused because of the first one.
        """
        patience = self._patience
        began = process.uptime()
        # One call has waited in vain already: others of this run do not wait as long again, each for itself.
        tries = 1 if self._is_down else patience.tries
        attempt = 0
        while True:
            attempt += 1
            answer, fault = self._tried(request)
            if answer is not None and not _is_busy(answer):
                self._is_down = False
                return answer
            pause_s = max(patience.jitter(min(patience.cap_s, patience.base_s * 2 ** (attempt - 1))), _asked(answer))
            spent_s = process.uptime() - began
            if attempt >= tries or spent_s + pause_s > patience.budget_s:
                break
            patience.sleep(pause_s)
        self._is_down = answer is None or answer.status in _BUSY
        if answer is not None:
            return answer
        raise faults.unreachable(self.place, fault, self._credentials.redacted) from fault

    def now(self) -> datetime | None:
        """Give the time by the store's last answer, in UTC; None before the first one."""
        if self._ahead_s is None:
            return None
        return datetime.fromtimestamp(0, UTC) + timedelta(seconds=process.uptime() + self._ahead_s)

    def refused(self, answer: Answer) -> StateFault:
        """Put an answer that says no into words, without what it may repeat of a credential."""
        return faults.refused(self.place, answer, self._credentials.auth, self._credentials.redacted)

    def close(self) -> None:
        """Let connections go; those in use when their answers have come."""
        with self._guard:
            idle, self._idle = self._idle, []
            self._closings += 1
        for connection in idle:
            connection.close()

    def _tried(self, request: Request) -> tuple[Answer | None, OSError | HTTPException | None]:
        try:
            return self._sent(request), None
        except ssl.SSLCertVerificationError as fault:
            raise faults.certificate(self.place, fault.verify_message) from fault
        except gaierror as fault:
            if fault.errno != EAI_AGAIN:  # no such host: waiting does not make one
                raise faults.unreachable(self.place, fault, self._credentials.redacted) from fault
            return None, fault
        except (OSError, HTTPException) as fault:
            return None, fault

    def _sent(self, request: Request) -> Answer:
        closings, connection = self._taken()
        if connection is not None:
            try:
                return self._exchanged(request, connection, closings)
            except ConnectionError:
                pass  # it was let go while nobody looked: that is no fault of the store
        return self._exchanged(request, self._endpoint.connection(self._trusted(), self._patience.connect_s), closings)

    def _exchanged(self, request: Request, connection: HTTPConnection, closings: int) -> Answer:
        is_kept = False
        try:
            if connection.sock is None:
                connection.connect()
                connection.sock.settimeout(self._patience.read_s)  # type: ignore[attr-defined]
            headers = self._credentials.headers(request, self._endpoint.netloc, self._signing_time())
            headers["User-Agent"] = f"ssops/{__version__}"
            parameters = signing.query(request.query)
            url = f"{request.path}?{parameters}" if parameters else request.path
            with suppress(BrokenPipeError):  # a store that knows enough answers before it has read all
                connection.request(request.method, url, request.body or None, headers)
            answer, is_kept = self._read(connection)
        finally:
            if not is_kept or not self._returned(connection, closings):
                connection.close()
        self._noticed(answer)
        return answer

    def _read(self, connection: HTTPConnection) -> tuple[Answer, bool]:
        until = process.uptime() + self._patience.budget_s
        response = connection.getresponse()
        body = bytearray()
        while part := response.read1(_PART):
            body += part
            if len(body) > ANSWER_MAX:
                raise faults.strange(self.place)
            if process.uptime() > until:
                raise TimeoutError
        if response.length:
            raise IncompleteRead(b"", response.length)
        response.read()  # there is no more, but only now it is over
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, headers, bytes(body)), response.isclosed() and not response.will_close

    def _noticed(self, answer: Answer) -> None:
        self._is_skewed = self._is_skewed or answer.code == "RequestTimeTooSkewed"
        try:
            told = parsedate_to_datetime(answer.headers["date"])
        except (KeyError, ValueError):
            return
        told = told if told.tzinfo else told.replace(tzinfo=UTC)
        self._ahead_s = (told - datetime.fromtimestamp(0, UTC)).total_seconds() - process.uptime()

    def _signing_time(self) -> datetime:
        by_store = self.now() if self._is_skewed else None
        return by_store or datetime.fromtimestamp(self._patience.clock(), UTC)

    def _trusted(self) -> ssl.SSLContext | None:
        with self._guard:
            self._trust = self._trust or self._endpoint.trust()
            return self._trust

    def _taken(self) -> tuple[int, HTTPConnection | None]:
        """Take a connection that is open as far as anybody can tell, and the count of closings until then."""
        while True:
            with self._guard:
                connection = self._idle.pop() if self._idle else None
                closings = self._closings
            if connection is None or not _is_over(connection):
                return closings, connection
            connection.close()

    def _returned(self, connection: HTTPConnection, closings: int) -> bool:
        with self._guard:
            is_welcome = closings == self._closings and len(self._idle) < _IDLE_MAX
            if is_welcome:
                self._idle.append(connection)
            return is_welcome


def _is_over(connection: HTTPConnection) -> bool:
    """Tell whether the other side hung up: on a connection that is asked nothing, only that can be there to read."""
    watch = select.poll()
    watch.register(connection.sock, select.POLLIN)
    return bool(watch.poll(0))


def _is_busy(answer: Answer) -> bool:
    return answer.status in _BUSY or (answer.status in (400, 403, 409) and answer.code in _BUSY_CODES)


def _asked(answer: Answer | None) -> float:
    """Give the seconds that an answer asks to wait, 0 where it does not."""
    told = "" if answer is None else answer.headers.get("retry-after", "")
    if told.isascii() and told.isdigit() and len(told) < 10:
        return float(told)
    try:
        until = parsedate_to_datetime(told)
        now = parsedate_to_datetime(answer.headers["date"]) if answer else until
        return max(0.0, (until - now).total_seconds())
    except (KeyError, ValueError, TypeError):
        return 0.0
