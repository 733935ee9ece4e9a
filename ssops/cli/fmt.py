"""`ssops fmt`: manifests in canonical form."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ssops.cli import exits
from ssops.cli.output import Output, write
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Exit, UsageFault
from ssops.model import Issue, message
from ssops.render import json, text_issues
from ssops.render.style import Line, Style, line
from ssops.render.words import counted, sentence

if TYPE_CHECKING:
    from ssops.manifest.format import Formatted

STDIN = "-"


@click.command("fmt", cls=Command, help=sentence("help.fmt"))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--check", is_flag=True, help=sentence("help.fmt.check"))
@click.option("--diff", is_flag=True, help=sentence("help.fmt.diff"))
@common
def command(settings: Settings, paths: tuple[Path, ...], check: bool, diff: bool) -> int:
    """Rewrite the files that are not in canonical form; 4 when one has faults, 2 when --check finds a difference."""
    from ssops.manifest import rewriting

    is_stdin = Path(STDIN) in paths
    if is_stdin and len(paths) > 1:
        raise UsageFault("usage", message("usage.fmt.stdin"))
    if is_stdin:
        made, issues = (_read_stdin(),), ()
    else:
        root, listed, config = _files(settings, paths)
        made, issues = rewriting.formatted(root, listed, config)
        if not check and not diff:
            rewriting.save(root, made)
    issues = (*issues, *(issue for each in made for issue in each.issues))
    _tell(settings, made, issues, check=check, diff=diff)
    is_different = check and any(each.is_changed for each in made)
    codes = [Exit.INVALID] if issues else []
    return int(exits.strongest([*codes, Exit.CHANGES] if is_different else codes))


def _files(settings: Settings, paths: Sequence[Path]) -> tuple[Path, Sequence[str], str]:
    """Give the folder that files are named in, those to format, and the name of ssops.yaml there.

    Without PATH these are ssops.yaml and its manifests. Named files need no ssops.yaml.
    """
    from ssops.manifest import config

    if not paths:
        loaded = config.load(settings.config or config.find(Path.cwd()))
        return loaded.root, (loaded.file, *loaded.manifests), loaded.file
    try:
        file = settings.config or config.find(Path.cwd())
    except UsageFault:
        file = Path.cwd() / config.NAME
    root = Path(os.path.realpath(file.parent))
    return root, [os.path.relpath(_real(path), root) for path in paths], file.name


def _real(path: Path) -> str:
    """Resolve the folders of a path, not a link at its end: that is followed later, or refused."""
    return os.path.join(os.path.realpath(path.parent), path.name)


def _read_stdin() -> Formatted:
    from ssops.manifest import files, format

    return format.format(sys.stdin.buffer.read(files.BYTES_MAX + 1), STDIN)


def _tell(settings: Settings, made: Sequence[Formatted], issues: Sequence[Issue], *, check: bool, diff: bool) -> None:
    output = Output(settings)
    changed = [each for each in made if each.is_changed]

    def lines() -> Iterable[Line]:
        ...

    output.result(lines, lambda: json.text(_document(made, issues, diff=diff)), is_code=diff)
