"""README tells the truth: its tables are those of the code, its commands exist, its outputs are what ssops prints.

SSOPS_GOLDEN=write writes the marked blocks anew. `<!-- generated: NAME -->` marks a table. `<!-- replay: empty -->` and
`<!-- replay: examples -->` start in an empty folder or in an applied copy of the examples, `<!-- replay -->` goes on; a
console block is run, a diff block is applied. Ids and digests are not compared.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from ssops.cli import exits
from ssops.cli.main import COMMANDS, cli
from ssops.domain import roles
from ssops.render.words import sentence

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
EXAMPLES = ROOT / "examples" / "connections"
TIMEOUT_S = 60.0

GENERATED = re.compile(r"(<!-- generated: ([a-z ]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
REPLAY = re.compile(r"(<!-- replay(?:: (\w+))? -->\n```(console|diff)\n)(.*?)(^```$)", re.DOTALL | re.MULTILINE)
CALLS = re.compile(r"\bssops ([a-z]+)(?: ([a-z]+)\b)?")
FLAGS = re.compile(r"(?<!\S)--[a-z][a-z-]*")
MASKS = ((r"\bsha256:[0-9a-f]{64}", "sha256:DIGEST"), (r"\b(f3f|eag)[a-z0-9]{17}\b", r"\1ID"))


def text() -> str:
    return README.read_text(encoding="utf-8")


def masked(shown: str) -> str:
    for pattern, replacement in MASKS:
        shown = re.sub(pattern, replacement, shown)
    return shown


def compare(made: str, *, mask: Callable[[str], str] = str) -> None:
    if os.environ.get("SSOPS_GOLDEN") == "write" and mask(made) != mask(text()):
        README.write_text(made, encoding="utf-8")
    assert mask(text()) == mask(made)


def rows(*lines: tuple[str, ...]) -> str:
    head, *body = lines
    return "".join(f"| {' | '.join(line)} |\n" for line in (head, ("---",) * len(head), *body))


def commands() -> Iterator[tuple[str, click.Command, str]]:
    """Give every command with its full name and short help; a group by what is in it."""
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from ((f"{name} {own}", sub, sub.get_short_help_str(200)) for own, sub in command.commands.items())
        else:
            yield name, command, sentence(f"help.{name}.short")


def table(name: str) -> str:
    if name == "commands":
        told = (short[0].lower() + short[1:].rstrip(".") for _, _, short in commands())
        names = (f"`ssops {name}`" for name, _, _ in commands())
        return rows(("command", "does"), *zip(names, told, strict=True))
    if name == "exit codes":
        return rows(("code", "meaning"), *((str(code), meaning) for code, meaning in exits.table()))
    if name == "permissions":
        needs = ((kind, what, f"`{role}`", on.replace("_", " ")) for kind, what, role, on in roles.table())
        return rows(("kind", "change", "role", "held on"), *needs)
    assert name == "roles"
    includes = ((role, " and ".join(f"`{own}`" for own in owns)) for role, owns in roles.INCLUDES.items() if owns)
    return "\n" + ";\n".join(f"`{role}` includes {owns}" for role, owns in includes) + ".\n"


def test_tables_when_generated_then_those_of_readme() -> None:
    names = [match[2] for match in GENERATED.finditer(text())]

    made = GENERATED.sub(lambda match: f"{match[1]}{table(match[2])}{match[4]}", text())

    assert names == ["commands", "exit codes", "permissions", "roles"]
    compare(made)


class Replay:
    """A shell session over README's blocks, in a scratch folder."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.folder = scratch
        self.code = 0
        self.sessions = 0
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SSOPS_")}
        self.clean = {**kept, "SSOPS_CACHE_DIR": str(scratch / "cache"), "PYTHONIOENCODING": "utf-8"}
        self.environment = dict(self.clean)

    def start(self, scenario: str) -> None:
        self.sessions += 1
        self.folder = self.scratch / str(self.sessions)
        self.environment = dict(self.clean)
        if scenario == "empty":
            self.folder.mkdir()
            return
        assert scenario == "examples"
        if not (self.scratch / "applied").exists():
            shutil.copytree(EXAMPLES, self.scratch / "applied")
            self.folder = self.scratch / "applied"
            self.run("ssops plan --quiet --out plan.json")
            self.run("ssops apply plan.json")
            assert self.code == 0
            self.folder = self.scratch / str(self.sessions)
        shutil.copytree(self.scratch / "applied", self.folder)

    def run(self, line: str) -> str:
        if line == "echo $?":
            return f"{self.code}\n"
        program, *arguments = shlex.split(line)
        if program == "cd":
            self.folder = self.folder / arguments[0]
        elif program == "rm":
            (self.folder / arguments[0]).unlink()
        elif program == "export":
            name, _, value = arguments[0].partition("=")
            self.environment[name] = value
        else:
            assert program == "ssops", line
            done = subprocess.run(
                [sys.executable, "-m", "ssops", *arguments],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=TIMEOUT_S,
                check=False,
            )
            self.code = done.returncode
            return done.stdout.decode()
        return ""

    def patch(self, block: str) -> None:
        for part in re.split(r"^--- ", block, flags=re.MULTILINE)[1:]:
            name, _, hunks = part.partition("\n")
            path = self.folder / name
            for hunk in hunks.split("@@\n"):
                lines = hunk.splitlines(keepends=True)
                old = "".join(line[1:] for line in lines if line[0] in " -")
                new = "".join(line[1:] for line in lines if line[0] in " +")
                before = path.read_text(encoding="utf-8")
                assert before.count(old) == 1, hunk
                path.write_text(before.replace(old, new), encoding="utf-8")

    def block(self, match: re.Match[str]) -> str:
        if match[2]:
            self.start(match[2])
        if match[3] == "diff":
            self.patch(match[4])
            return match[0]
        lines = [line[2:] for line in match[4].splitlines() if line.startswith("$ ")]
        outputs = [f"$ {line}\n{self.run(line)}" for line in lines]
        made = "".join(outputs)
        return f"{match[1]}{match[4] if masked(match[4]) == masked(made) else made}{match[5]}"


