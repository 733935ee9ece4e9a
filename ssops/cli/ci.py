"""`ssops ci`: speak where a change is reviewed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssops.cli import arguments
from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Exit, UsageFault
from ssops.messages import say
from ssops.model import Message, Plan, message
from ssops.render import json
from ssops.render.style import Line, Style, line
from ssops.render.words import counted, sentence

if TYPE_CHECKING:
    from ssops.ci.comment import Forge, Published
    from ssops.ci.http import Client
    from ssops.ci.target import Target


@dataclass(frozen=True, slots=True)
class Asked:
    """Which request the flags name; None where they leave it to the environment."""

    platform: str | None
    repository: str | None
    pull_request: int | None
    project: str | None
    merge_request: int | None


def _numbered(flag: str, id: str) -> Callable[..., Callable[..., int]]:
    return click.option(f"--{flag}", type=click.IntRange(1), metavar="NUMBER", help=sentence(id))


@click.group("ci", help=sentence("help.ci"))
def command() -> None:
    """Hold the commands of CI."""


@command.command("comment", cls=Command, help=sentence("help.ci.comment"), short_help=sentence("help.ci.comment.short"))
@click.argument("planfile", type=click.Path(path_type=Path), metavar="PLANFILE")
@click.option("--platform", type=click.Choice(["github", "gitlab"]), help=sentence("help.ci.platform"))
@click.option("--repo", metavar="OWNER/NAME", help=sentence("help.ci.repo"))
@_numbered("pr", "help.ci.pr")
@click.option("--project", metavar="PATH", help=sentence("help.ci.project"))
@_numbered("mr", "help.ci.mr")
@click.option("--key", metavar="NAME", help=sentence("help.ci.key"))
@common
def comment(
    settings: Settings,
    planfile: Path,
    platform: str | None,
    repo: str | None,
    pr: int | None,
    project: str | None,
    mr: int | None,
    key: str | None,
) -> int:
    """Create or update the comment of a saved plan."""
    from ssops.ci import comment as commenting
    from ssops.plan import file
    from ssops.render import markdown

    plan = file.loads(arguments.plan_bytes(planfile))
    if key is not None and not commenting.KEY.fullmatch(key):
        raise UsageFault("usage", message("ci.key", given=key), message("ci.key.hint"))
    output = Output(settings)
    at = _target(Asked(platform, repo, pr, project, mr), os.environ)
    with _client(at, output) as client:
        done = commenting.publish(
            _forge(at, client, os.environ),
            plan,
            lambda budget: markdown.text(plan, budget=budget),
            key=key or commenting.key_of(plan),
        )
    output.result(lambda: _lines(at, done, plan), lambda: json.text(_document(at, done, plan)))
    if done.foreign:
        output.talk(line((counted("ci.foreign", done.foreign), Style.CARE)))
    return int(Exit.OK)


def _target(asked: Asked, environment: Mapping[str, str]) -> Target:
    from ssops.ci import github, gitlab

    if _platform(asked, environment) == "github":
        return github.find(environment, asked.repository, asked.pull_request)
    return gitlab.find(environment, asked.project, asked.merge_request)


def _platform(asked: Asked, environment: Mapping[str, str]) -> str:
    """Name the platform: as asked, by the flags that only one has, or by the CI this runs in."""
    flags = {
        "github": [f for f, given in (("--repo", asked.repository), ("--pr", asked.pull_request)) if given],
        "gitlab": [f for f, given in (("--project", asked.project), ("--mr", asked.merge_request)) if given],
    }
    running = (("github", "GITHUB_ACTIONS"), ("gitlab", "GITLAB_CI"))
    named = [name for name, given in flags.items() if given] or [n for n, v in running if environment.get(v) == "true"]
    platform = asked.platform or next(iter(named), None)
    if platform is None:
        raise UsageFault("usage", message("ci.platform"), message("ci.platform.hint"))
    other = flags["gitlab" if platform == "github" else "github"]
    if other:
        from ssops.ci.target import NAMES

        raise UsageFault("usage", message("ci.platform.mixed", flags=", ".join(other), name=NAMES[platform]))
    return platform


def _client(at: Target, output: Output) -> Client:
    from ssops.ci import github, gitlab

    try:
        from ssops.ci import http
    except ModuleNotFoundError as fault:
        raise UsageFault("extra_missing", message("ci.extra"), message("ci.extra.hint")) from fault

    def tell(said: Message) -> None:
        output.talk(line((say(said), Style.FAINT)))

    headers = github.headers(at) if at.platform == "github" else gitlab.headers(at)
    return http.Client(at, headers, http.Patience(time.time, time.sleep, tell))


def _forge(at: Target, client: Client, environment: Mapping[str, str]) -> Forge:
    from ssops.ci import github, gitlab

    if at.platform == "github":
        return github.GitHub(at, client)
    return gitlab.GitLab(at, client, environment.get("GITLAB_USER_ID", ""))


def _lines(at: Target, done: Published, plan: Plan) -> list[Line]:
    shown = [line(sentence(f"ci.done.{done.done}", where=at.where), " ", (f"({plan.digest})", Style.FAINT))]
    return shown + ([line(counted("ci.superseded", done.superseded))] if done.superseded else [])


def _document(at: Target, done: Published, plan: Plan) -> dict[str, str | int | None]:
    return {
        "comment": done.done.value,
        "digest": plan.digest,
        "id": done.id,
        "superseded": done.superseded,
        "where": at.where,
    }
