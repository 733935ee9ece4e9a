"""Which pull or merge request is meant, where its platform answers, and the token that opens it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from ssops.errors import NotAuthorized, UsageFault
from ssops.model import message

NAMES = {"github": "GitHub", "gitlab": "GitLab"}
"""What each platform is called."""

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


@dataclass(frozen=True, slots=True)
class Token:
    """A secret and the environment variable it came from. Only the variable's name is ever shown."""

    variable: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Target:
    """One pull or merge request. `api` is the platform's address without a slash at its end."""

    platform: str
    api: str
    project: str
    number: int
    token: Token

    @property
    def name(self) -> str:
        """What the platform is called."""
        return NAMES[self.platform]

    @property
    def where(self) -> str:
        """Name the request as its platform does: `owner/repository#12`, `group/project!12`."""
        return f"{self.project}{'#' if self.platform == 'github' else '!'}{self.number}"


def address(environment: Mapping[str, str], variable: str, default: str) -> str:
    """Give the address of an API from `variable`. Raises UsageFault for one a token may not be sent to."""
    given = environment.get(variable) or default
    try:
        parts = urlsplit(given)
        is_fit = _is_fit(parts) and parts.port != 0
    except ValueError:  # a port or a bracket that is none
        is_fit = False
    if not is_fit:
        raise UsageFault("usage", message("ci.address", variable=variable), message("ci.address.hint"))
    return given.rstrip("/")


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine, which no wire leads to."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def token(environment: Mapping[str, str], platform: str, *variables: str) -> Token:
    """Give the first token that is set. Raises NotAuthorized where none is, UsageFault for what cannot be one."""
    for variable in variables:
        secret = environment.get(variable, "").strip()
        if not secret:
            continue
        if not all("!" <= letter <= "~" for letter in secret):
            raise UsageFault("usage", message("ci.token.letters", variable=variable))
        return Token(variable, secret)
    raise NotAuthorized(
        "token_missing", message("ci.token.missing", name=NAMES[platform]), message(f"ci.token.{platform}.hint")
    )


def number(text: str) -> int | None:
    """Read the number of a request; None for anything else."""
    return int(text) if _NUMBER.fullmatch(text) else None


def _is_fit(parts: SplitResult) -> bool:
    if not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))
