"""Что ssops говорит, когда берёт под управление то, что уже есть в SpeechSense."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "import.file_exists.one": "файл '{file}' уже есть и не относится к манифестам",
    "import.file_exists.few": "файл '{file}' и другие (всего {count}) уже есть и не относятся к манифестам",
    "import.file_exists.other": "файл '{file}' и другие (всего {count}) уже есть и не относятся к манифестам",
    "import.file_exists.hint": "ничего не записано; уберите их или укажите их папку в 'manifests'",
    "import.has_manifest": "записан за манифестом с таким именем",
    "import.done.one": "Импортирован {count} объект.",
    "import.done.few": "Импортировано {count} объекта.",
    "import.done.other": "Импортировано {count} объектов.",
    "import.would.one": "Был бы импортирован {count} объект.",
    "import.would.few": "Было бы импортировано {count} объекта.",
    "import.would.other": "Было бы импортировано {count} объектов.",
    "import.nothing": "Импортировать нечего.",
    "import.known.one": "{count} под управлением с прежних пор",
    "import.known.few": "{count} под управлением с прежних пор",
    "import.known.other": "{count} под управлением с прежних пор",
    "help.import.short": "Записать манифесты для того, что уже есть в SpeechSense",
    "help.import": """Взять под управление то, что уже есть в SpeechSense.

Для каждого объекта, который провайдер может прочитать и который ещё не записан в состоянии, пишется манифест, и объект
записывается в состояние; если манифест с таким именем уже есть, объект записывается за ним. В SpeechSense ничего не
меняется, ни один файл не переписывается, и после этого 'ssops plan' делать нечего, если манифесты не просят иного.

\\b
Примеры:
  ssops import --dry-run
  ssops import --space Продажи""",
    "help.import.space": "Только это пространство, по имени, идентификатору или ref; можно повторять.",
    "help.import.dry_run": "Показать, что было бы импортировано; ничего не писать.",
}
