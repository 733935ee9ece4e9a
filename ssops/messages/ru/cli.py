"""What the command line and the renderers say: help, labels of plans and outcomes, usage errors, next steps."""

from __future__ import annotations

_HELP = {
    "help.ssops": """Пространства и подключения Yandex SpeechSense как YAML в git.

Измените файл, посмотрите, что изменится и чего уже не отменить, и примените ровно это.

\b
С чего начать:
  ssops init NAME       создать небольшой рабочий репозиторий в новой папке
  ssops validate        проверить все файлы
  ssops plan            показать, что изменится; ничего не записывается
  ssops apply           показать, спросить и выполнить

Справка о любой команде: ssops COMMAND --help""",
    "help.commands": "Команды",
    "help.options": "Параметры",
    "help.common_options": "Параметры всех команд",
    "help.exit_codes": "Коды завершения",
    "help.version": "Напечатать версию и закончить.",
    "help.config": "Взять этот ssops.yaml, а не тот, что в текущей папке или выше.",
    "help.format": "Печатать текст для людей (по умолчанию) или JSON для программ.",
    "help.report": "Записать результат ещё и в файл, в любом из форматов. Можно повторять.",
    "help.no_color": "Печатать без цвета, как с NO_COLOR.",
    "help.quiet": "Печатать коротко и без подсказок.",
    "help.verbose": "Печатать всё целиком, и то, что обычно только посчитано.",
    "help.no_cache": "Прочитать каждый файл заново, не пользуясь запомненным.",
    "help.space": "Только это пространство и то, что в нём. Можно повторять.",
    "help.actor": "От чьего имени: userAccount:ID, serviceAccount:ID, federatedUser:ID. Также SSOPS_ACTOR.",
    "help.init.short": "создать небольшой репозиторий, который сразу работает",
    "help.init": """Создать небольшой рабочий репозиторий в DIR (по умолчанию — в текущей папке).

В нём пространство и подключение и встроенный SpeechSense, поэтому план можно построить и применить сразу. Существующие
файлы никогда не переписываются; README.md и .gitignore, если они есть, остаются как есть.

\b
Примеры:
  ssops init
  ssops init speechsense --organization bpfexample0000000001
  ssops init --ci github""",
    "help.init.organization": "Идентификатор организации SpeechSense.",
    "help.validate.short": "показать все ошибки всех файлов, без сети",
    "help.validate": """Проверить каждый файл и показать все ошибки сразу: место, правило, что не так, что делать.

С PATH показываются ошибки только этих файлов или папок; ссылки всё равно ищутся везде.

\b
Примеры:
  ssops validate
  ssops validate connections/sales
  ssops validate --format github
  ssops validate --report sarif=faults.sarif --report junit=faults.xml""",
    "help.plan.short": "показать, что изменится",
    "help.plan": """Сравнить файлы со SpeechSense и показать, что изменится. Ничего не записывается.

Каждое изменение обратимо, необратимо (сделать можно, отменить — никогда) или невозможно (SpeechSense не даёт).

\b
Примеры:
  ssops plan
  ssops plan --space sales --out plan.json
  ssops plan --actor serviceAccount:ajeci000000000000001 --check-access
  ssops plan --against git:origin/main
  ssops plan --detailed-exitcode --format json""",
    "help.plan.out": "Сохранить план для 'ssops apply FILE'.",
    "help.plan.against": "С чем сравнить: с сервисом как он есть, с записанным состоянием или с файлами ревизии git.",
    "help.plan.detailed_exitcode": "Завершиться с кодом 2, если изменения есть.",
    "help.plan.check_access": "Завершиться с кодом 5, если исполнителю не хватает роли для изменения.",
    "help.show.short": "показать сохранённый план или один ресурс",
    "help.show": """Показать сохранённый план или один ресурс: желаемое, записанное и то, что в сервисе.

\b
Примеры:
  ssops show plan.json
  ssops show connection/sales/office-pbx
  ssops show connection/sales/office-pbx --effective""",
    "help.show.effective": "Напечатать весь ресурс как YAML, вместе с ключами по умолчанию.",
    "help.apply.short": "выполнить план",
    "help.apply": """Выполнить сохранённый план или построить план, показать его и спросить.

Сохранённый план отклоняется, если с тех пор изменилось что-то, от чего он зависит. До первого изменения проверяются
роли на все нужные пространства; если какой-то нет, ничего не записывается. Остановленное применение продолжит следующее.

\b
Примеры:
  ssops apply plan.json
  ssops apply
  ssops apply --auto-approve --allow-one-way connection/sales/office-pbx""",
    "help.apply.auto_approve": "Не спрашивать. Каждое необратимое изменение нужно назвать через --allow-one-way.",
    "help.apply.allow_one_way": "Разрешить этому ресурсу необратимое изменение при --auto-approve. Можно повторять.",
    "help.apply.lock_timeout": "Сколько ждать, пока с теми же пространствами работает другой запуск.",
    "help.access.short": "показать, кто может сделать изменения из плана",
    "help.access": "Показать, что может исполнитель.",
    "help.access.check.short": "показать, кто может сделать изменения из плана",
    "help.access.check": """Показать для каждого изменения из плана, какая роль и на что нужна и есть ли она у исполнителя.

\b
Примеры:
  ssops access check
  ssops access check --actor serviceAccount:ajeci000000000000001 --space sales""",
    "help.state.short": "показать, что ssops записал",
    "help.state": "Показать, что ssops записал о ресурсах, которыми управляет.",
    "help.state.list.short": "перечислить записанные ресурсы с идентификаторами",
    "help.state.list": """Перечислить записанные ресурсы с их идентификаторами в SpeechSense.

\b
Примеры:
  ssops state list
  ssops state list --space sales --format json""",
    "help.state.show.short": "показать записи о пространстве или об одном ресурсе",
    "help.state.show": """Показать, что записано о пространстве или об одном ресурсе.

\b
Примеры:
  ssops state show sales
  ssops state show connection/sales/office-pbx""",
    "help.adopt.short": "взять под управление то, что уже есть в SpeechSense",
    "help.adopt": """Записать, что ресурс с адресом ADDRESS — это объект ID. В SpeechSense ничего не меняется.

\b
Примеры:
  ssops adopt space/sales f3fexample0000000001
  ssops adopt connection/sales/office-pbx eagexample0000000001""",
    "help.forget.short": "снять ресурс с управления",
    "help.forget": """Убрать запись о ресурсе с адресом ADDRESS. В SpeechSense ничего не меняется.

\b
Пример:
  ssops forget connection/sales/old-pbx""",
    "help.explain.short": "объяснить, зачем нужно правило",
    "help.explain": """Объяснить правило: зачем оно и откуда этот факт. Без RULE — перечислить все правила.

\b
Примеры:
  ssops explain
  ssops explain connection-never-deleted""",
    "help.schema.short": "напечатать JSON Schema",
    "help.schema": """Напечатать JSON Schema файла, который пишете вы, или документа, который печатает ssops.

\b
Примеры:
  ssops schema connection
  ssops schema plan > plan.schema.json""",
    "help.completion.short": "напечатать автодополнение для оболочки",
    "help.completion": """Напечатать то, что нужно оболочке, чтобы дополнять команды ssops.

\b
Примеры:
  ssops completion bash > /etc/bash_completion.d/ssops
  ssops completion zsh > ~/.zfunc/_ssops
  ssops completion fish > ~/.config/fish/completions/ssops.fish""",
}

