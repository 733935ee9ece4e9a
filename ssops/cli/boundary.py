"""The one place where an error becomes text and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from ssops.cli import click_words, io, output
from ssops.errors import Exit, InvalidManifest, SsopsError, UsageFault
from ssops.messages import LANGUAGES, say, speaking
from ssops.model import Issue, Message, message
from ssops.render.style import Line, Style, line, paint
from ssops.render.words import sentence

_COMPLETE = "_SSOPS_COMPLETE"
_READ = 1_000
"""Characters of one sentence that a terminal shows."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code; every fault is said, none leaves as an exception."""
    output.prepare()
    speaker = _Speaker(is_json=_given(arguments, "--format") == "json", no_color="--no-color" in arguments)
    asked = _given(arguments, "--lang") or os.environ.get("SSOPS_LANG", "")
    language = asked if asked in LANGUAGES else LANGUAGES[0]
    try:
        with speaking(language):
            if asked not in ("", language):
                said = sentence("usage.lang", given=asked[:40], known=", ".join(LANGUAGES))
                return speaker.stop(Exit.USAGE, "usage", said, None)
            return _run(arguments, speaker)
    except OSError as fault:
        return speaker.stop(Exit.ERROR, "io", io.words(fault), sentence("error.io.hint"))
    except MemoryError:
        return speaker.stop(Exit.ERROR, "out_of_memory", sentence("error.out_of_memory"), None)
    except Exception as fault:
        return speaker.bug(fault)
    finally:
        output.finish()


def _run(arguments: Sequence[str], speaker: _Speaker) -> int:
    """Run one command line; faults that are nobody's fault but the user's or the world's are said."""
    try:
        from ssops.cli.main import cli

        click_words.install()
        if asked := os.environ.get(_COMPLETE):
            return _completed(cli, asked)
        code = cli.main(args=list(arguments), prog_name="ssops", standalone_mode=False)
        return int(code or 0)
    except click.exceptions.NoArgsIsHelpError as fault:
        return speaker.help(fault.format_message())
    except click.UsageError as fault:
        return speaker.stop(Exit.USAGE, "usage", _lower(fault.format_message()), _help_of(fault))
    except click.ClickException as fault:
        return speaker.stop(Exit.ERROR, "unexpected", _lower(fault.format_message()), None)
    except (click.Abort, KeyboardInterrupt):
        return speaker.stop(Exit.INTERRUPTED, "interrupted", sentence("error.interrupted"), None)
    except InvalidManifest as fault:
        return speaker.stop(fault.exit, fault.reason, say(fault.message), _said(fault.hint), fault.issues)
    except SsopsError as fault:
        return speaker.stop(fault.exit, fault.reason, say(fault.message), _said(fault.hint))


def _completed(cli: click.Group, asked: str) -> int:
    """Answer a shell that completes a command line. Raises UsageFault when no shell would ask like this."""
    from click.shell_completion import shell_complete

    said, hint = message("usage.completion", asked=asked[:40]), message("usage.completion.hint")
    try:
        code = shell_complete(cli, {}, "ssops", _COMPLETE, asked)
    except (LookupError, ValueError) as fault:  # COMP_WORDS, COMP_CWORD
        raise UsageFault("usage", said, hint) from fault
    if code:
        raise UsageFault("usage", said, hint)
    return code


class _Speaker:
    """Says why a run stopped: a document on stdout for scripts, a line on stderr for people."""

    def __init__(self, *, is_json: bool, no_color: bool) -> None:
        self._is_json = is_json
        self._colour = output.has_colour(sys.stderr, no_color=no_color)

    def stop(self, code: Exit, reason: str, said: str, hint: str | None, issues: tuple[Issue, ...] = ()) -> int:
        lines: list[Line] = []
        if issues:
            from ssops.render import text_issues

            lines += text_issues.lines(issues)
        lines.append(line((sentence("error.head"), Style.BAD), f" {_cut(said)}"))
        lines += [line((sentence("render.hint", hint=_cut(hint)), Style.FAINT))] if hint else []
        if self._is_json:
            from ssops.render import json

            with suppress(OSError):  # here and below: nowhere to say it, and the code still tells
                output.write(sys.stdout, json.text(json.error(reason, said, hint, issues)))
        with suppress(OSError):
            output.write(sys.stderr, paint(lines, colour=self._colour, columns=output.columns(sys.stderr)))
        return int(code)

    def help(self, text: str) -> int:
        """Show what there is to call, to somebody who named nothing."""
        if self._is_json:
            return self.stop(Exit.USAGE, "usage", sentence("usage.no_command"), None)
        output.write(sys.stderr, f"{text}\n")
        return int(Exit.USAGE)

    def bug(self, fault: Exception) -> int:
        if os.environ.get("SSOPS_DEBUG") == "1":
            import traceback

            with suppress(OSError):
                output.write(sys.stderr, "".join(traceback.format_exception(fault)))
        said = sentence("error.unexpected", kind=type(fault).__name__, text=" ".join(str(fault).split())[:200])
        return self.stop(Exit.ERROR, "unexpected", said, sentence("error.unexpected.hint"))


def _given(arguments: Sequence[str], option: str) -> str:
    """Read an option before the command line is parsed: it may be at fault itself. The last one given counts."""
    given = ""
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == option and position + 1 < len(arguments):
            given = arguments[position + 1]
        elif argument.startswith(f"{option}="):
            given = argument.removeprefix(f"{option}=")
    return given


def _said(hint: Message | None) -> str | None:
    return None if hint is None else say(hint)


def _help_of(fault: click.UsageError) -> str | None:
    return None if fault.ctx is None else sentence("usage.help", command=fault.ctx.command_path)


def _cut(text: str) -> str:
    """Leave of a sentence that names thousands what a person reads; JSON has all of it."""
    return text if len(text) <= _READ else f"{text[:_READ].rpartition(' ')[0]} ..."


def _lower(text: str) -> str:
    text = " ".join(text.split())  # click sets lists in lines and tabs
    return text[:1].lower() + text[1:].rstrip(".")
