"""Arguments that several commands take: addresses, actors, spaces."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable
from math import isnan
from pathlib import Path
from typing import Any

import click

from ssops.errors import Conflict, SsopsError, UsageFault
from ssops.model import Actor, Address, Kind, message
from ssops.render.words import sentence

PLAN_BYTES_MAX = 1024 * 1024 * 1024
"""What is read of a plan file: far more than the largest plan, less than what would exhaust the machine."""

LOCK_TIMEOUT_S = 10.0
"""How long to wait for another run that holds the lock unless told otherwise."""

_REF = re.compile(r"[a-z][a-z0-9-]{0,62}")
_PARTS = {Kind.SPACE: 2, Kind.CONNECTION: 3, Kind.PROJECT: 3}


def address(text: str) -> Address:
    """Read `space/sales` or `connection/sales/office-pbx`. Raises UsageFault for anything else."""
    kind, *refs = text.split("/")
    if kind not in _PARTS:
        from difflib import get_close_matches  # only a slip needs it

        near = get_close_matches(kind, _PARTS, n=1)
        hint = message("usage.address.near", near="/".join([near[0], *refs])) if near else message("usage.address.hint")
        raise UsageFault("usage", message("usage.address", given=text), hint)
    if len(refs) != _PARTS[Kind(kind)] - 1 or not all(map(_REF.fullmatch, refs)):
        raise UsageFault("usage", message("usage.address", given=text), message("usage.address.hint"))
    return Address(Kind(kind), refs[0], refs[-1])


def space(text: str) -> str:
    """Read the ref of a space, bare or as `space/sales`. Raises UsageFault for anything else."""
    return address(text if text.startswith("space/") else f"space/{text}").ref


def plan_bytes(file: Path) -> bytes:
    """Read a plan from a file or a pipe.

    Raises SsopsError where there is none, Conflict for what can hold no plan, OSError where it cannot be read.
    """
    try:
        opened = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe that nobody writes to is empty
    except FileNotFoundError as fault:
        hint = message("usage.no_plan_file.hint", file=str(file))
        raise SsopsError("io", message("usage.no_plan_file", file=str(file)), hint) from fault
    try:
        mode = os.fstat(opened).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
        data = b""
        if stat.S_ISREG(mode) or stat.S_ISFIFO(mode):  # a device may be endless
            os.set_blocking(opened, True)
            with os.fdopen(opened, "rb", closefd=False) as stream:
                data = stream.read(PLAN_BYTES_MAX + 1)
    finally:
        os.close(opened)
    if not 0 < len(data) <= PLAN_BYTES_MAX:
        raise Conflict("plan_invalid", message("plan-file.damaged"), message("plan-file.hint"))
    return data


def actor(text: str | None) -> Actor | None:
    """Read `TYPE:ID`, None for nobody. Raises UsageFault for anything else."""
    if text is None:
        return None
    from ssops.access import actor as parser

    return parser.parse(text)


def space_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--space REF`, repeatable."""
    return click.option("--space", "spaces", multiple=True, metavar="REF", help=sentence("help.space"))(command)


def actor_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--actor TYPE:ID`, also from SSOPS_ACTOR."""
    option = click.option("--actor", "actor_text", envvar="SSOPS_ACTOR", metavar="TYPE:ID", help=sentence("help.actor"))
    return option(command)


def lock_timeout_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--lock-timeout SECONDS`, as `lock_timeout_s`."""
    option = click.option(
        "--lock-timeout",
        "lock_timeout_s",
        type=click.FloatRange(0, 3600),
        callback=_number,
        default=LOCK_TIMEOUT_S,
        show_default=True,
        metavar="SECONDS",
        help=sentence("help.apply.lock_timeout"),
    )
    return option(command)


def _number(_: click.Context, __: click.Parameter, value: float) -> float:
    if isnan(value):  # it is in every range, and no time is ever later
        raise UsageFault("usage", message("usage.lock_timeout", given=str(value)))
    return value
