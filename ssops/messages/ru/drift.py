"""What ssops says about drift: how the three sides differ, why, and what to do about it."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "help.drift.short": "показать, что изменено в обход ssops",
    "help.drift": """Показать, что изменено в SpeechSense в обход ssops: желаемое, записанное и то, что в сервисе, рядом.

Расхождение — только то, что противоречит. То, чего хотят манифесты, и то, чем никто не управляет, показано отдельно.
Ничего не записывается. С ADDRESS показываются только эти ресурсы; вместе с --space — ещё и всё, что в том пространстве.

\b
Примеры:
  ssops drift
  ssops drift connection/sales/office-pbx
  ssops drift --space sales --detailed-exitcode --report markdown=drift.md""",
    "help.drift.detailed_exitcode": "Завершиться с кодом 2, если расхождения есть.",
    "drift.verdict": "Расхождения",
    "drift.none": "Расхождений нет",
    "drift.counts": "{verdict}: {counts}",
    "drift.count.changed.one": "{count} ресурс изменён в обход ssops",
    "drift.count.changed.few": "{count} ресурса изменены в обход ssops",
    "drift.count.changed.other": "{count} ресурсов изменено в обход ssops",
    "drift.count.gone.one": "{count} ресурса больше нет в SpeechSense",
    "drift.count.gone.few": "{count} ресурсов больше нет в SpeechSense",
    "drift.count.gone.other": "{count} ресурсов больше нет в SpeechSense",
    "drift.count.others.one": "{count} отличается по другой причине",
    "drift.count.others.few": "{count} отличаются по другим причинам",
    "drift.count.others.other": "{count} отличаются по другим причинам",
    "drift.count.planned.one": "{count} ещё не создан",
    "drift.count.planned.few": "{count} ещё не созданы",
    "drift.count.planned.other": "{count} ещё не создано",
    "drift.title.drifted": "изменено в обход ssops",
    "drift.title.others": "отличается по другим причинам",
    "drift.cause.conflict": "конфликт",
    "drift.cause.drift": "изменено извне",
    "drift.cause.added_outside": "добавлено извне",
    "drift.cause.unseen": "не видно",
    "drift.cause.converged": "уже так",
    "drift.cause.intended": "только в манифестах",
    "drift.cause.unmanaged": "вне управления",
    "drift.fields": "{cause}: {fields}",
    "drift.standing.gone": "в SpeechSense больше нет",
    "drift.standing.not_in_manifests": "нет документа",
    "drift.standing.unseen": "в SpeechSense не видно, но это ничего не доказывает",
    "drift.standing.unsettled": "нельзя узнать, выполнена ли операция ssops с ним",
    "drift.referenced": "managed: false",
    "drift.column.field": "поле",
    "drift.column.cause": "что случилось",
    "drift.column.desired": "желаемое",
    "drift.column.recorded": "записанное",
    "drift.column.live": "в сервисе",
    "drift.evidence": "записано {at}, кем: {by}; то, что в сервисе: {grade}",
    "drift.fields_left.one": "{count} поле, которым никто не управляет, опущено; его покажет --verbose",
    "drift.fields_left.few": "{count} поля, которыми никто не управляет, опущены; их покажет --verbose",
    "drift.fields_left.other": "{count} полей, которыми никто не управляет, опущено; их покажет --verbose",
    "drift.details_left.one": "Поля ещё {count} ресурса опущены; их покажет --verbose.",
    "drift.details_left.few": "Поля ещё {count} ресурсов опущены; их покажет --verbose.",
    "drift.details_left.other": "Поля ещё {count} ресурсов опущены; их покажет --verbose.",
    "drift.remedy": "что делать: {remedy}",
    "drift.remedy.conflict": "одно и то же поле изменили и манифесты, и кто-то ещё: договоритесь о значении, пока apply не затёр чужое",
    "drift.remedy.drift": "как вернуть прежнее, покажет 'ssops plan'; если верно то, что в сервисе, напишите это в документе",
    "drift.remedy.added_outside": "SpeechSense хранит ключ навсегда: напишите его в документе",
    "drift.remedy.undocumented": "верните документ или снимите с управления: ssops forget {address}",
    "drift.remedy.gone": "как создать заново, покажет 'ssops plan'; если ресурс больше не нужен, уберите документ и выполните: ssops forget {address}",
    "drift.remedy.forget": "чтобы убрать запись о нём: ssops forget {address}",
    "drift.remedy.unseen": "посмотрите в консоли SpeechSense",
    "drift.adoptable": "{kind} '{name}' есть в сервисе, но не в записях; если его и описывает {address}: ssops adopt {address} {id}",
    "drift.adoptable.again": "{kind} '{name}' есть в сервисе, но не в записях; если это замена для {address}: ssops forget {address}, потом ssops adopt {address} {id}",
    "drift.more_adoptable.one": "В сервисе, но не в записях есть ещё {count} объект с названием из манифестов.",
    "drift.more_adoptable.few": "В сервисе, но не в записях есть ещё {count} объекта с названиями из манифестов.",
    "drift.more_adoptable.other": "В сервисе, но не в записях есть ещё {count} объектов с названиями из манифестов.",
    "drift.cut.one": "ещё {count} строка сюда не поместилась; всё целиком — в отчёте JSON",
    "drift.cut.few": "ещё {count} строки сюда не поместились; всё целиком — в отчёте JSON",
    "drift.cut.other": "ещё {count} строк сюда не поместилось; всё целиком — в отчёте JSON",
    "drift.next": "дальше: 'ssops plan' покажет, что вернёт apply; то, что верно в SpeechSense, должно быть и в манифестах",
    "drift.next.drifted": "Выполните `ssops plan`: применение вернёт то, что в манифестах. То, что верно в SpeechSense, должно быть в манифестах: напишите это там и слейте.",
    "drift.next.none": "Делать нечего.",
}
