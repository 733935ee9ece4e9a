"""What ssops says about changes: why one is final, what blocks it and what to do instead; and about plan files."""

from __future__ import annotations

_NOT_OFFERED = (
    "На странице редактирования подключения перечислено, что можно изменить: описание, названия и описания ключей, "
    "новые ключи. {what} в этом списке нет. Прямого запрета тоже нет ни на одной странице, но сделать это негде."
)

_CONNECTION = {
    "connection-name-fixed": "название {address} нельзя сменить с '{before}' на '{after}': на странице редактирования этого нет",
    "connection-name-fixed.remedy": "верните name: '{before}', а новое название напишите в описании; если название важно, добавьте рядом новое подключение, а это пометьте retired: true",
    "rule.connection-name-fixed.title": "название подключения не меняется",
    "rule.connection-name-fixed.why": _NOT_OFFERED.format(what="Названия подключения"),
    "connection-data-type-fixed": "тип данных {address} нельзя сменить с {before} на {after}: на странице редактирования этого нет",
    "connection-data-type-fixed.remedy": "верните data_type: {before}; для {after} добавьте рядом новое подключение, а это, когда станет не нужно, пометьте retired: true",
    "rule.connection-data-type-fixed.title": "тип данных подключения не меняется",
    "rule.connection-data-type-fixed.why": _NOT_OFFERED.format(what="Типа данных"),
    "connection-channel-fixed": "каналы {address} нельзя сменить ({field}: с {before} на {after}): на странице редактирования этого нет",
    "connection-channel-fixed.remedy": "верните прежний канал ({before}) и поменяйте дорожки местами там, где делается запись; либо добавьте новое подключение с нужными каналами, а это пометьте retired: true",
    "rule.connection-channel-fixed.title": "каналы подключения не меняются",
    "rule.connection-channel-fixed.why": _NOT_OFFERED.format(what="Канала оператора или клиента"),
    "connection-split-fixed": "разделение {address} нельзя сменить ({field}): на странице редактирования этого нет",
    "connection-split-fixed.remedy": "верните split как было; либо добавьте новое подключение с нужным разделением, загружайте дальше в него, а это пометьте retired: true",
    "rule.connection-split-fixed.title": "разделение подключения не меняется",
    "rule.connection-split-fixed.why": _NOT_OFFERED.format(
        what="Разделения диалогов (выключено, по длительности, по фразам)"
    ),
    "connection-space-fixed": "{address} нельзя перенести в пространство '{new_space}': подключение остаётся там, где создано",
    "connection-space-fixed.remedy": "верните space: {space}; если '{new_space}' — лишь новый ref того же пространства, верните ref: {space} и в его документе; чтобы создать новое подключение в '{new_space}', оставьте старый документ с retired: true или снимите его с управления: ssops forget {address}",
    "rule.connection-space-fixed.title": "подключение остаётся в своём пространстве",
    "rule.connection-space-fixed.why": "Подключение относится ровно к одному пространству — к тому, в котором создано. Выбрать другое страница редактирования не предлагает. Прямого запрета нет ни на одной странице.",
    "connection-never-deleted": "у {address} больше нет документа, а отдельное подключение SpeechSense не удаляет никогда",
    "connection-never-deleted.remedy": "верните документ и добавьте retired: true; либо снимите подключение с управления, в SpeechSense оно останется: ssops forget {address}",
    "connection-never-deleted.moved": "у {address} больше нет документа, зато появился {new} с тем же названием: похоже, это другой ref того же подключения",
    "connection-never-deleted.moved.remedy": "если подключение то же, верните старый ref: это лишь имя в этих файлах; если другое, верните документ {address} и добавьте retired: true",
    "connection-never-deleted.gone": "{address} есть в записях, но его нет ни в манифестах, ни в SpeechSense",
    "connection-never-deleted.gone.remedy": "выполните: ssops forget {address}",
    "rule.connection-never-deleted.title": "подключение не удаляется отдельно",
    "rule.connection-never-deleted.why": "Так сказано в документации: SpeechSense удаляет проекты и пространства целиком, но не подключения. Если просто убрать документ, ssops забыл бы то, что никуда не делось, поэтому нужно ваше слово: retired: true оставляет подключение на виду, ssops forget отпускает его.",
    "connection-creation-one-way": "новое подключение останется: отдельно SpeechSense их не удаляет",
    "rule.connection-creation-one-way.title": "создание подключения необратимо",
    "rule.connection-creation-one-way.why": "Так сказано в документации: подключение нельзя удалить, оно исчезает только вместе со всем пространством. Названия, типа данных, каналов и разделения нет среди того, что меняется на странице редактирования, поэтому проверьте их сейчас.",
}

