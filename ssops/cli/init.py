"""`ssops init`: a small repository that validates and plans at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import click

from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Exit, UsageFault
from ssops.model import message
from ssops.render import json
from ssops.render.style import Line, Style, line
from ssops.render.words import sentence

EXAMPLE = "bpfexample0000000001"
"""The organization of a repository whose author named none; the embedded service takes any."""

PLATFORMS = ("github", "gitlab")
"""Whose pipelines `--ci` writes."""

_ORGANIZATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@click.command("init", cls=Command, help=sentence("help.init"))
@click.argument("folder", default=".", type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--organization", default=EXAMPLE, metavar="ID", help=sentence("help.init.organization"))
@click.option("--ci", "platform", type=click.Choice(PLATFORMS), help=sentence("help.init.ci"))
@common
def command(settings: Settings, folder: Path, organization: str, platform: str | None) -> int:
    """Write the files, or none of them where one is there already; what others wrote for their own ends is kept."""
    from ssops.render import scaffold

    if not _ORGANIZATION.fullmatch(organization):
        raise UsageFault("usage", message("usage.organization", given=organization))
    pipeline = scaffold.pipeline(platform) if platform else {}
    is_begun = bool(pipeline) and (folder / "ssops.yaml").is_file()
    files = pipeline if is_begun else {**scaffold.files(organization), **pipeline}
    kept = [name for name in scaffold.SHARED if name in files and _is_there(folder / name)]
    files = {name: text for name, text in files.items() if name not in kept}
    _refuse_overwriting(folder, files, platform)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    written = {"folder": str(folder), "files": sorted(files), "kept": sorted(kept)}
    Output(settings).result(lambda: _said(folder, files, kept), lambda: json.text(written))
    return int(Exit.OK)


def _refuse_overwriting(folder: Path, files: Iterable[str], platform: str | None) -> None:
    there = [name for name in sorted(files) if _is_there(folder / name)]
    if there:
        said = message("usage.init_exists", files=", ".join(there), folder=str(folder))
        hint = message("usage.init_exists.ci.hint") if platform else message("usage.init_exists.hint")
        raise UsageFault("file_exists", said, hint)


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _said(folder: Path, files: Iterable[str], kept: Iterable[str]) -> list[Line]:
    written = [line(("+ ", Style.GOOD), str(folder / name)) for name in sorted(files)]
    left = [line(("= ", Style.FAINT), str(folder / name), (f"  {_left(name)}", Style.FAINT)) for name in sorted(kept)]
    steps = ["next.init.validate", "next.init.plan", "next.init.apply"]
    go = [line(f"  cd {folder}")] if folder != Path() else []
    return [
        *written,
        *left,
        line(),
        line((sentence("next.init"), Style.STRONG)),
        *go,
        *(line(f"  {sentence(s)}") for s in steps),
    ]


def _left(name: str) -> str:
    from ssops.render import scaffold

    if name == ".gitignore":
        return sentence("init.kept.gitignore", names=", ".join(scaffold.IGNORED))
    return sentence("init.kept")
