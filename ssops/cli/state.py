"""`ssops state`: what ssops has recorded."""

from __future__ import annotations

from json import loads
from typing import Any

import click

from ssops import scope
from ssops.cli import arguments, opening
from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Exit, UsageFault
from ssops.model import Entry, Kind, message
from ssops.render import json, text_resource, text_state
from ssops.render.words import sentence
from ssops.state.base import StateStore


@click.group("state", help=sentence("help.state"))
def command() -> None:
    """Hold the commands of state."""


@command.command("list", cls=Command, help=sentence("help.state.list"), short_help=sentence("help.state.list.short"))
@arguments.space_option
@common
def list_(settings: Settings, spaces: tuple[str, ...]) -> int:
    """List the recorded resources of all spaces, or of those named."""
    from ssops import workspace as looking

    with opening.workspace(settings) as workspace:
        state = looking.states(workspace)
        scope.covered(workspace.store.names(), spaces)
    chosen = [entry for entry in state.resources() if not spaces or entry.address.space in spaces]
    found = tuple(sorted(chosen, key=_place))
    Output(settings).result(lambda: text_resource.entries(found), lambda: json.text(json.entries(found)))
    return int(Exit.OK)


def _place(entry: Entry) -> tuple[str, int, str]:
    """Sort by space, in it as things are created."""
    address = entry.address
    return address.space, list(Kind).index(address.kind), address.ref


@command.command("show", cls=Command, help=sentence("help.state.show"), short_help=sentence("help.state.show.short"))
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
    from ssops.state import document

    found = store.get(space)
    if found is None:
        return None
    document.loads(found[0], space)  # says what is wrong with a damaged one
    data: dict[str, Any] = loads(found[0])
    return data