_KEYS = {
    "key-creation-one-way": "новые ключи останутся: убрать ключ, сменить его тип или перенести его страница редактирования не предлагает",
    "rule.key-creation-one-way.title": "добавление ключа необратимо",
    "rule.key-creation-one-way.why": "Ключ можно добавить в подключение когда угодно, а его название и описание — менять. Убрать ключ, сменить его тип или перенести в другой раздел страница редактирования не предлагает. Прямого запрета нет ни на одной странице, но сделать это негде.",
    "key-removed": "ключ '{key}' нельзя убрать из {address}: на странице редактирования этого нет",
    "key-removed.remedy": "оставьте ключ и пометьте его retired: true; если его заменит другой, добавьте '{next}'; если ключа быть не должно вовсе, добавьте новое подключение, а это пометьте retired: true",
    "key-removed.renamed": "ключа '{key}' в {address} больше нет, а '{new}' появился: похоже на переименование, но ключ в файле метаданных не меняется",
    "key-removed.renamed.remedy": "если люди должны видеть другое название, оставьте ключ '{key}' и смените его поле name:; если источники действительно шлют '{new}', оставьте '{key}' с retired: true и добавьте рядом '{new}'; иначе добавьте новое подключение",
    "rule.key-removed.title": "ключ нельзя убрать или переименовать",
    "rule.key-removed.why": _NOT_OFFERED.format(what="Удаления ключа и смены его имени в файле метаданных"),
    "key-type-fixed": "тип ключа '{key}' в {address} нельзя сменить с {before} на {after}: на странице редактирования этого нет",
    "key-type-fixed.remedy": "верните type: {before}; для значений типа {after} оставьте '{key}' с retired: true и добавьте ключ '{next}' этого типа; если это не подходит, добавьте новое подключение",
    "rule.key-type-fixed.title": "тип ключа не меняется",
    "rule.key-type-fixed.why": _NOT_OFFERED.format(what="Типа существующего ключа"),
    "key-moved": "ключ '{key}' в {address} нельзя перенести из '{before}' в '{after}': на странице редактирования этого нет",
    "key-moved.remedy": "верните ключ в '{before}'; если его место в '{after}', оставьте старый с retired: true и добавьте '{next}' в '{after}'; если это не подходит, добавьте новое подключение",
    "rule.key-moved.title": "ключ остаётся в своём разделе",
    "rule.key-moved.why": _NOT_OFFERED.format(what="Раздела ключа (agent, customer, bot, shared)"),
}