_EXIT = {
    "exit.0": "успех; с --detailed-exitcode: делать нечего",
    "exit.1": "неожиданная ошибка: ввод-вывод, сеть, ошибка в ssops",
    "exit.2": "успех, и есть различия; только с --detailed-exitcode; никогда не ошибка вызова",
    "exit.3": "заблокировано: невозможное изменение, защищённый ресурс, предел policy",
    "exit.4": "неверные данные: схема, правило или договор о метаданных",
    "exit.5": "исполнителя не узнать, или у него нет роли хотя бы на одно нужное пространство",
    "exit.6": "устарело или конфликт: дайджест плана, основа ушла вперёд, занята блокировка",
    "exit.7": "частично: одни изменения применены, другие не удались или ждут ручного выполнения",
    "exit.64": "ошибка вызова",
    "exit.130": "прервано",
}

_USAGE = {
    "usage.help": "как вызывать, покажет '{command} --help'",
    "usage.near": "может быть, '{near}'?",
    "usage.no_command": "не указана команда",
    "usage.unknown_command": "нет команды '{given}'",
    "usage.unknown_command.near": "нет команды '{given}'; может быть, '{near}'?",
    "usage.quiet_and_verbose": "--quiet и --verbose исключают друг друга: оставьте что-то одно",
    "usage.format": "у этой команды нет формата '{given}'",
    "usage.format.hint": "есть: {formats}",
    "usage.report": "'{given}' не называет отчёта",
    "usage.report.hint": "напишите FORMAT=PATH, где FORMAT — одно из: {formats}",
    "usage.report.near": "напишите FORMAT=PATH; может быть, '{near}'?",
    "usage.address": "'{given}' — не адрес",
    "usage.address.hint": "напишите space/REF, connection/SPACE/REF или project/SPACE/REF",
    "usage.address.near": "может быть, '{near}'?",
    "usage.approval": "чтобы применять без файла плана и без терминала, нужен --auto-approve",
    "usage.approval.hint": "сначала проверьте план: 'ssops plan --out plan.json', потом 'ssops apply plan.json'",
    "usage.space_with_plan": "--space не сочетается с файлом плана",
    "usage.space_with_plan.hint": "какие пространства в плане, говорит сам файл; сделайте план снова с --space",
    "usage.effective": "--effective — для ресурса, а не для сохранённого плана",
    "usage.effective.hint": "назовите ресурс: 'ssops show connection/SPACE/REF --effective'",
    "usage.no_plan_file": "нет файла плана '{file}'",
    "usage.no_plan_file.hint": "его запишет 'ssops plan --out {file}'",
    "usage.rule": "нет правила '{given}'",
    "usage.rule.hint": "все правила перечислит 'ssops explain'",
    "usage.rule.near": "может быть, '{near}'?",
    "usage.schema": "нет схемы '{given}'",
    "usage.schema.hint": "схемы есть такие: {kinds}",
    "usage.organization": "'{given}' — не идентификатор организации",
    "usage.init_exists": "в '{folder}' уже есть {files}; ничего не записано",
    "usage.init_exists.hint": "укажите новую папку: ssops init NAME",
    "usage.lock_timeout": "'{given}' — не число секунд",
    "usage.completion": "в _SSOPS_COMPLETE стоит '{asked}', а вопроса, который задала бы оболочка, при этом нет",
    "usage.completion.hint": "уберите _SSOPS_COMPLETE; скрипт, который её задаёт, печатает 'ssops completion SHELL'",
    "usage.not_recorded": "о '{given}' ничего не записано",
    "usage.not_recorded.hint": "что записано, покажет 'ssops state list'",
}

