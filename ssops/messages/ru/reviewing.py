"""What ssops says about languages and about the documents of a plan."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "help.lang": "Говорить на этом языке; также SSOPS_LANG.",
    "help.budget": "Уложить Markdown в столько знаков; сколько вырезано, будет сказано.  [по умолчанию: 65536]",
    "usage.lang": "нет языка '{given}'; есть: {known}",
    "usage.budget": "{given} знаков не хватит: на итог и следующий шаг нужно {least}",
    "usage.plan_format": "в виде {given} можно показать только файл плана",
    "usage.plan_format.hint": "укажите файл, который записал 'ssops plan --out FILE', или покажите ресурс как text или json",
}
