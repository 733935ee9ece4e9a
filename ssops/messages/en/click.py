"""What click says of command lines, in its own words: the id by which its sentence is found in another language."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "click.usage": "Usage:",
    "click.options": "Options",
    "click.commands": "Commands",
    "click.help": "Show this message and exit.",
    "click.default": "default: {default}",
    "click.near.one": "Did you mean {possibility}?",
    "click.near.other": "(Did you mean one of: {possibilities}?)",
    "click.no_option": "No such option {name!r}.",
    "click.no_command": "No such command {name!r}.",
    "click.missing.command": "Missing command.",
    "click.missing.argument": "Missing argument",
    "click.missing.option": "Missing option",
    "click.choices": "Choose from:\n\t{choices}",
    "click.extra.one": "Got unexpected extra argument ({args})",
    "click.extra.other": "Got unexpected extra arguments ({args})",
    "click.no_value": "Option {name!r} does not take a value.",
    "click.needs_value.one": "Option {name!r} requires an argument.",
    "click.needs_value.other": "Option {name!r} requires {nargs} arguments.",
    "click.invalid": "Invalid value: {message}",
    "click.invalid.for": "Invalid value for {param_hint}: {message}",
    "click.choice.one": "{value!r} is not {choice}.",
    "click.choice.other": "{value!r} is not one of {choices}.",
    "click.range": "{value} is not in the range {range}.",
    "click.number": "{value!r} is not a valid {number_type}.",
}
