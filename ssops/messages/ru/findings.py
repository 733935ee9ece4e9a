"""What the reports for other tools say around faults: `render.findings` and its formats."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "findings.both": "{message}; подсказка: {hint}",
    "findings.hint": "подсказка: {hint}",
    "findings.line": "{place}: {severity} [{rule}] {message}",
    "findings.more.one": "{message}, и ещё {count} ошибка в этом файле",
    "findings.more.few": "{message}, и ещё {count} ошибки в этом файле",
    "findings.more.other": "{message}, и ещё {count} ошибок в этом файле",
    "findings.root": "корень репозитория",
    "findings.explained": "{why}\n\nИсточник: {source}",
}
