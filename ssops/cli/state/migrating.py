"""`ssops state migrate`: copy everything that is recorded to another store."""

from __future__ import annotations

from pathlib import Path

import click

from ssops.cli import arguments, opening
from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Exit, UsageFault
from ssops.model import message
from ssops.render import json, text_resource
from ssops.render.style import Style, line
from ssops.render.words import counted, sentence


@click.command(
    "migrate", cls=Command, help=sentence("help.state.migrate"), short_help=sentence("help.state.migrate.short")
)
@click.option(
    "--to",
    "file",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=sentence("help.state.migrate.to"),
)
@arguments.actor_option
@arguments.lock_timeout_option
@common
def migrate(settings: Settings, file: Path, actor_text: str | None, lock_timeout_s: float) -> int:
    """Copy states, kept versions and journal to the store that another ssops.yaml names."""
    from ssops import migrating
    from ssops.manifest import config

    if not file.is_file():
        raise UsageFault("config_not_found", message("config.no_such_file", path=str(file)), message("migrate.to.hint"))
    actor = arguments.actor(actor_text)
    output = Output(settings)
    with opening.workspace(settings) as workspace:
        to = config.load(file, workspace.cache)
        made = migrating.migrate(workspace, to, actor, lock_timeout_s)
    section = {"state": {to.state_name: dict(to.state)}}
    said = line(
        (counted("migrate.done", len(made.spaces)), Style.GOOD),
        (f"  {sentence('migrate.copied', documents=made.documents, copied=made.copied)}", Style.FAINT),
    )
    document = {**section, "spaces": list(made.spaces), "documents": made.documents, "copied": made.copied}
    output.result(
        lambda: [said, line(sentence("migrate.change", file=workspace.config.file)), *text_resource.effective(section)],
        lambda: json.text({"migrated": document}),
    )
    output.talk(line((sentence("migrate.next"), Style.FAINT)))
    return int(Exit.OK)
