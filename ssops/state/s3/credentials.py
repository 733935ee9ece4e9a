"""What opens a store, from the environment alone: an IAM token of Yandex Cloud, or a static key that signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from ssops.state.s3 import faults
from ssops.state.s3.endpoint import Endpoint, is_loopback
from ssops.state.s3.exchange import Request
from ssops.state.s3.signing import signed

TOKEN = "YC_TOKEN"  # noqa: S105 - the name that Yandex Cloud's Terraform provider gave it
KEY_ID, SECRET, SESSION = "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"

YANDEX = frozenset({"storage.yandexcloud.net", "storage.pe.yandexcloud.net", "storage.yandexcloud.kz"})
"""Where Object Storage answers: from anywhere, through a private endpoint, in Kazakhstan.

Names, not an ending: anybody can have a host below yandexcloud.net (functions, API gateways, sites).
Source: https://yandex.cloud/en/docs/vpc/concepts/private-endpoint, read 2026-11-22.
"""


class Credentials(Protocol):
    """What opens a store. `repr` shows none of it."""

    @property
    def auth(self) -> str:
        """What ssops.yaml calls it: `iam` or `static`."""
        ...

    def headers(self, request: Request, host: str, at: datetime) -> dict[str, str]:
        """Give all headers of a request, those that open the store among them. `at` is UTC by the store's clock."""
        ...

    def redacted(self, text: str) -> str:
        """Take every credential out of a text."""
        ...


@dataclass(frozen=True, slots=True)
class Bearer:
    """An IAM token, which Object Storage takes without a signature.

    Source: https://yandex.cloud/en/docs/storage/api-ref/authentication, read 2026-11-22.
    """

    token: str = field(repr=False)

    @property
    def auth(self) -> str:
        """What ssops.yaml calls it."""
        return "iam"

    def headers(self, request: Request, host: str, at: datetime) -> dict[str, str]:  # noqa: ARG002
        """Give all headers of a request, with the token."""
        return {**request.headers, "Host": host, "Authorization": f"Bearer {self.token}"}

    def redacted(self, text: str) -> str:
        """Take the token out of a text."""
        return text.replace(self.token, "***")


@dataclass(frozen=True, slots=True)
class Key:
    """A static key, with the token of its session where it is a temporary one."""

    id: str = field(repr=False)
    secret: str = field(repr=False)
    session: str = field(repr=False)
    region: str

    @property
    def auth(self) -> str:
        """What ssops.yaml calls it."""
        return "static"

    def headers(self, request: Request, host: str, at: datetime) -> dict[str, str]:
        """Give all headers of a request, signed."""
        session = {"x-amz-security-token": self.session} if self.session else {}
        whole = Request(request.method, request.path, request.query, {**request.headers, **session}, request.body)
        return signed(whole, host, key_id=self.id, secret=self.secret, region=self.region, at=at)

    def redacted(self, text: str) -> str:
        """Take all parts of the key out of a text."""
        for part in filter(None, (self.secret, self.session, self.id)):
            text = text.replace(part, "***")
        return text


def choose(auth: str | None, endpoint: Endpoint, region: str, environ: Mapping[str, str]) -> Credentials:
    """Read what opens the store. Where ssops.yaml names no `auth`, what is in the environment decides.

    With both there, as Terraform on Yandex Cloud needs them, the token opens Object Storage and the key any other
    store. Raises StateFault when something is missing or malformed, and for a token that would leave Yandex Cloud: it
    opens much more than a bucket, and `endpoint` may come with anybody's pull request.
    """
    is_yandex = endpoint.host in YANDEX
    takes_token = is_yandex or is_loopback(endpoint.host)
    if auth is None:
        has_token, has_key = bool(environ.get(TOKEN)), bool(environ.get(KEY_ID) or environ.get(SECRET))
        if not has_key and not (has_token and takes_token):
            raise faults.no_credentials(endpoint.host, takes_token)
        auth = "iam" if has_token and (is_yandex or not has_key) else "static"
    if auth == "iam":
        if not takes_token:
            raise faults.token_elsewhere(endpoint.host)
        return Bearer(_value(TOKEN, auth, environ))
    session = _value(SESSION, auth, environ) if environ.get(SESSION) else ""
    return Key(_value(KEY_ID, auth, environ), _value(SECRET, auth, environ), session, region)


def _value(variable: str, auth: str, environ: Mapping[str, str]) -> str:
    value = environ.get(variable, "").strip()  # what a file gave ends with a newline
    if not value:
        raise faults.missing_variable(variable, auth)
    if not value.isascii() or not value.isprintable() or " " in value:
        raise faults.malformed_variable(variable)
    return value
