"""What ssops says when it edits or writes manifests, and renames what they declare."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "edit.shared": "{file}:{line}: '{field}' нельзя изменить отдельно: значение связано с якорем, ссылкой на него или ключом слияния (&, *, <<); ничего не записано",
    "edit.shared.hint": "впишите значение в {file}:{line} вместо ссылки или ключа слияния и повторите команду",
    "edit.unsafe": "{file}:{line}: '{field}' нельзя изменить, не задев в файле чего-то ещё; ничего не записано",
    "edit.unsafe.hint": "измените его вручную в {file}:{line} или выполните 'ssops fmt', а потом эту команду ещё раз",
    "edit.character": "в '{text}' есть символ U+{code}, которого в манифесте быть не может",
    "edit.character.hint": "переименуйте в SpeechSense без этого символа и повторите команду",
    "move.kind": "{old} не может стать {new}",
    "move.kind.hint": "новый адрес должен начинаться с {kind}/...: меняется только ref и ничего больше",
    "move.space": "'{old}' нельзя перенести в пространство '{space}': SpeechSense ничего не переносит между пространствами",
    "move.space.hint": "оставьте в новом адресе то же пространство: {address}",
    "move.ref": "'{ref}' не годится как ref",
    "move.ref.hint": "ref — строчные латинские буквы, цифры и дефисы, от 1 до 63 знаков, первой идёт буква",
    "move.same": "'{address}' уже так называется",
    "move.same.hint": "укажите другой ref",
    "move.taken": "'{address}' занят: он объявлен в {file}:{line}",
    "move.taken.hint": "выберите другой ref",
    "move.unknown": "'{address}' не объявлен ни в одном манифесте",
    "move.unknown.hint": "'ssops plan' покажет, какие адреса есть",
    "move.unknown.near": "'{address}' не объявлен ни в одном манифесте",
    "move.unknown.near.hint": "может быть, '{near}'?",
}