_SPACES = {
    "billing-unlink": "{address} нельзя оставить без платёжного аккаунта: как отвязать '{before}', не описано нигде",
    "billing-unlink.remedy": "верните billing_account: {before} или укажите другой аккаунт: сменить его можно",
    "rule.billing-unlink.title": "платёжный аккаунт можно сменить, но не отвязать",
    "rule.billing-unlink.why": "С июля 2025 года к пространству можно привязать другой платёжный аккаунт. Отвязка не описана: ни одна страница её не запрещает, и ни одна не говорит, как это сделать.",
    "space-deletion.one": "вместе с {address} исчезнет всё, что в нём есть, в том числе {count} объект из записей ssops; восстановить может только поддержка, в течение 7 дней, и название до тех пор занято",
    "space-deletion.few": "вместе с {address} исчезнет всё, что в нём есть, в том числе {count} объекта из записей ssops; восстановить может только поддержка, в течение 7 дней, и название до тех пор занято",
    "space-deletion.other": "вместе с {address} исчезнет всё, что в нём есть, в том числе {count} объектов из записей ssops; восстановить может только поддержка, в течение 7 дней, и название до тех пор занято",
    "rule.space-deletion.title": "удаление пространства необратимо",
    "rule.space-deletion.why": "Так сказано в документации: для удаления пространства нужна роль speech-sense.admin, а восстановить его может только поддержка, в течение 7 дней. Что подключения и диалоги исчезают сразу, прямо не сказано, но подразумевается.",
    "space-not-empty": "{address} нужно удалить, а манифесты оставляют в нём {kept}",
    "space-not-empty.remedy": "уберите тем же изменением документы всего, что есть в {address}, или уберите delete: true",
    "space-not-empty.gone": "{kept} нельзя создать: у {address} стоит delete: true, и в SpeechSense его нет",
    "space-not-empty.gone.remedy": "уберите документы всего, что есть в {address}, или уберите delete: true, чтобы создать его снова",
    "rule.space-not-empty.title": "в удаляемом пространстве не остаётся ничего нужного манифестам",
    "rule.space-not-empty.why": "Вместе с пространством удаляется всё, что в нём есть. Манифесты, которые просят и удалить его, и оставить что-то внутри, противоречат себе, поэтому ssops не делает ни того, ни другого.",
    "removal-not-asked": "у {address} больше нет документа, но от одного этого ничего не удаляется",
    "removal-not-asked.remedy": "верните документ; чтобы удалить и в SpeechSense, добавьте в него delete: true; либо снимите с управления, в SpeechSense всё останется: ssops forget {address}",
    "removal-not-asked.moved": "у {address} больше нет документа, зато появился {new} с тем же названием: похоже, это другой ref того же самого",
    "removal-not-asked.moved.remedy": "если это то же самое, верните старый ref: это лишь имя в этих файлах; чтобы удалить старое, верните его документ и добавьте delete: true",
    "removal-not-asked.gone": "{address} есть в записях, но его нет ни в манифестах, ни в SpeechSense",
    "removal-not-asked.gone.remedy": "выполните: ssops forget {address}",
    "rule.removal-not-asked.title": "убранный документ ничего не удаляет",
    "rule.removal-not-asked.why": "Файл, потерянный при слиянии, не должен удалить пространство с диалогами. Об удалении просят письменно: delete: true в документе, отдельным изменением, которое кто-то проверил.",
    "project-connection-fixed": "подключение {address} нельзя сменить с '{before}' на '{after}': как это сделать, не описано нигде",
    "project-connection-fixed.remedy": "верните connection: {before}; для '{after}' добавьте новый проект, а этот, когда станет не нужен, пометьте delete: true",
    "rule.project-connection-fixed.title": "подключение проекта не меняется",
    "rule.project-connection-fixed.why": "Проект — это одно подключение и фильтры. Публичный API создаёт проекты, но вызова для изменения в нём нет, и ни одна страница не говорит, как дать проекту другое подключение. Это не запрещено, а просто не описано.",
    "project-filters-fixed": "фильтры {address} нельзя сменить ({field}: с '{before}' на '{after}'): как это сделать, не описано нигде",
    "project-filters-fixed.remedy": "верните фильтры как были; для других фильтров добавьте новый проект, а этот, когда станет не нужен, пометьте delete: true",
    "rule.project-filters-fixed.title": "фильтры проекта не меняются",
    "rule.project-filters-fixed.why": "Публичный API создаёт проекты с фильтрами, но вызова для их изменения в нём нет, и ни одна страница не говорит, как это сделать. Это не запрещено, а просто не описано.",
    "project-deletion": "восстановить {address} может только поддержка, в течение 7 дней, и название до тех пор занято",
    "rule.project-deletion.title": "удаление проекта необратимо",
    "rule.project-deletion.why": "Так сказано в документации: для удаления проекта нужна роль speech-sense.admin на него или на его пространство, а восстановить его может только поддержка, в течение 7 дней.",
}

