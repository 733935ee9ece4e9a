"""`ssops import`: begin with what is already in SpeechSense."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ssops.cli import arguments, opening
from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Exit
from ssops.render import json
from ssops.render.style import Line, Style, line
from ssops.render.words import counted, sentence

if TYPE_CHECKING:
    from ssops.importing import Imported


@click.command("import", cls=Command, help=sentence("help.import"))
@click.option("--space", "spaces", multiple=True, metavar="NAME|ID|REF", help=sentence("help.import.space"))
@click.option("--dry-run", is_flag=True, help=sentence("help.import.dry_run"))
@arguments.actor_option
@common
def command(settings: Settings, spaces: tuple[str, ...], dry_run: bool, actor_text: str | None) -> int:
    """Write a manifest for every object that has none, and record it; nothing in SpeechSense changes."""
    from ssops import importing

    output = Output(settings)
    with opening.workspace(settings) as workspace:
        found = importing.run(workspace, spaces, arguments.actor(actor_text), is_dry=dry_run)
    output.result(lambda: _lines(found, dry_run), lambda: json.text(_document(found, dry_run)))
    if found.taken and not dry_run:
        output.talk(line((sentence("next.plan"), Style.FAINT)))
    return int(Exit.OK)


def _lines(found: Imported, is_dry: bool) -> list[Line]:
    rows = []
    for one in found.taken:
        where = one.file if one.file is not None else sentence("import.has_manifest")
        rows.append(line(("+ ", Style.GOOD), f"{one.address}  {one.id}  ", (where, Style.FAINT)))
    ending = "import.would" if is_dry else "import.done"
    total = counted(ending, len(found.taken)) if found.taken else sentence("import.nothing")
    return [*rows, line((total, Style.STRONG), (f" ({counted('import.known', found.known)})", Style.FAINT))]


def _document(found: Imported, is_dry: bool) -> dict[str, object]:
    imported = [{"address": str(one.address), "id": one.id, "name": one.name, "file": one.file} for one in found.taken]
    return {"imported": imported, "known": found.known, "dry_run": is_dry}