def test_outputs_when_replayed_then_those_of_readme(tmp_path: Path) -> None:
    replay = Replay(tmp_path)

    made = REPLAY.sub(replay.block, text())

    compare(made, mask=masked)
    assert replay.sessions > 2


def test_blocks_when_they_show_a_terminal_then_all_are_replayed() -> None:
    shown = [match[0] for match in FENCE.finditer(text()) if match[1] in ("console", "diff")]

    assert len(shown) == len(list(REPLAY.finditer(text())))


def test_manifests_when_written_to_files_then_valid(tmp_path: Path) -> None:
    for match in FENCE.finditer(text()):
        if match[1] == "yaml":
            path = tmp_path / match[2].partition("\n")[0].removeprefix("# ")
            path.parent.mkdir(exist_ok=True)
            path.write_text(match[2], encoding="utf-8")
    replay = Replay(tmp_path)

    told = replay.run("ssops validate")

    assert (told, replay.code) == ("valid: 3 resources in 3 files\n", 0)


def code() -> str:
    """Give all that README sets as code: blocks, then what stands between single backticks."""
    blocks = [match[2] for match in FENCE.finditer(text())]
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", FENCE.sub("", text()))])


def test_commands_when_named_in_readme_then_they_exist() -> None:
    groups = {name.split()[0] for name, _, _ in commands() if " " in name}
    named = {f"{first} {second}".strip() if first in groups else first for first, second in CALLS.findall(code())}

    assert named == {name for name, _, _ in commands()}


def test_flags_when_named_in_readme_then_the_command_has_them() -> None:
    known = {name: flags(command) for name, command, _ in commands()}
    everywhere = set.intersection(*known.values()) | {"--help", "--version"}
    every = everywhere.union(*known.values())
    lines = [line for line in code().splitlines() if re.match(r"(\$ )?ssops [a-z]", line)]

    wrong = [line for line in lines if set(FLAGS.findall(line)) - flags_of(line, known) - everywhere]
    unknown = set(FLAGS.findall(code())) - every

    assert wrong == []
    assert unknown == set()


def flags(command: click.Command) -> set[str]:
    return {flag for option in command.params for flag in option.opts if flag.startswith("--")}


def flags_of(line: str, known: dict[str, set[str]]) -> set[str]:
    words = line.removeprefix("$ ").split()[1:3]
    return known.get(" ".join(words)) or known[words[0]]


@pytest.mark.parametrize("name", [name for name, _, _ in commands()])
def test_help_when_printed_then_it_begins_as_readme_calls_it(name: str) -> None:
    command = {own: command for own, command, _ in commands()}[name]

    shown = command.get_help(click.Context(command, info_name=f"ssops {name}"))

    assert shown.startswith(f"Usage: ssops {name} ")


def test_links_when_relative_then_they_lead_somewhere() -> None:
    anchors = {f"#{line.lstrip('# ').lower().replace(' ', '-')}" for line in text().splitlines() if line[:1] == "#"}
    links = re.findall(r"\]\(([^)]+)\)", text())

    assert [link for link in links if link not in anchors and not (ROOT / link).exists()] == []


def test_billing_when_told_in_readme_then_by_the_role_of_the_code() -> None:
    assert f"`{roles.BILLING.role}`" in text()