_CHANGES = {
    "create.gone": "раньше это было в SpeechSense, а теперь нет: кто-то удалил в обход ssops",
    "update.drift.one": "в обход ssops изменено {count} поле; будет возвращено то, что в манифестах",
    "update.drift.few": "в обход ssops изменено {count} поля; будет возвращено то, что в манифестах",
    "update.drift.other": "в обход ssops изменено {count} полей; будет возвращено то, что в манифестах",
    "update.billing": "чтобы привязать платёжный аккаунт, нужна ещё роль billing.accounts.editor на него",
    "retire.recorded": "меняется только запись: в SpeechSense всё остаётся, а кто ещё шлёт сюда данные, получит предупреждение",
    "name-taken": "{address} нельзя создать: в SpeechSense уже есть {kind} с названием '{name}' ({object}), и ssops им не управляет",
    "name-taken.remedy": "если это то же самое, возьмите под управление: ssops adopt {address} {object}; если нет, выберите другое название",
    "name-taken.renamed": "{address} нельзя назвать '{name}': в SpeechSense уже есть {kind} с таким названием ({object}), и ssops им не управляет",
    "name-taken.renamed.remedy": "выберите другое название или переименуйте второй объект в консоли",
    "name-taken.held": "{address} нельзя назвать '{name}', пока это название у {holder}, а этот план вовремя его не освобождает",
    "name-taken.held.remedy": "сначала дайте другое название {holder}, отдельным изменением; чтобы поменять названия местами, дайте одному из двух временное третье",
    "rule.name-taken.title": "название занято тем, чем ssops не управляет",
    "rule.name-taken.why": "Названия пространств и проектов ведут себя как уникальные: даже удалённое занимает название ещё 7 дней. О подключениях ничего не сказано, но два с одним названием не различить, и удалить нельзя ни одно. Скорее всего, это тот же объект, созданный вручную.",
    "parent-not-recorded": "{address} нельзя создать: у {parent} стоит managed: false, и ssops не знает его идентификатора",
    "parent-not-recorded.remedy": "выполните: ssops adopt {parent} ID, где ID — идентификатор из консоли; либо уберите managed: false",
    "rule.parent-not-recorded.title": "неизвестен идентификатор того, к чему относится ресурс",
    "rule.parent-not-recorded.why": "SpeechSense находит всё по идентификаторам. Чтобы создать что-то внутри ресурса, на который только ссылаются, его идентификатор должен быть записан.",
    "provider-cannot": "провайдер этого репозитория не умеет {action} для {kind}",
    "provider-cannot.remedy": "сделайте это в консоли SpeechSense и выполните ssops adopt или ssops forget; либо укажите в ssops.yaml другого провайдера",
    "rule.provider-cannot.title": "провайдер этого не умеет",
    "rule.provider-cannot.why": "Провайдер говорит, что умеет для каждого вида ресурсов. Чего он не назвал, нельзя ни вызвать, ни записать в инструкцию.",
    "policy-max-changes.one": "{count} изменение в пространстве '{space}' — больше, чем разрешает policy: max_changes: {limit}",
    "policy-max-changes.few": "{count} изменения в пространстве '{space}' — больше, чем разрешает policy: max_changes: {limit}",
    "policy-max-changes.other": "{count} изменений в пространстве '{space}' — больше, чем разрешает policy: max_changes: {limit}",
    "policy-max-changes.hint": "разбейте изменение на части; если нужно всё сразу, поднимите policy: max_changes в ssops.yaml отдельным изменением, которое кто-то проверил",
    "rule.policy-max-changes.title": "слишком много изменений в одном пространстве",
    "rule.policy-max-changes.why": "policy: max_changes в ssops.yaml ограничивает, сколько за один запуск меняется в одном пространстве. План намного больше обычного — чаще ошибка, чем намерение.",
}

_FILES = {
    "plan-file.damaged": "файл плана испорчен или правлен; ничего не записано",
    "plan-file.newer": "файл плана — в формате {version} от более нового ssops; ничего не записано",
    "plan-file.hint": "сделайте план заново: 'ssops plan --out FILE', и проверьте его",
}

_ACTORS = {
    "actor.form": "'{actor}' никого не называет: исполнителя пишут как TYPE:ID",
    "actor.type": "не бывает исполнителя типа '{type}'",
    "actor.id": "'{text}' — не идентификатор {type}: в нём только латинские буквы, цифры, точки, дефисы и подчёркивания",
    "actor.near": "может быть, '{type}'? типы: userAccount, serviceAccount, federatedUser, group и system",
    "actor.hint": "напишите serviceAccount:ID, userAccount:ID, federatedUser:ID, group:ID или system:ID",
}

SENTENCES: dict[str, str] = {**_CONNECTION, **_KEYS, **_SPACES, **_CHANGES, **_FILES, **_ACTORS}
