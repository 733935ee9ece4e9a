"""What the page of a plan says beside what the Markdown says, too."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "html.organization": "организация",
    "html.skip": "Перейти к изменениям",
    "html.filter": "Какие изменения показать",
    "html.filter.space": "Пространство",
    "html.filter.reversibility": "Обратимо?",
    "html.filter.execution": "Как выполняется",
    "html.reset": "Показать все",
    "html.left_out.one": "Подробности ещё {count} изменения — только в отчёте JSON.",
    "html.left_out.few": "Подробности ещё {count} изменений — только в отчёте JSON.",
    "html.left_out.other": "Подробности ещё {count} изменений — только в отчёте JSON.",
    "html.shown": "показано {shown} из {all}",
}
