"""What click says of command lines."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "click.usage": "Вызов:",
    "click.options": "Параметры",
    "click.commands": "Команды",
    "click.help": "Показать эту справку и закончить.",
    "click.default": "по умолчанию: {default}",
    "click.near.one": "Может быть, {possibility}?",
    "click.near.few": "(Может быть, что-то из этого: {possibilities}?)",
    "click.near.other": "(Может быть, что-то из этого: {possibilities}?)",
    "click.no_option": "Нет параметра {name!r}.",
    "click.no_command": "Нет команды {name!r}.",
    "click.missing.command": "Не указана команда.",
    "click.missing.argument": "Не указан аргумент",
    "click.missing.option": "Не указан параметр",
    "click.choices": "Выберите из:\n\t{choices}",
    "click.extra.one": "Лишний аргумент ({args})",
    "click.extra.few": "Лишние аргументы ({args})",
    "click.extra.other": "Лишние аргументы ({args})",
    "click.no_value": "У параметра {name!r} не бывает значения.",
    "click.needs_value.one": "Параметру {name!r} нужно значение.",
    "click.needs_value.few": "Параметру {name!r} нужно значений: {nargs}.",
    "click.needs_value.other": "Параметру {name!r} нужно значений: {nargs}.",
    "click.invalid": "Не годится значение: {message}",
    "click.invalid.for": "Не годится значение для {param_hint}: {message}",
    "click.choice.one": "{value!r} — не {choice}.",
    "click.choice.few": "{value!r} нет среди {choices}.",
    "click.choice.other": "{value!r} нет среди {choices}.",
    "click.range": "{value} вне пределов {range}.",
    "click.number": "{value!r} — не число ({number_type}).",
}
