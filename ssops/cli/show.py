"""`ssops show`: a saved plan, or one resource as desired, recorded and live."""

from __future__ import annotations

from pathlib import Path

import click

from ssops.cli import arguments, opening, reviewing
from ssops.cli.output import Output
from ssops.cli.settings import PLANS, Command, Settings
from ssops.errors import Exit, UsageFault
from ssops.model import Address, Spec, message
from ssops.render import escape, json, text_plan, text_resource
from ssops.render.words import sentence


@click.command("show", cls=Command, help=sentence("help.show"))
@click.argument("what", metavar="PLANFILE|ADDRESS")
@click.option("--effective", is_flag=True, help=sentence("help.show.effective"))
@reviewing.formats
def command(settings: Settings, budget: int | None, what: str, effective: bool) -> int:
    """Show a file where there is one of this name, else the resource at this address."""
    output = Output(settings)
    if not Path(what).is_file():
        _refuse_formats_of_plans(settings)
        return _resource(output, _address(what), effective=effective)
    if effective:
        raise UsageFault("usage", message("usage.effective"), message("usage.effective.hint"))
    return _plan(output, Path(what), budget)


def _refuse_formats_of_plans(settings: Settings) -> None:
    asked = [settings.format, *(format for format, _ in settings.reports)]
    wrong = next((format for format in asked if format in PLANS), None)
    if wrong is not None:
        raise UsageFault("usage", message("usage.plan_format", given=wrong), message("usage.plan_format.hint"))


def _address(what: str) -> Address:
    if what.endswith(".json"):
        raise UsageFault(
            "usage", message("usage.no_plan_file", file=what), message("usage.no_plan_file.hint", file=what)
        )
    return arguments.address(what)


def _plan(output: Output, path: Path, budget: int | None) -> int:
    from ssops.plan import file

    plan = file.loads(arguments.plan_bytes(path))
    settings = output.settings
    output.result(
        lambda: text_plan.lines(plan, details=not settings.quiet, full=settings.verbose),
        lambda: escape.json_visible(file.dumps(plan)),
        others=reviewing.documents(plan, budget, path),
    )
    return int(Exit.OK)


def _resource(output: Output, address: Address, *, effective: bool) -> int:
    from ssops import pipeline

    with opening.workspace(output.settings) as workspace:
        shown = pipeline.show(workspace, address)
    views = {"desired": shown.desired, "recorded": shown.recorded, "live": shown.live}
    whole: Spec = next((spec for spec in views.values() if spec is not None), {})
    output.result(
        lambda: (
            text_resource.effective(whole)
            if effective
            else text_resource.lines(address, views, full=output.settings.verbose)
        ),
        lambda: json.text(json.resource(address, shown.desired, shown.recorded, shown.live)),
        is_code=effective,
    )
    return int(Exit.OK)
