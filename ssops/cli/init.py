"""`ssops init`: a small repository that validates and plans at once."""

from __future__ import annotations

import re
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

_ORGANIZATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@click.command("init", cls=Command, help=sentence("help.init"))
@click.argument("folder", default=".", type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--organization", default=EXAMPLE, metavar="ID", help=sentence("help.init.organization"))
@common
def command(settings: Settings, folder: Path, organization: str) -> int:
    """Write the files, or none of them where one is there already."""
    from ssops.render import scaffold

    if not _ORGANIZATION.fullmatch(organization):
        raise UsageFault("usage", message("usage.organization", given=organization))
    files = scaffold.files(organization)
    _refuse_overwriting(folder, files)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    output = Output(settings)
    output.result(lambda: _said(folder, files), lambda: json.text({"folder": str(folder), "files": sorted(files)}))
    return int(Exit.OK)


def _refuse_overwriting(folder: Path, files: dict[str, str]) -> None:
    there = [name for name in sorted(files) if (folder / name).exists() or (folder / name).is_symlink()]
    if there:
        raise UsageFault(
            "file_exists",
            message("usage.init_exists", files=", ".join(there), folder=str(folder)),
            message("usage.init_exists.hint"),
        )


def _said(folder: Path, files: dict[str, str]) -> list[Line]:
    written = [line(("+ ", Style.GOOD), str(folder / name)) for name in sorted(files)]
    steps = ["next.init.validate", "next.init.plan", "next.init.apply"]
    go = [line(f"  cd {folder}")] if folder != Path() else []
    return [
        *written,
        line(),
        line((sentence("next.init"), Style.STRONG)),
        *go,
        *(line(f"  {sentence(s)}") for s in steps),
    ]
