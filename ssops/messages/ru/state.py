"""What ssops says about recorded state."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "state.not_utf8": "записанное состояние пространства '{name}' испорчено: не UTF-8 в байте {offset}",
    "state.not_json": "записанное состояние пространства '{name}' испорчено: не JSON в строке {line}, столбец {column}",
    "state.incomplete": "записанное состояние пространства '{name}' испорчено: нет частей, которые ssops пишет всегда",
    "state.checksum": "записанное состояние пространства '{name}' испорчено или правлено вручную: не сходится контрольная сумма",
    "state.other_space": "записанное состояние пространства '{name}' относится к другому пространству, '{space}'",
    "state.damaged.hint": "ничего не изменено; верните последний исправный '{name}.json' из системы контроля версий или резервной копии",
    "state.newer": "записанное состояние пространства '{name}' — в формате {format} от ssops {tool}; эта версия читает до {known}",
    "state.newer.hint": "возьмите ssops {tool} или новее",
    "state.name": "'{name}' не может быть именем документа состояния",
    "state.not_a_file": "'{path}' — не обычный файл; состояние хранится только в обычных файлах",
    "state.unreadable": "не читается записанное состояние в '{path}': {why}",
    "state.unwritable": "не записывается состояние в '{path}': {why}",
    "state.unwritable.hint": "из записанного ничего не потеряно; освободите место или дайте право на запись и запустите команду снова",
    "state.moved": "записанное состояние пространства '{name}' тем временем изменил другой запуск",
    "state.moved.hint": "запустите команду снова: она начнёт с того, что записано сейчас",
    "state.not_recorded": "'{address}' нет в записанном состоянии",
    "state.not_recorded.hint": "может быть, '{near}'?",
    "state.already_recorded": "'{address}' уже записан как объект '{object}'",
    "state.already_recorded.hint": "чтобы записать заново, сначала выполните: ssops forget {address}",
}
