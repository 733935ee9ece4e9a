"""Every sentence that code names is in the catalogue, with the values that it needs."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

from ssops.cli import click_words
from ssops.cli.main import COMMANDS
from ssops.domain.rules import RULES
from ssops.errors import Exit
from ssops.messages import LANGUAGES, OTHER, catalogue, say
from ssops.model import message

PACKAGE = Path(__file__).parent.parent / "ssops"
KEPT = re.compile(
    rf"--[a-z-]+|ssops (?:{'|'.join(COMMANDS)})\b|\b(?:delete|managed|protect|retired): [a-z]+|\b[A-Z]+_[A-Z_]+\b|\bU\+|https?://\S+"
)
"""What stays as it is in every language: flags, commands, settings, names of variables, links."""

SAYING = {"message", "sentence", "counted"}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def stem(id: str, language: str) -> str:
    """Give the id that code names: without the plural form."""
    plurals = import_module(f"ssops.messages.{language}").PLURALS
    name, _, form = id.rpartition(".")
    return name if form in plurals and f"{name}.{OTHER}" in catalogue(language) else id


def fixed(language: str) -> dict[str, set[str]]:
    """Give what each sentence has in every language, over all its forms: values, flags, commands, settings, links."""
    kept: dict[str, set[str]] = {}
    for id, text in catalogue(language).items():
        kept.setdefault(stem(id, language), set()).update(
            KEPT.findall(text), (f"{{{name}}}" for name in placeholders(text))
        )
    return kept


def forms(id: str, sentences: dict[str, str], language: str) -> list[str]:
    """Give the ids under which a sentence stands: its own, or one for each plural form."""
    plurals = import_module(f"ssops.messages.{language}").PLURALS
    return [each for each in (id, *(f"{id}.{form}" for form in plurals)) if each in sentences]


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING and node.args:
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def named(node: ast.expr) -> re.Pattern[str] | None:
    """Give the ids that an expression may stand for; None where it is computed elsewhere."""
    match node:
        case ast.Constant(value=str(id)):
            return re.compile(re.escape(id))
        case ast.JoinedStr(values=[ast.Constant(), *_] as parts):
            texts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in parts)
            return re.compile("".join(texts))
        case _:
            return None


@pytest.mark.parametrize("language", LANGUAGES)
def test_calls_when_they_name_a_sentence_then_it_is_there_and_filled(language: str) -> None:
    sentences = catalogue(language)
    plurals = import_module(f"ssops.messages.{language}").PLURALS
    wrong = []
    for place, call in calls():
        pattern = named(call.args[0])
        if pattern is None or any(keyword.arg is None for keyword in call.keywords):
            continue
        is_counted = isinstance(call.func, ast.Name) and call.func.id == "counted"
        given = {keyword.arg for keyword in call.keywords} | ({"count"} if is_counted else set())
        ids = {id.rpartition(".")[0] if id.rpartition(".")[2] in plurals else id for id in sentences}
        found = [
            each
            for id in sorted(ids | set(sentences))
            if pattern.fullmatch(id)
            for each in forms(id, sentences, language)
        ]
        if not found:
            wrong.append(f"{place}: no sentence {pattern.pattern}")
        elif isinstance(call.args[0], ast.Constant):
            wrong += [
                f"{place}: {id} needs {placeholders(sentences[id])}"
                for id in found
                if placeholders(sentences[id]) - given
            ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_when_they_count_then_the_other_form_is_there_and_none_is_glued(language: str) -> None:
    sentences = catalogue(language)
    plurals = import_module(f"ssops.messages.{language}").PLURALS
    counting = {id.rpartition(".")[0] for id in sentences if id.rpartition(".")[2] in plurals}

    assert [id for id in counting if f"{id}.{OTHER}" not in sentences or id in sentences] == []
    assert [id for id, text in sentences.items() if "(s)" in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_when_they_count_then_each_form_of_the_language_is_there(language: str) -> None:
    sentences = catalogue(language)
    plurals = set(import_module(f"ssops.messages.{language}").PLURALS) - {"many"}  # it is written as `other`
    counting = {stem(id, language) for id in sentences} - set(sentences)

    assert counting
    wanted = [f"{id}.{form}" for id in sorted(counting) for form in sorted(plurals)]
    assert [id for id in wanted if id not in sentences] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_when_compared_then_each_has_the_same_sentences(language: str) -> None:
    here, there = ({stem(id, each) for id in catalogue(each)} for each in (language, LANGUAGES[0]))

    assert sorted(here ^ there) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_when_compared_then_a_sentence_has_the_same_values_and_commands(language: str) -> None:
    first, ours = fixed(LANGUAGES[0]), fixed(language)

    wrong = [id for id in first if ours[id] != first[id]]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_say_when_asked_for_any_sentence_then_it_is_filled(language: str) -> None:
    for id, kept in fixed(language).items():
        values: dict[str, str | int] = {each[1:-1]: "<>" for each in kept if each.startswith("{")}
        for count in range(25) if f"{id}.{OTHER}" in catalogue(language) else (0,):
            assert say(message(id, **values | {"count": count}), language).strip(), id


def test_say_when_russian_counts_then_the_number_picks_its_form() -> None:
    told = [say(message("render.errors", count=count), "ru") for count in (0, 1, 2, 5, 11, 12, 21, 34, 111)]

    assert told == [
        "0 ошибок",
        "1 ошибка",
        "2 ошибки",
        "5 ошибок",
        "11 ошибок",
        "12 ошибок",
        "21 ошибка",
        "34 ошибки",
        "111 ошибок",
    ]


def test_sentences_when_they_are_clicks_then_click_has_them() -> None:
    said = {
        node.value
        for module in click_words.MODULES
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    ours = {id: text for id, text in catalogue("en").items() if id.startswith("click.")}

    assert ours
    assert [id for id, text in ours.items() if text not in said] == []


def test_say_when_a_sentence_counts_then_the_number_picks_its_form() -> None:
    told = [say(message("render.errors", count=count)) for count in (0, 1, 2)]

    assert told == ["0 errors", "1 error", "2 errors"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_when_listed_then_each_has_a_title_and_a_reason(language: str) -> None:
    sentences = catalogue(language)

    missing = [f"rule.{id}.{part}" for id in RULES for part in ("title", "why") if f"rule.{id}.{part}" not in sentences]

    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_exits_when_listed_then_each_has_a_meaning(language: str) -> None:
    assert [code for code in Exit if f"exit.{code.value}" not in catalogue(language)] == []
