"""The command line in Russian: whole runs without an English sentence, usage errors, unknown languages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

from ssops.cli import boundary
from ssops.cli.main import COMMANDS
from ssops.domain.rules import RULES
from ssops.messages import catalogue

for each in COMMANDS.values():
    import_module(each)  # help is said when a command is imported: other tests of this process expect it in English

EXAMPLE = Path(__file__).parent.parent / "examples" / "connections"
CYRILLIC = re.compile("[А-Яа-яЁё]")
DATA = re.compile(r"'[^']*'|ssops .*")
"""Values of manifests, and command lines to copy."""

PROSE = re.compile(r"\b[A-Za-z]+[,:]? [a-z]+,? [a-z]+\b")
LABELS = (
    "render.reversibility.",
    "render.execution.",
    "render.verdict.",
    "render.what.",
    "render.status.",
    "render.action.",
)

FAULTY = """\
version: 1
kind: connection
ref: Office
space: nowhere
name: Office
data_type: two_chanel_audio
agent: {keys: {department: 5}}
custmer: {}
owner:
---
version: 1
kind: project
ref: big
space: sales
name: Big
connection: office-pb
filters: {segment: key}
---
version: 1
kind: connection
ref: late
space: sales
name: Late
data_type: two_channel_audio
agent: {channel: 0, keys: {operator: {}}}
customer: {channel: 0}
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "example"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(".ssops", "state"))
    edited(folder / "spaces" / "field.yaml", "engineers' badges at customers' sites", "badges")  # ' is in no value then
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SSOPS_LANG", "ru")
    monkeypatch.setenv("SSOPS_CACHE_DIR", str(tmp_path / "cache"))
    return folder


def fragments() -> Iterator[str]:
    """Yield what English sentences say between their values, two words and more, where Russian says something else."""
    russian = "\n".join(catalogue("ru").values())
    for text in catalogue("en").values():
        for part, *_ in Formatter().parse(text):
            for each in re.split(r"\n|'[^']*'", part):
                if len(re.findall("[A-Za-z]{2,}", each)) > 1 and each.strip() not in russian:
                    yield each.strip()


def labels() -> list[str]:
    return [text for id, text in catalogue("en").items() if id.startswith(LABELS)]


def english(shown: str) -> list[str]:
    """Give the lines that say something in English: known sentences and labels, and prose of any other origin."""
    bare = [DATA.sub("", each) for each in shown.splitlines()]
    known = re.compile("|".join(map(re.escape, {*fragments(), "Usage:", "Options:", "error:", "hint:", "next:"})))
    columns = re.compile(rf"(?<!\S)({'|'.join(map(re.escape, labels()))})(?!\S)")
    return [
        each
        for each in bare
        if known.search(each) or columns.search(each) or (not CYRILLIC.search(each) and PROSE.search(each))
    ]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    code = boundary.run(arguments)
    told = capsys.readouterr()
    return code, told.out + told.err


