"""The flags that every command takes, before or after its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from ssops.errors import UsageFault
from ssops.messages import LANGUAGES
from ssops.model import message
from ssops.render.words import sentence

FORMATS = ("text", "json")
"""What every command speaks."""

FINDINGS = ("github", "gitlab", "sarif", "junit")
"""What `validate` speaks besides, for other tools."""

PLANS = ("markdown", "html")
"""What a plan is written in besides, for reviewers."""

EVERY = (*FORMATS, *FINDINGS, *PLANS)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run reads and speaks. `config` None: look for ssops.yaml here and above; `reports` are (format, file)."""

    config: Path | None = None
    format: str = "text"
    reports: tuple[tuple[str, Path], ...] = ()
    no_color: bool = False
    quiet: bool = False
    verbose: bool = False
    no_cache: bool = False


class Command(click.Command):
    """A command whose help shows its own options first, then those that every command has."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options in two sections."""
        everywhere = {option.name for option in options()} | {"help"}
        rows: dict[bool, list[tuple[str, str]]] = {False: [], True: []}
        for param in self.get_params(ctx):
            if record := param.get_help_record(ctx):
                rows[param.name in everywhere].append(record)
        for is_common, title in ((False, "help.options"), (True, "help.common_options")):
            if rows[is_common]:
                with formatter.section(sentence(title)):
                    formatter.write_dl(rows[is_common])


def options(formats: Sequence[str] = FORMATS) -> list[click.Option]:
    """Build the common options, in the order in which help shows them."""
    return [
        click.Option(["--config"], type=click.Path(path_type=Path), metavar="FILE", help=sentence("help.config")),
        click.Option(["--format"], type=click.Choice(formats), help=sentence("help.format")),
        click.Option(["--report"], multiple=True, metavar="FORMAT=PATH", help=sentence("help.report")),
        click.Option(["--lang"], type=click.Choice(LANGUAGES), help=sentence("help.lang")),
        click.Option(["--no-color"], is_flag=True, help=sentence("help.no_color")),
        click.Option(["--quiet"], is_flag=True, help=sentence("help.quiet")),
        click.Option(["--verbose"], is_flag=True, help=sentence("help.verbose")),
        click.Option(["--no-cache"], is_flag=True, help=sentence("help.no_cache")),
    ]


def common(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the common options; it is called with `Settings` first."""
    return with_formats()(command)


def with_formats(*more: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Make a decorator that does what `common` does for a command with more formats than `FORMATS`."""
    formats = (*FORMATS, *more)

    def give(command: Callable[..., int]) -> Callable[..., int]:
        @wraps(command)
        def called(**given: Any) -> int:
            above = click.get_current_context().find_root().params
            names = [option.name for option in options() if option.name]
            chosen = {name: given.pop(name) or above.get(name) for name in names}
            return command(_settings(chosen, formats), **given)

        listed: list[click.Parameter] = list(getattr(command, "__click_params__", []))
        called.__click_params__ = [*reversed(options(formats)), *listed]  # type: ignore[attr-defined]
        return called

    return give


def _settings(chosen: dict[str, Any], formats: Sequence[str]) -> Settings:
    if chosen["quiet"] and chosen["verbose"]:
        raise UsageFault("usage", message("usage.quiet_and_verbose"))
    if chosen["format"] and chosen["format"] not in formats:
        said = message("usage.format", given=chosen["format"])
        raise UsageFault("usage", said, message("usage.format.hint", formats=", ".join(formats)))
    return Settings(
        config=chosen["config"],
        format=chosen["format"] or "text",
        reports=tuple(_report(text, formats) for text in chosen["report"] or ()),
        no_color=bool(chosen["no_color"]),
        quiet=bool(chosen["quiet"]),
        verbose=bool(chosen["verbose"]),
        no_cache=bool(chosen["no_cache"]),
    )


def _report(text: str, formats: Sequence[str]) -> tuple[str, Path]:
    format, is_pair, path = text.partition("=")
    if is_pair and path and format in formats:
        return format, Path(path)
    from difflib import get_close_matches  # only a slip needs it

    near = get_close_matches(format, formats, n=1)
    listed = ", ".join(formats)
    hint = message("usage.report.near", near=near[0]) if near else message("usage.report.hint", formats=listed)
    raise UsageFault("usage", message("usage.report", given=text), hint)