_ERRORS = {
    "error.head": "ошибка:",
    "error.interrupted": "прервано",
    "error.io": "ввод-вывод: {why}",
    "error.io.file": "файл '{file}': {why}",
    "error.io.hint": "проверьте, что путь есть, что он вам доступен и что на диске хватает места",
    "error.out_of_memory": "не хватает памяти",
    "error.unexpected": "это ошибка в ssops, а не в ваших файлах: {kind}: {text}",
    "error.unexpected.hint": "сообщите о ней: какую команду вы запустили и что она печатает с SSOPS_DEBUG=1",
}

_RENDER = {
    "render.severity.error": "ошибка",
    "render.severity.warning": "предупреждение",
    "render.hint": "подсказка: {hint}",
    "render.valid": "проверка пройдена",
    "render.invalid": "проверка не пройдена",
    "render.looked": "{resources} {files}",
    "render.files.one": "в {count} файле",
    "render.files.few": "в {count} файлах",
    "render.files.other": "в {count} файлах",
    "render.resources.one": "{count} ресурс",
    "render.resources.few": "{count} ресурса",
    "render.resources.other": "{count} ресурсов",
    "render.errors.one": "{count} ошибка",
    "render.errors.few": "{count} ошибки",
    "render.errors.other": "{count} ошибок",
    "render.warnings.one": "{count} предупреждение",
    "render.warnings.few": "{count} предупреждения",
    "render.warnings.other": "{count} предупреждений",
    "render.keys.one": "{count} ключ",
    "render.keys.few": "{count} ключа",
    "render.keys.other": "{count} ключей",
    "render.more_fields.one": "и ещё {count} поле",
    "render.more_fields.few": "и ещё {count} поля",
    "render.more_fields.other": "и ещё {count} полей",
    "render.more_members.one": "и ещё {count}",
    "render.more_members.few": "и ещё {count}",
    "render.more_members.other": "и ещё {count}",
    "render.details_left.one": "Подробности ещё {count} изменения опущены; их покажет --verbose.",
    "render.details_left.few": "Подробности ещё {count} изменений опущены; их покажет --verbose.",
    "render.details_left.other": "Подробности ещё {count} изменений опущены; их покажет --verbose.",
    "render.warnings_left.one": "Ещё {count} предупреждение опущено; его покажет 'ssops validate'.",
    "render.warnings_left.few": "Ещё {count} предупреждения опущены; их покажет 'ssops validate'.",
    "render.warnings_left.other": "Ещё {count} предупреждений опущено; их покажет 'ssops validate'.",
    "render.path.key": "{section} ключ {key}",
    "render.path.key_field": "{section} ключ {key}, {field}",
    "render.space": "пространство {space}",
    "render.role": "нужна роль {required} на {on}:",
    "render.role.none": "роль не нужна",
    "render.on": "на {on}",
    "render.verdict.granted": "есть",
    "render.verdict.missing": "нет",
    "render.verdict.unknown": "неизвестно",
    "render.reversibility.reversible": "обратимо",
    "render.reversibility.one_way": "необратимо",
    "render.reversibility.impossible": "невозможно",
    "render.execution.auto": "автоматически",
    "render.execution.assisted": "вручную",
    "render.execution.blocked": "заблокировано",
    "render.action.create": "создание",
    "render.action.update": "изменение",
    "render.action.retire": "вывод из работы",
    "render.action.remove": "убран документ",
    "render.action.delete": "удаление",
    "render.what.create": "создать",
    "render.what.update": "изменить",
    "render.what.retire": "вывести из работы",
    "render.what.remove": "документа больше нет",
    "render.what.delete": "удалить",
    "render.count.create": "создать {count}",
    "render.count.update": "изменить {count}",
    "render.count.retire": "вывести из работы {count}",
    "render.count.remove": "без документа {count}",
    "render.count.delete": "удалить {count}",
    "render.count.one_way.one": "{count} изменение необратимо",
    "render.count.one_way.few": "{count} изменения необратимы",
    "render.count.one_way.other": "{count} изменений необратимы",
    "render.count.assisted.one": "{count} изменение вручную",
    "render.count.assisted.few": "{count} изменения вручную",
    "render.count.assisted.other": "{count} изменений вручную",
    "render.count.unchanged": "без изменений {count}",
    "render.plan": "План",
    "render.plan.none": "Менять нечего: без изменений {unchanged}.",
    "render.plan.blocked.one": "заблокировано {count} изменение",
    "render.plan.blocked.few": "заблокировано {count} изменения",
    "render.plan.blocked.other": "заблокировано {count} изменений",
    "render.plan.policy": "заблокировано всё",
    "render.digest": "({digest})",
    "render.field.added": "+ {after}",
    "render.field.removed": "- {before}",
    "render.field.moved": "{before} -> {after}",
    "render.drift": "изменено в обход ssops",
    "render.rule": "правило {rule}: {title}",
    "render.reason": "почему: {reason}",
    "render.why_rule": "почему: {reason} [{rule}]",
    "render.remedy": "вместо этого: {remedy}",
    "render.owner": "владелец: {text}",
    "render.ticket": "задача: {text}",
    "render.note": "заметка: {text}",
    "render.unmanaged.one": "{count} объектом в SpeechSense ssops не управляет и его не трогает.",
    "render.unmanaged.few": "{count} объектами в SpeechSense ssops не управляет и их не трогает.",
    "render.unmanaged.other": "{count} объектами в SpeechSense ssops не управляет и их не трогает.",
    "render.unmanaged_deleting.one": "{count} объектом в SpeechSense ssops не управляет; если он в удаляемом пространстве, он исчезнет вместе с ним.",
    "render.unmanaged_deleting.few": "{count} объектами в SpeechSense ssops не управляет; те, что в удаляемом пространстве, исчезнут вместе с ним.",
    "render.unmanaged_deleting.other": "{count} объектами в SpeechSense ssops не управляет; те, что в удаляемом пространстве, исчезнут вместе с ним.",
    "render.actor": "исполнитель {actor}",
    "render.roles.nothing": "Изменений нет: роли не нужны.",
    "render.roles.granted": "У исполнителя есть все нужные роли.",
    "render.roles.missing.one": "Для {count} изменения нужна роль, которой у исполнителя нет.",
    "render.roles.missing.few": "Для {count} изменений нужна роль, которой у исполнителя нет.",
    "render.roles.missing.other": "Для {count} изменений нужна роль, которой у исполнителя нет.",
    "render.roles.unknown.one": "Для {count} изменения нужна роль; есть ли она у исполнителя, неизвестно.",
    "render.roles.unknown.few": "Для {count} изменений нужна роль; есть ли она у исполнителя, неизвестно.",
    "render.roles.unknown.other": "Для {count} изменений нужна роль; есть ли она у исполнителя, неизвестно.",
    "render.status.applied": "применено",
    "render.status.pending": "ожидает",
    "render.status.failed": "не удалось",
    "render.status.skipped": "пропущено",
    "render.recovered": "прерванный запуск начал это:",
    "render.apply": "Применение",
    "render.applied.none": "Делать нечего.",
    "render.applied.applied": "применено {count}",
    "render.applied.pending": "ждёт ручного выполнения {count}",
    "render.applied.failed": "не удалось {count}",
    "render.applied.skipped": "пропущено {count}",
    "render.view.desired": "желаемое    {value}",
    "render.view.recorded": "записанное  {value}",
    "render.view.live": "в сервисе   {value}",
    "render.view.desired.yes": "есть в манифестах",
    "render.view.desired.no": "нет в манифестах",
    "render.view.recorded.yes": "есть в записях",
    "render.view.recorded.no": "нет в записях",
    "render.view.live.yes": "есть в сервисе",
    "render.view.live.no": "нет в сервисе",
    "render.absent": "(нет)",
    "render.default_keys.one": "{count} ключ по умолчанию без вашего названия опущен; его покажет --effective",
    "render.default_keys.few": "{count} ключа по умолчанию без вашего названия опущены; их покажет --effective",
    "render.default_keys.other": "{count} ключей по умолчанию без вашего названия опущено; их покажет --effective",
    "render.state.serial": "версия записи {serial}, происхождение {lineage}",
    "render.state.pending": "начато и не закончено: {address}; что с этим стало, узнает следующее применение",
    "render.state.none": "Пока ничего не записано: 'ssops apply' и 'ssops adopt' записывают то, что делают.",
    "render.state.id": "идентификатор",
    "render.state.name": "название",
    "render.state.grade": "подтверждение",
    "render.state.at": "записано",
    "render.state.by": "кем",
    "render.state.plan": "по плану",
    "render.state.digest": "дайджест",
    "render.views": "желаемое — так в манифестах; записанное — как применено или взято под управление; в сервисе — как сейчас в SpeechSense",
    "render.grade.declared": "заявлено",
    "render.grade.attested": "засвидетельствовано",
    "render.grade.observed": "наблюдалось",
    "render.grade.confirmed": "подтверждено",
    "render.source": "Источник: {source}",
}

