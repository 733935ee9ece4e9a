"""What ssops says about the team's policy: protected resources and the team's own schemas."""

from __future__ import annotations

_PROTECTED = {
    "policy-protected": "{address} под защитой: менять его нельзя",
    "policy-protected.remedy": "если изменение нужно, уберите из документа protect: true и примените сначала это, отдельным изменением, которое кто-то проверил; потом сделайте нужное",
    "policy-protected.new": "{address} становится защищённым и тут же меняется",
    "policy-protected.new.remedy": "сначала сделайте изменение, а protect: true добавьте после; либо отмените остальное, чтобы новым было только protect: true",
    "policy-protected.lifted": "{address} был под защитой до сих пор и тут же меняется",
    "policy-protected.lifted.remedy": "отмените остальное, чтобы ушло только protect, и примените сначала это: снятие защиты — отдельное изменение, которое кто-то проверил",
    "policy-protected.drift": "{address} под защитой, и его изменили в обход ssops: ничего не возвращается",
    "policy-protected.drift.remedy": "напишите в документе то, что сейчас в SpeechSense, если так верно; если нет, уберите protect: true отдельным изменением: оно же вернёт то, что в манифестах",
    "policy-protected.deletion": "{address} под защитой: удалить его нельзя",
    "policy-protected.deletion.remedy": "уберите delete: true; если удалить нужно, сначала уберите protect: true и примените это отдельным изменением, которое кто-то проверил",
    "policy-protected.inside": "{address} нельзя удалить: вместе с ним исчезнет {inside}, а он под защитой",
    "policy-protected.inside.remedy": "верните документ {inside} и уберите delete: true; если удалить нужно, сначала уберите protect: true у {inside} и примените это",
    "rule.policy-protected.title": "защищённый ресурс не меняется",
    "rule.policy-protected.why": "protect: true говорит, что ресурс слишком важен, чтобы менять его мимоходом. Создать его можно. Чтобы изменить, вывести из работы или удалить, сначала снимают защиту отдельным изменением: проверяющий увидит его раньше, чем что-то случится. ssops записывает защиту, поэтому убрать строку вместе с изменением или весь документ не поможет.",
    "update.protect": "меняется только запись: с этого момента ssops отказывается это менять",
    "update.unprotect": "меняется только запись: с этого момента ssops может это менять",
}

_SCHEMAS = {
    "policy-schema": "{text}",
    "policy-schema.document": "документ не подходит под схему команды",
    "policy-schema.field": "'{field}' не подходит под схему команды",
    "policy-schema.hint": "это правило команды: {pointer} в {schema}",
    "rule.policy-schema.title": "против — схема самой команды",
    "rule.policy-schema.why": "policy: schemas в ssops.yaml называет JSON Schema команды. Они судят документы, верные во всём остальном, словами команды и с её строгостью. План показывается целиком и заблокирован, пока есть хотя бы одна их ошибка.",
    "policy-schema-file.none": "по пути '{path}' схемы нет",
    "policy-schema-file.none.hint": "исправьте путь или уберите его из policy: schemas; * и ? заменяют буквы одного имени, а имена с точкой в начале пропускаются",
    "policy-schema-file.outside": "'{path}' ведёт за пределы папки с ssops.yaml",
    "policy-schema-file.outside.hint": "положите схему в папку с ssops.yaml или ниже; ссылка тоже не должна вести наружу",
    "policy-schema-file.bytes": "размер файла в байтах — {size}, а предел — {most}",
    "policy-schema-file.bytes.hint": "разделите её на несколько схем",
    "policy-schema-file.json": "это не JSON: {why}",
    "policy-schema-file.json.hint": "напишите схему как JSON, в UTF-8",
    "policy-schema-file.object": "схема команды — это объект JSON",
    "policy-schema-file.object.hint": 'напишите объект, хотя бы с "x-ssops-kind" и правилами',
    "policy-schema-file.kind": "x-ssops-kind не говорит, документы какого вида судит схема",
    "policy-schema-file.kind.hint": 'напишите "x-ssops-kind" в корне схемы: одно из {kinds} или список из них',
    "policy-schema-file.severity": "x-severity — не error и не warning",
    "policy-schema-file.severity.hint": 'напишите "error" или "warning"',
    "policy-schema-file.message": "x-message — не текст",
    "policy-schema-file.message.hint": "напишите фразу, которую прочтут люди",
    "policy-schema-file.schema": "эта схема не годится: {why}",
    "policy-schema-file.schema.hint": "исправьте её; $ref не выходит за пределы файла, а в шаблонах нет ни lookaround, ни обратных ссылок",
    "rule.policy-schema-file.title": "схема команды не годится",
    "rule.policy-schema-file.why": "Правило команды, которое молча пропустили, выглядело бы правилом, которое все соблюдают. Схема берётся только из репозитория, а её шаблоны работают за линейное время, чтобы никто не мог подвесить запуск.",
}

SENTENCES: dict[str, str] = {**_PROTECTED, **_SCHEMAS}
