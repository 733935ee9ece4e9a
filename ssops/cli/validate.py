"""`ssops validate`: every fault of every file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from ssops.cli import opening
from ssops.cli.output import Output
from ssops.cli.settings import FINDINGS, Command, Settings, with_formats
from ssops.errors import Exit, InvalidManifest
from ssops.model import Issue, Severity
from ssops.render import json, text_issues
from ssops.render.style import Line, Style, line
from ssops.render.words import sentence


@click.command("validate", cls=Command, help=sentence("help.validate"))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@with_formats(*FINDINGS)
def command(settings: Settings, paths: tuple[Path, ...]) -> int:
    """Show the faults of all manifests, or of those under `paths`; 4 when there is an error."""
    from ssops import pipeline

    output = Output(settings)
    try:
        with opening.workspace(settings) as workspace:
            manifest = pipeline.validate(workspace, paths)
            issues, files, resources = manifest.issues, manifest.files, len(manifest.resources.entries)
            checked = manifest.checked
    except InvalidManifest as fault:
        issues, files, resources, checked = fault.issues, 1, 0, ()

    verdict = text_issues.verdict(issues, files=files, resources=resources)

    def lines() -> tuple[Line, ...]:
        shown = () if settings.quiet and _is_valid(issues) else text_issues.lines(issues)
        return (*shown, verdict)

    others = {format: partial(_for_other_tools, format, settings, issues, checked) for format in FINDINGS}
    output.result(lines, lambda: json.text(json.issues(issues)), others=others)
    if settings.format in others:
        output.talk(verdict)
    if not _is_valid(issues):
        output.talk(line((sentence("next.explain"), Style.FAINT)))
    return int(Exit.OK if _is_valid(issues) else Exit.INVALID)


def _for_other_tools(format: str, settings: Settings, issues: tuple[Issue, ...], checked: tuple[str, ...]) -> str:
    from ssops.render import github, gitlab, junit, sarif

    folder = opening.repository_folder(settings)
    match format:
        case "github":
            return github.text(issues, folder=folder)
        case "gitlab":
            return gitlab.text(issues, folder=folder)
        case "sarif":
            return sarif.text(issues, folder=folder)
        case _:
            return junit.text(issues, checked, folder=folder)


def _is_valid(issues: tuple[Issue, ...]) -> bool:
    return all(issue.severity is not Severity.ERROR for issue in issues)
