"""Start of the program: what is imported, usage errors, help, completion, streams."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ssops import __version__
from ssops.cli import boundary, exits
from ssops.cli.main import COMMANDS
from ssops.errors import Exit
from ssops.manifest import schema

HEAVY = {"click", "rich", "jinja2", "jsonschema", "jsonschema_rs", "deepdiff", "yaml", "sqlite3"}


def imported_by(folder: Path, *arguments: str) -> set[str]:
    """Give which of the heavy packages a command imports."""
    return {name.partition(".")[0] for name in modules_of(folder, *arguments)} & HEAVY


def modules_of(folder: Path, *arguments: str) -> set[str]:
    code = (
        "import sys, io; out = sys.stdout; sys.stdout = io.TextIOWrapper(io.BytesIO())\n"
        "sys.argv = ['ssops', *sys.argv[1:]]\n"
        "from ssops.__main__ import main\n"
        "main(); sys.stdout = out; print(' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "SSOPS_CACHE_DIR": str(folder / ".cache")},
    )
    return set(done.stdout.split())


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    assert boundary.run(["init", "--quiet", str(tmp_path)]) == 0
    return tmp_path


def test_version_when_asked_then_nothing_is_imported(tmp_path: Path) -> None:
    assert imported_by(tmp_path, "--version") == set()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--help"], {"click"}),
        (["explain"], {"click"}),
        (["completion", "bash"], {"click"}),
        (["init", "new"], {"click", "jinja2"}),
        (["validate"], {"click", "yaml", "jsonschema_rs", "sqlite3"}),
        (["plan"], {"click", "yaml", "jsonschema_rs", "sqlite3"}),
        (["state", "list"], {"click", "yaml", "jsonschema_rs", "sqlite3"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_command_when_run_then_only_what_it_uses_is_imported(
    repository: Path, arguments: list[str], expected: set[str]
) -> None:
    assert imported_by(repository, *arguments) <= expected


def test_command_when_its_input_is_known_then_the_parser_is_not_imported(repository: Path) -> None:
    imported_by(repository, "plan")

    assert imported_by(repository, "plan") <= {"click", "sqlite3"}


def test_plan_when_it_is_known_then_what_would_make_it_is_not_imported(repository: Path) -> None:
    paths = (repository / "spaces" / "sales.yaml", repository / "connections" / "sales" / "office-pbx.yaml")
    for path in paths:
        path.write_text("# nothing to do\n", encoding="utf-8")
    judges = {"ssops.manifest.loading", "ssops.plan.make", "ssops.apply.executor"}

    new = modules_of(repository, "plan")
    for path in paths:
        os.utime(path, (1, 1))
    time.sleep(2.1)  # a file changed less than two seconds ago is not trusted to stay
    recalled, untouched = modules_of(repository, "plan"), modules_of(repository, "plan")

    assert judges & new == {"ssops.manifest.loading", "ssops.plan.make"}
    assert judges & recalled == {"ssops.manifest.loading"}
    assert judges & untouched == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_help_when_asked_of_a_command_then_it_has_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert boundary.run([name, "--help"]) == 0

    shown = capsys.readouterr().out
    assert "Usage: ssops" in shown
    assert "Example" in shown or "Commands:" in shown


def test_help_when_asked_then_commands_and_exit_codes_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert boundary.run(["--help"]) == 0

    shown = " ".join(capsys.readouterr().out.split())
    assert [name for name in COMMANDS if f" {name} " not in shown] == []
    assert [code for code, meaning in exits.table() if f"{code} {meaning}" not in shown] == []


def test_exits_when_several_apply_then_the_strongest_wins() -> None:
    assert exits.strongest([Exit.CHANGES, Exit.BLOCKED, Exit.NOT_AUTHORIZED]) is Exit.BLOCKED
    assert exits.strongest([]) is Exit.OK


@pytest.mark.parametrize(
    "arguments",
    [
        ["paln"],
        ["plan", "--bogus"],
        ["plan", "--against", "mars"],
        ["plan", "--report", "xml=a"],
        ["plan", "--actor", "nobody"],
        ["plan", "--config", "nowhere.yaml"],
        ["plan", "--quiet", "--verbose"],
        ["show", "conection/a/b"],
        ["show", "nowhere.json"],
        ["show"],
        ["explain", "no-such-rule"],
        ["schema", "spce"],
        ["completion", "csh"],
        ["init", "--organization", 'x"\n'],
        ["apply"],
        ["access"],
        ["apply", "--lock-timeout", "-1"],
        ["adopt", "space/sales/x", "id"],
        ["plan", "\udcff\x1b[2J"],
    ],
    ids=repr,
)
def test_usage_when_wrong_then_64_and_one_document(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO())

    code = boundary.run([*arguments, "--format", "json"])

    out, err = capsys.readouterr()
    assert code == 64
    assert schema.is_schema_fault_free(json.loads(out), "error")
    assert "error: " in err
    assert "Traceback" not in err
    assert "\x1b" not in out + err
    assert list(tmp_path.iterdir()) == []


def test_version_when_asked_among_others_then_it_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert boundary.run(["--no-color", "--version"]) == 0
    assert capsys.readouterr().out == f"ssops {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_when_printed_then_it_asks_ssops(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert boundary.run(["completion", shell]) == 0
    assert f"_SSOPS_COMPLETE={shell}_complete" in capsys.readouterr().out


def test_completion_when_a_shell_asks_then_commands_are_offered(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ssops"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "_SSOPS_COMPLETE": "bash_complete", "COMP_WORDS": "ssops va", "COMP_CWORD": "1"},
    )

    assert done.stdout == "plain,validate\n"


@pytest.mark.parametrize("kind", schema.INPUTS + schema.OUTPUTS)
def test_schema_when_printed_then_it_is_the_file(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert boundary.run(["schema", kind]) == 0
    assert capsys.readouterr().out == schema.text(kind)


def test_output_when_the_reader_is_gone_then_the_verdict_stays(repository: Path) -> None:
    (repository / "spaces" / "sales.yaml").write_text("version: 1\nkind: spaec\n")
    read, write = os.pipe()
    os.close(read)

    done = subprocess.run(
        [sys.executable, "-m", "ssops", "validate", "--quiet"],
        cwd=repository,
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )

    assert (done.returncode, done.stderr) == (4, b"")


def test_output_when_the_disk_is_full_then_1_and_a_message(repository: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ssops", "explain"], cwd=repository, stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert done.returncode == 1
    assert b"no space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_error_when_unexpected_then_a_traceback_only_on_request(tmp_path: Path) -> None:
    code = (
        "import sys, ssops.cli.main as main, ssops.cli.boundary as boundary\n"
        "main.COMMANDS['explain'] = 'ssops.no_such_module'\n"
        "sys.exit(boundary.run(['explain']))"
    )
    shown = {}
    for debug in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env={**os.environ, "SSOPS_DEBUG": debug},
        )
        shown[debug] = (done.returncode, "Traceback" in done.stderr, "SSOPS_DEBUG=1" in done.stderr, done.stdout)

    assert shown == {"0": (1, False, True, ""), "1": (1, True, True, "")}
