"""What an answer that is none comes to: who has to do what, and the exit code."""

from __future__ import annotations

from ssops.ci.target import Target
from ssops.errors import NotAuthorized, ProviderFault, SsopsError, UsageFault
from ssops.model import message

SHORT = 200
"""Characters of a foreign text that a message repeats."""


def plain(target: Target, text: str) -> str:
    """Put a text from outside on one line, in short; a platform that echoes what it got echoes no token."""
    return " ".join(text.replace(target.token.secret, "***").split())[:SHORT]


def limited(target: Target, said: str) -> SsopsError:
    """Say that the platform wants fewer calls for longer than a run waits."""
    return ProviderFault("rate_limited", message("ci.limited", name=target.name, said=said), message("ci.again.hint"))


def refused(target: Target, status: int, said: str) -> SsopsError:
    """Say why a call was refused, by the status of the answer."""
    name, where, variable = target.name, target.where, target.token.variable
    access = message(f"ci.token.{variable}.hint")
    match status:
        case 401:
            return NotAuthorized("token_refused", message("ci.token.refused", name=name, variable=variable), access)
        case 403:
            forbidden = message("ci.forbidden", name=name, variable=variable, where=where, said=said)
            return NotAuthorized("forbidden", forbidden, access)
        case 404:
            return UsageFault("not_found", message("ci.not_found", name=name, where=where), access)
        case _ if status >= 500:
            broken = message("ci.out_of_order", name=name, status=status, said=said)
            return ProviderFault("service_error", broken, message("ci.again.hint"))
        case _:
            return ProviderFault("service_refused", message("ci.refused", name=name, status=status, said=said))


def unreachable(target: Target, host: str, why: str) -> SsopsError:
    """Say that there was no answer."""
    said = message("ci.network", name=target.name, host=host, why=plain(target, why))
    return ProviderFault("network", said, message("ci.again.hint"))


def strange(target: Target) -> SsopsError:
    """Say that what answered is no such platform."""
    hint = message("ci.strange.hint", api=target.api)
    return ProviderFault("unexpected_answer", message("ci.strange", name=target.name), hint)


def redirected(target: Target, host: str) -> SsopsError:
    """Say that the platform sends elsewhere, where the token does not go."""
    said = message("ci.redirected", name=target.name, host=plain(target, host))
    return ProviderFault("redirected", said, message("ci.strange.hint", api=target.api))


def circling(target: Target) -> SsopsError:
    """Say that one redirect leads to the next."""
    return ProviderFault("redirected", message("ci.circling", name=target.name))


def endless(target: Target, pages: int) -> SsopsError:
    """Say that the comments have more pages than a run reads."""
    return ProviderFault("too_many_comments", message("ci.pages", where=target.where, count=pages))
