"""One family of exceptions. Each keeps its data, knows its exit code and builds its own message."""

from __future__ import annotations

from enum import IntEnum

from ssops.model import Issue, Message, Severity, message


class Exit(IntEnum):
    """What a command returns; README and --help print this table."""

    OK = 0
    ERROR = 1
    CHANGES = 2
    BLOCKED = 3
    INVALID = 4
    NOT_AUTHORIZED = 5
    CONFLICT = 6
    PARTIAL = 7
    USAGE = 64
    INTERRUPTED = 130


PRECEDENCE = (
    Exit.USAGE,
    Exit.INVALID,
    Exit.BLOCKED,
    Exit.NOT_AUTHORIZED,
    Exit.CONFLICT,
    Exit.PARTIAL,
    Exit.ERROR,
    Exit.CHANGES,
    Exit.OK,
)
"""Which code wins where several apply, strongest first."""


class SsopsError(Exception):
    """A run that cannot go on. `reason` is the stable word in JSON, `message` what a person reads."""

    exit = Exit.ERROR

    def __init__(self, reason: str, said: Message, hint: Message | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.message = said
        self.hint = hint


class UsageFault(SsopsError):
    """The command line asks for something it cannot mean."""

    exit = Exit.USAGE


class InvalidManifest(SsopsError):
    """The manifests or ssops.yaml have errors; carries every issue of the run, sorted by place."""

    exit = Exit.INVALID

    def __init__(self, issues: tuple[Issue, ...], hint: Message | None = None) -> None:
        errors = sum(issue.severity is Severity.ERROR for issue in issues)
        super().__init__("invalid_manifest", message("error.invalid_manifest", count=errors), hint)
        self.issues = issues


class Blocked(SsopsError):
    """The plan holds something that may not be carried out: impossible, by policy, or one-way and not named."""

    exit = Exit.BLOCKED


class NotAuthorized(SsopsError):
    """The actor is not known, or lacks a role on at least one target space. Nothing was written."""

    exit = Exit.NOT_AUTHORIZED


class Conflict(SsopsError):
    """Stale plan, damaged plan, lock held, or state that another run changed."""

    exit = Exit.CONFLICT


class StateFault(SsopsError):
    """Recorded state that cannot be read or written: damaged, newer, or a file system that says no."""


class ProviderFault(SsopsError):
    """The service refused a call or could not be reached."""


class GitFault(SsopsError):
    """git is not there, or failed for a reason of its own."""
