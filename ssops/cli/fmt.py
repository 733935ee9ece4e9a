"""`ssops fmt`: manifests in canonical form."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ssops.cli import exits, opening
from ssops.cli.output import Output, columns, has_colour, write
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Exit, InvalidManifest, UsageFault
from ssops.model import Issue, message
from ssops.render import json, text_format, text_issues
from ssops.render.style import Line, paint
from ssops.render.words import sentence

if TYPE_CHECKING:
    from ssops.manifest.format import Formatted

STDIN = "-"


@dataclass(frozen=True, slots=True)
class _Run:
    """What became of the files; `issues` also those of files that could not be read."""

    made: tuple[Formatted, ...]
    issues: tuple[Issue, ...]
    is_written: bool

    @property
    def changed(self) -> list[Formatted]:
        return [each for each in self.made if each.is_changed]


@click.command("fmt", cls=Command, help=sentence("help.fmt"))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--check", is_flag=True, help=sentence("help.fmt.check"))
@click.option("--diff", is_flag=True, help=sentence("help.fmt.diff"))
@common
def command(settings: Settings, paths: tuple[Path, ...], check: bool, diff: bool) -> int:
    """Rewrite the files that are not in canonical form; 4 when one has faults, 2 when --check finds a difference."""
    is_written = not check and not diff
    if STDIN not in map(str, paths):
        run = _format_files(settings, paths, is_written=is_written)
    elif len(paths) > 1:
        raise UsageFault("usage", message("usage.fmt.stdin"))
    else:
        run = _Run((_format_stdin(),), (), is_written)
        if is_written:
            _write_stdout(settings, run)
            return int(Exit.OK)
    _tell(settings, run, diff=diff)
    codes = ([Exit.INVALID] if run.issues else []) + ([Exit.CHANGES] if check and run.changed else [])
    return int(exits.strongest(codes))


def _format_files(settings: Settings, paths: Sequence[Path], *, is_written: bool) -> _Run:
    from ssops.manifest import rewriting

    root, listed, config = _listed(settings, paths)
    made, unread = rewriting.formatted(root, listed, config)
    if is_written:
        rewriting.save(root, made)
    issues = (*unread, *(issue for each in made for issue in each.issues))
    return _Run(made, tuple(sorted(issues, key=lambda issue: issue.location)), is_written)


def _format_stdin() -> Formatted:
    """Format standard input. Raises InvalidManifest where it has faults: then nothing goes to standard output."""
    from ssops.manifest import files
    from ssops.manifest.format import rewrite

    made = rewrite(sys.stdin.buffer.read(files.BYTES_MAX + 1), STDIN)
    if made.issues:
        raise InvalidManifest(made.issues)
    return made


def _listed(settings: Settings, paths: Sequence[Path]) -> tuple[Path, Sequence[str], str]:
    """Give the folder that files are named in, those to format, and the name of ssops.yaml there.

    Without PATH these are ssops.yaml and its manifests. Named files need no ssops.yaml.
    """
    from ssops.manifest import config

    if not paths:
        loaded = config.load(opening.config_path(settings))
        return loaded.root, (loaded.file, *loaded.manifests), loaded.file
    try:
        file = opening.config_path(settings)
    except UsageFault:
        file = Path(config.NAME)
    if missing := [str(path) for path in paths if not os.path.lexists(path)]:
        raise UsageFault("usage", message("usage.fmt.missing", paths=", ".join(missing)))
    root = Path(os.path.realpath(file.parent))
    # Folders are resolved, a link at the end is not: it is followed when it is read, or refused.
    return root, [os.path.relpath(Path(os.path.realpath(path.parent), path.name), root) for path in paths], file.name


def _write_stdout(settings: Settings, run: _Run) -> None:
    text = run.made[0].after.decode()
    document = {**_document(run), "text": text}
    Output(settings).result(tuple, lambda: json.text(document), others={"text": lambda: text})


def _tell(settings: Settings, run: _Run, *, diff: bool) -> None:
    output = Output(settings)
    verdict = text_format.verdict(
        changed=len(run.changed),
        faulty=len({issue.location.file for issue in run.issues}),
        clean=len(run.made) - len(run.changed) - sum(bool(each.issues) for each in run.made),
        is_written=run.is_written,
    )
    if diff:
        output.result(lambda: _diff(run), lambda: json.text(_document(run) | {"diff": _plain(run)}), is_code=True)
        if settings.format == "text":
            colour = has_colour(sys.stderr, no_color=settings.no_color)
            write(sys.stderr, paint(text_issues.lines(run.issues), colour=colour, columns=columns(sys.stderr)))
        output.talk(verdict)
        return
    listed = () if settings.quiet else text_format.files([each.file for each in run.changed])
    lines = (*text_issues.lines(run.issues), *listed, verdict)
    output.result(lambda: lines, lambda: json.text(_document(run)))


def _document(run: _Run) -> dict[str, Any]:
    files = {each.file for each in run.made} | {issue.location.file for issue in run.issues}
    return {**json.issues(run.issues), "files": len(files), "changed": [each.file for each in run.changed]}


def _diff(run: _Run) -> tuple[Line, ...]:
    shown = (text_format.diff(each.file, each.before.decode(), each.after.decode()) for each in run.changed)
    return tuple(line for lines in shown for line in lines)


def _plain(run: _Run) -> str:
    return "".join(f"{''.join(text for text, _ in line)}\n" for line in _diff(run))
