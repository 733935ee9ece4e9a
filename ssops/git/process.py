"""One git process: the program found safely, run so that it starts nothing else, its answer taken as bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ssops.errors import GitFault
from ssops.model import message

TIMEOUT_S = 120.0
"""How long one question may take; listing the tree of a large repository on a slow disk is the longest."""

_KEPT = (
    "GIT_CEILING_DIRECTORIES",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_SYSTEM",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
)
"""Variables of git that say where to look; all others could name programs, other repositories or other objects."""

_SET = {
    "GIT_ALLOW_PROTOCOL": "none",  # a partial clone would fetch what it lacks; no protocol has this name
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}

_OPTIONS = (
    "--no-pager",
    "--no-optional-locks",
    "--no-replace-objects",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "protocol.allow=never"),
    # A pull request can bring files that look like a bare repository, with a configuration of its own.
    *("-c", "safe.bareRepository=explicit"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a process said. `why` is the first line of its complaint, empty where it made none."""

    code: int
    out: bytes
    why: str


@dataclass(frozen=True, slots=True)
class Git:
    """Runs git in one folder. `environ` is what the process gets, made by `environment`."""

    program: str
    folder: Path
    environ: Mapping[str, str]

    def ask(self, *arguments: str) -> Answer:
        """Ask one question. Raises GitFault when git cannot be started or does not end."""
        try:
            done = subprocess.run(  # noqa: S603 - a program found by an absolute path; no shell
                self.command(*arguments),
                cwd=self.folder,
                env=dict(self.environ),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=TIMEOUT_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise fault(f"{arguments[0]}: {TIMEOUT_S:.0f} s") from error
        except OSError as error:
            raise fault(error.strerror or type(error).__name__) from error
        return Answer(done.returncode, done.stdout, _first_line(done.stderr))

    def told(self, *arguments: str) -> bytes:
        """Ask a question that has an answer. Raises GitFault when git fails."""
        answer = self.ask(*arguments)
        if answer.code:
            raise fault(answer.why or f"{arguments[0]}: {answer.code}")
        return answer.out

    def command(self, *arguments: str) -> list[str]:
        """Give the whole command line of a question."""
        return [self.program, *_OPTIONS, *arguments]


def find(folder: Path, environ: Mapping[str, str]) -> Git:
    """Find git. Raises GitFault where there is none.

    Relative places of PATH are left out: they would be looked up in the repository, which anybody may have written.
    """
    places = [place for place in environ.get("PATH", "").split(os.pathsep) if os.path.isabs(place)]  # noqa: PTH117
    program = shutil.which("git", path=os.pathsep.join(places))
    if program is None:
        raise GitFault("git_missing", message("git.missing"), message("git.missing.hint"))
    return Git(program, folder, environment(environ))


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Give the variables for git: the caller's without those of git that could lead it elsewhere."""
    kept = {name: value for name, value in environ.items() if not name.startswith("GIT_") or name in _KEPT}
    return kept | _SET


def fault(why: str) -> GitFault:
    """Build the fault of a git that fails for a reason of its own."""
    return GitFault("git_failed", message("git.failed", why=why), message("git.failed.hint"))


def _first_line(said: bytes) -> str:
    lines = said.decode("utf-8", "backslashreplace").splitlines()
    first = lines[0] if lines else ""
    return first.removeprefix("fatal: ").removeprefix("error: ")
