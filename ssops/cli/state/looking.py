"""`ssops state list`, `show`, `history` and `pull`: the record, looked at."""

from __future__ import annotations

import sys
from json import loads
from typing import TYPE_CHECKING, Any

import click

from ssops import scope
from ssops.cli import arguments, damage, opening, output
from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Exit, UsageFault
from ssops.messages import say
from ssops.model import Entry, Kind, message
from ssops.render import json, text_keeping, text_resource, text_state
from ssops.render.words import sentence

if TYPE_CHECKING:
    from ssops.state.base import StateStore
    from ssops.statekeeping import Versions


@click.command("list", cls=Command, help=sentence("help.state.list"), short_help=sentence("help.state.list.short"))
@arguments.space_option
@common
def list_(settings: Settings, spaces: tuple[str, ...]) -> int:
    """List the recorded resources of all spaces, or of those named, and who is at work there."""
    from ssops import statekeeping
    from ssops import workspace as looking
    from ssops.state import told

    with opening.workspace(settings) as workspace:
        state = looking.states(workspace)
        scope.covered(workspace.store.names(), spaces)
        held = statekeeping.locks(workspace.store, spaces)
    chosen = [entry for entry in state.resources() if not spaces or entry.address.space in spaces]
    found = tuple(sorted(chosen, key=_place))
    document = told.listing(found, held)
    Output(settings).result(
        lambda: (*text_resource.entries(found), *text_keeping.locks(document["locks"])), lambda: json.text(document)
    )
    return int(Exit.OK)


def _place(entry: Entry) -> tuple[str, int, str]:
    """Sort by space, in it as things are created."""
    address = entry.address
    return address.space, list(Kind).index(address.kind), address.ref


@click.command("show", cls=Command, help=sentence("help.state.show"), short_help=sentence("help.state.show.short"))
@click.argument("what", metavar="SPACE|ADDRESS")
@common
def show(settings: Settings, what: str) -> int:
    """Show the record of a space with everything in it, or of one resource."""
    address = arguments.address(what if "/" in what else f"space/{what}")
    with opening.workspace(settings) as workspace:
        document = _document(workspace.store, address.space)
    wanted = str(address)
    if "/" not in what and document is not None:
        Output(settings).result(lambda: text_state.lines(document), lambda: json.text(document))
    elif document is not None and wanted in document["resources"]:
        recorded = document["resources"][wanted]
        Output(settings).result(
            lambda: text_state.resource(wanted, recorded), lambda: json.text({"address": wanted, **recorded})
        )
    else:
        raise UsageFault("not_recorded", message("usage.not_recorded", given=what), message("usage.not_recorded.hint"))
    return int(Exit.OK)


def _document(store: StateStore, space: str) -> dict[str, Any] | None:
    from ssops import statekeeping

    if store.version(space) is None:
        return None
    found, fault = statekeeping.pull(store, space)
    if fault is not None:
        raise fault
    data: dict[str, Any] = loads(found)
    return data


@click.command(
    "history", cls=Command, help=sentence("help.state.history"), short_help=sentence("help.state.history.short")
)
@click.argument("space", metavar="SPACE")
@common
def history(settings: Settings, space: str) -> int:
    """List the kept versions of a space's state."""
    from ssops import statekeeping

    ref = arguments.space(space)
    with opening.workspace(settings) as workspace:
        found = statekeeping.versions(workspace.store, ref)
    document = _versions(ref, found)
    Output(settings).result(lambda: text_keeping.versions(document), lambda: json.text(document))
    return int(Exit.OK if found.fault is None else Exit.ERROR)


def _versions(space: str, found: Versions) -> dict[str, Any]:
    from ssops.state import told

    current = None
    if found.size is not None:
        damaged = None if found.fault is None else say(found.fault.message)
        current = {"serial": found.serial, "version": found.current, "size": found.size, "damaged": damaged}
    return told.history(space, found.kept, current, found.current)


@click.command("pull", cls=Command, help=sentence("help.state.pull"), short_help=sentence("help.state.pull.short"))
@click.argument("space", metavar="SPACE")
@common
def pull(settings: Settings, space: str) -> int:
    """Print the document of a space's state to the byte; it is JSON in every format."""
    from ssops import statekeeping

    ref = arguments.space(space)
    shown = Output(settings)
    with opening.workspace(settings) as workspace:
        data, fault = statekeeping.pull(workspace.store, ref)
    if fault is not None and shown.is_json:
        raise fault
    shown.report(lambda: (), lambda: data.decode("utf-8", "backslashreplace"))
    output.write_bytes(sys.stdout, data)
    return int(damage.told(shown, [] if fault is None else [fault]))
