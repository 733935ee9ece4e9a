"""`ssops validate`: every fault of every file."""

from __future__ import annotations

from pathlib import Path

import click

from ssops.cli import opening
from ssops.cli.output import Output
from ssops.cli.settings import Settings, common
from ssops.errors import Exit, InvalidManifest
from ssops.model import Issue, Severity
from ssops.render import json, text_issues
from ssops.render.style import Line
from ssops.render.words import sentence


@click.command("validate", help=sentence("help.validate"))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@common
def command(settings: Settings, paths: tuple[Path, ...]) -> int:
    """Show the faults of all manifests, or of those under `paths`; 4 when there is an error."""
    from ssops import pipeline

    output = Output(settings)
    try:
        with opening.workspace(settings) as workspace:
            manifest = pipeline.validate(workspace, paths)
            issues, files, resources = manifest.issues, manifest.files, len(manifest.resources.entries)
    except InvalidManifest as fault:
        issues, files, resources = fault.issues, 1, 0

    def lines() -> tuple[Line, ...]:
        shown = () if settings.quiet and _is_valid(issues) else text_issues.lines(issues)
        return (*shown, text_issues.verdict(issues, files=files, resources=resources))

    output.result(lines, lambda: json.text(json.issues(issues)))
    return int(Exit.OK if _is_valid(issues) else Exit.INVALID)


def _is_valid(issues: tuple[Issue, ...]) -> bool:
    return all(issue.severity is not Severity.ERROR for issue in issues)