def edited(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")


def test_english_when_it_is_there_then_it_is_found() -> None:
    text = "next: 'ssops plan' shows\n+ x  reversible\nsome glued words\n'all of it is blocked'\n  agent channel 1\n"

    assert english(text) == ["next:  shows", "+ x  reversible", "some glued words"]


def test_loop_when_run_in_russian_then_nothing_is_english(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs = [
        ("validate",),
        ("plan", "--out", "plan.json"),
        ("access", "check"),
        ("access", "check", "--actor", "serviceAccount:ajereadonly000000001"),
        ("apply", "--auto-approve"),
        ("apply", "plan.json"),
        ("apply", "plan.json"),
        ("plan",),
        ("state", "list"),
        ("state", "show", "sales"),
        ("state", "history", "sales"),
        ("log",),
        ("log", "connection/sales/office-pbx"),
        ("blame", "connection/sales/office-pbx"),
        ("show", "connection/sales/office-pbx"),
    ]

    done = {" ".join(each): run(capsys, *each) for each in runs}

    assert {name: lines for name, (_, shown) in done.items() if (lines := english(shown))} == {}
    assert done["validate"] == (0, "проверка пройдена: 10 ресурсов в 9 файлах\n")
    assert done["access check --actor serviceAccount:ajereadonly000000001"][0] == 5
    assert done["apply --auto-approve"][0] == 3
    assert done["apply plan.json"][0] == 6  # the second time
    assert "без изменений 10" in done["plan"][1]


def test_plan_when_blocked_then_reasons_and_documents_are_russian(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "plan", "--out", "plan.json")[0] == 0
    assert run(capsys, "apply", "plan.json")[0] == 0
    edited(repository / "connections" / "sales" / "office-pbx.yaml", "type: json", "type: string")
    (repository / "connections" / "support" / "hotline.yaml").unlink()

    plan, refused = run(capsys, "plan"), run(capsys, "apply", "--auto-approve")
    document = run(capsys, "plan", "--format", "markdown")

    assert [code for code, _ in (plan, refused, document)] == [3, 3, 3]
    drawing = re.compile("```mermaid.*?```", re.DOTALL)
    assert english(plan[1]) + english(refused[1]) + english(drawing.sub("", document[1])) == []
    assert "вместо этого: верните документ и добавьте retired: true" in plan[1]


def test_validate_when_files_are_faulty_then_faults_are_russian(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "connections" / "faulty.yaml").write_text(FAULTY, "utf-8")
    (repository / "spaces" / "tab.yaml").write_text("version: 1\nkind: space\n\tref: x\n", "utf-8")

    code, shown = run(capsys, "validate")

    assert code == 4
    excerpts = re.compile(r"^ +[0-9]* \|.*$", re.MULTILINE)
    assert english(excerpts.sub("", shown)) == []
    assert "[schema-unknown-field] неизвестное поле 'custmer'" in shown
    assert "проверка не пройдена: " in shown


@pytest.mark.parametrize("format", ["github", "gitlab", "sarif", "junit"])
def test_findings_when_written_in_russian_then_they_are_russian(
    format: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "connections" / "faulty.yaml").write_text(FAULTY, "utf-8")

    code, shown = run(capsys, "validate", "--format", format)

    assert code == 4
    assert "неизвестное поле" in shown
    assert "unknown field" not in shown


def test_digest_when_the_language_changes_then_it_stays(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "plan", "--out", "ru.json")[0] == 0
    assert run(capsys, "--lang", "en", "plan", "--out", "en.json")[0] == 0

    digests = [re.findall(r'"digest": "(sha256:[0-9a-f]+)"', Path(name).read_text()) for name in ("ru.json", "en.json")]

    assert digests[0] == digests[1] != []
    assert run(capsys, "--lang", "en", "apply", "ru.json")[0] == 0


@pytest.mark.parametrize("arguments", [(), *((name,) for name in COMMANDS), ("ci", "comment")], ids=" ".join)
def test_help_when_asked_in_russian_then_nothing_is_english(arguments: tuple[str, ...], tmp_path: Path) -> None:
    called = [sys.executable, "-m", "ssops", *arguments, "--help"]
    environment = {**os.environ, "SSOPS_LANG": "ru", "PYTHONIOENCODING": "utf-8"}

    shown = subprocess.run(
        called, cwd=tmp_path, env=environment, capture_output=True, check=True, timeout=60
    ).stdout.decode()

    flags = re.compile(r"^ +(-[-a-z]|\[?[A-Z]).*?(?=  |$)", re.MULTILINE)
    assert shown.startswith(" ".join(("Вызов: ssops", *arguments)))
    assert english(flags.sub("", shown)) == []


@pytest.mark.parametrize("rule", ["", *sorted(RULES)])
def test_explain_when_asked_in_russian_then_it_is_russian(rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, shown = run(capsys, "explain", "--lang", "ru", *filter(None, [rule]))

    assert code == 0
    assert english(shown.replace("Источник: ", "ssops ")) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--zzz"], "ошибка: нет параметра '--zzz'\n"),
        (["plan", "--budge"], "ошибка: нет параметра '--budge'. Может быть, '--budget'?\n"),
        (["plan", "--formt"], "ошибка: нет параметра '--formt'. (Может быть, что-то из этого: '--format', "),
        (["paln"], "ошибка: нет команды 'paln'; может быть, 'plan'?\n"),
        (["state", "paln"], "ошибка: нет команды 'paln'\n"),
        (["adopt"], "ошибка: не указан аргумент 'ADDRESS'\n"),
        (["explain", "a", "b"], "ошибка: лишний аргумент (b)\n"),
        (["explain", "a", "b", "c"], "ошибка: лишние аргументы (b c)\n"),
        (["plan", "--out"], "ошибка: параметру '--out' нужно значение\n"),
        (["plan", "--quiet=1"], "ошибка: у параметра '--quiet' не бывает значения\n"),
        (["plan", "--format", "xml"], "ошибка: не годится значение для '--format': 'xml' нет среди 'text', 'json'"),
        (["ci", "comment", "p", "--pr", "0"], "ошибка: не годится значение для '--pr': 0 вне пределов x>=1\n"),
        (["plan", "--budget", "z"], "ошибка: не годится значение для '--budget': 'z' — не число (integer)\n"),
        (["--quiet"], "ошибка: не указана команда\n"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_usage_when_it_is_wrong_then_russian_says_so(
    arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SSOPS_LANG", "ru")

    code, shown = run(capsys, *arguments)

    assert code == 64
    assert shown.startswith(said)


def test_usage_when_the_next_run_is_english_then_click_is_english_again(capsys: pytest.CaptureFixture[str]) -> None:
    told = [run(capsys, "explain", "--lang", each, "a", "b")[1].splitlines()[0] for each in ("ru", "en")]

    assert told == ["ошибка: лишний аргумент (b)", "error: got unexpected extra argument (b)"]


@pytest.mark.parametrize("language", ["de", "RU", "ru_RU.UTF-8"])
def test_language_when_unknown_then_the_known_ones_are_named(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    by_flag = run(capsys, "--lang", language, "explain")
    monkeypatch.setenv("SSOPS_LANG", language)
    by_environment = run(capsys, "explain")

    assert by_flag == by_environment == (64, f"error: no language '{language}'; known are: en, ru\n")