_TALK = {
    "apply.ask.one": "Выполнить {count} изменение? Продолжит только '{yes}':",
    "apply.ask.few": "Выполнить {count} изменения? Продолжит только '{yes}':",
    "apply.ask.other": "Выполнить {count} изменений? Продолжит только '{yes}':",
    "apply.ask.one_way.one": "{count} изменение необратимо: отменить его будет нельзя.",
    "apply.ask.one_way.few": "{count} изменения необратимы: отменить их будет нельзя.",
    "apply.ask.one_way.other": "{count} изменений необратимы: отменить их будет нельзя.",
    "apply.ask.reversible": "Всё в этом плане можно отменить.",
    "apply.declined": "не одобрено; ничего не записано",
    "apply.one_way_not_named.one": "ничего не записано: не названо {count} необратимое изменение: {addresses}",
    "apply.one_way_not_named.few": "ничего не записано: не названы {count} необратимых изменения: {addresses}",
    "apply.one_way_not_named.other": "ничего не записано: не названо {count} необратимых изменений: {addresses}",
    "apply.one_way_not_named.hint": "дайте план на проверку ('ssops plan --out plan.json', потом 'ssops apply plan.json') или назовите каждое: {flags}",
    "note.cache": "кеш не использован: {why}",
    "apply.progress": "применение",
    "done.adopted": "{address} теперь под управлением; это {id}",
    "done.forgotten": "{address} больше не под управлением; в SpeechSense всё осталось как есть",
    "next.apply": "дальше: 'ssops apply' спросит и выполнит; 'ssops plan --out plan.json' сохранит план, чтобы сначала его проверить",
    "next.apply_again": "дальше: исправьте то, что не удалось, и 'ssops plan' покажет, что осталось",
    "next.apply_file": "дальше: 'ssops apply {file}' выполнит ровно этот план",
    "next.blocked": "дальше: сделайте то, что сказано в «вместо этого» или в «подсказке», и постройте план снова; до этого apply ничего не запишет",
    "next.roles": "дальше: попросите недостающую роль у администратора пространства или укажите другого исполнителя: --actor",
    "next.plan": "дальше: 'ssops plan' покажет, то же ли самое в манифесте",
    "next.forgotten": "дальше: уберите документ, если он есть; вернуть под управление — 'ssops adopt {address} ID'",
    "next.explain": "дальше: исправьте это и проверьте снова; зачем нужно правило, скажет 'ssops explain RULE'",
    "next.init": "дальше:",
    "next.init.validate": "ssops validate",
    "next.init.plan": "ssops plan --out plan.json",
    "next.init.apply": "ssops apply plan.json",
}

SENTENCES: dict[str, str] = _HELP | _EXIT | _USAGE | _ERRORS | _RENDER | _TALK
