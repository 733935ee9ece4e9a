"""What `ssops fmt` says."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "help.fmt.short": "привести файлы к единому виду",
    "help.fmt": """Привести к единому виду ssops.yaml и все манифесты или только PATH; '-' — стандартный ввод.

Поля идут в порядке схем, отступ — два пробела, кавычки — только там, где они нужны тексту. Смысл файла, комментарии и
пустые строки остаются. Файл с ошибками остаётся как есть.

\b
Примеры:
  ssops fmt
  ssops fmt --check --diff
  ssops fmt connections/sales/office-pbx.yaml
  ssops fmt - < draft.yaml""",
    "help.fmt.check": "Ничего не записывать; завершиться с кодом 2, если какой-то файл не в едином виде.",
    "help.fmt.diff": "Ничего не записывать; напечатать, что изменилось бы, как патч.",
    "usage.fmt.stdin": "'-' — это стандартный ввод, и с другими путями он не сочетается",
    "usage.fmt.missing": "нет файла или папки {paths}",
    "format.written.one": "{count} файл приведён к единому виду",
    "format.written.few": "{count} файла приведены к единому виду",
    "format.written.other": "{count} файлов приведено к единому виду",
    "format.unwritten.one": "{count} файл не в едином виде",
    "format.unwritten.few": "{count} файла не в едином виде",
    "format.unwritten.other": "{count} файлов не в едином виде",
    "format.clean.one": "{count} файл в едином виде",
    "format.clean.few": "{count} файла в едином виде",
    "format.clean.other": "{count} файлов в едином виде",
    "format.faulty.one": "{count} файл с ошибками оставлен как есть",
    "format.faulty.few": "{count} файла с ошибками оставлены как есть",
    "format.faulty.other": "{count} файлов с ошибками оставлено как есть",
    "format.unsafe": "'{file}' нельзя привести к единому виду, не изменив смысла; ничего не записано",
    "format.unsafe.hint": "укажите остальные файлы: 'ssops fmt PATH...'; и сообщите об этом, приложив файл",
}
