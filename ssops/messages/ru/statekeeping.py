"""Что ssops говорит о записях как документах: блокировки, версии, возврат, загрузка, перенос."""

from __future__ import annotations

_HELP = {
    "help.auto_approve": "Не спрашивать.",
    "help.state.history.short": "перечислить сохранённые версии записи пространства",
    "help.state.history": """Перечислить сохранённые версии записи пространства, начиная с новейшей.

Хранятся пять последних. Текущая отмечена; повреждённую вернуть нельзя.

\b
Примеры:
  ssops state history sales
  ssops state history sales --format json""",
    "help.state.restore.short": "вернуть сохранённую версию записи",
    "help.state.restore": """Вернуть сохранённую версию записи пространства, в том числе когда запись повреждена или пропала.

Она станет новейшей версией, промежуточные останутся в истории. Меняется только запись, в SpeechSense — ничего:
следующий план покажет, чем они различаются. Сначала показывает, что изменится, и спрашивает.

\b
Примеры:
  ssops state history sales
  ssops state restore sales 000000000007-1f0c2a9b3d4e""",
    "help.state.pull.short": "напечатать запись пространства как она хранится",
    "help.state.pull": """Напечатать запись пространства байт в байт: резервную копию, которую примет 'ssops state push'.

Повреждённая запись тоже печатается; код выхода тогда 1.

\b
Пример:
  ssops state pull sales > sales.json""",
    "help.state.push.short": "принять запись из файла",
    "help.state.push": """Принять FILE как запись пространства; - читает её со стандартного ввода.

Запись должна быть целой, этого же пространства, того же происхождения (lineage) и не старше имеющейся: обойти это
нельзя. Вернуться к прежней версии — 'ssops state restore'; поправить отдельные ресурсы — 'ssops adopt' и
'ssops forget'. Меняется только запись, в SpeechSense — ничего. Сначала показывает, что изменится, и спрашивает.

\b
Примеры:
  ssops state push sales sales.json
  ssops state push sales - --auto-approve < sales.json""",
    "help.state.unlock.short": "снять блокировку запуска, которого больше нет",
    "help.state.unlock": """Освободить пространства, заблокированные под идентификатором ID; его покажет 'ssops state list'.

Почти никогда не нужно: блокировка кончается сама через минуту после конца запуска, а на этой же машине — сразу.
Если запуск всё-таки жив, он остановится перед следующим вызовом. Сначала спрашивает.

\b
Пример:
  ssops state unlock 9f86d081884c7d659a2feaa0c55ad015""",
    "help.state.migrate.short": "скопировать записи в другое хранилище",
    "help.state.migrate": """Скопировать всё записанное в хранилище, указанное в FILE: записи, их версии и журнал.

FILE — копия ssops.yaml рядом с ним, с другим 'state'. Все пространства на это время блокируются, каждая копия
перечитывается, а прерванный перенос продолжит та же команда. Прежнее хранилище остаётся как есть.

\b
Пример:
  cp ssops.yaml ssops.new.yaml      (и вписать в 'state' новое хранилище)
  ssops state migrate --to ssops.new.yaml
  mv ssops.new.yaml ssops.yaml""",
    "help.state.migrate.to": "Копия ssops.yaml с новым хранилищем.",
}

_ASKED = {
    "ask.needed": "'ssops {command}' без терминала, на котором можно спросить, требует --auto-approve",
    "ask.needed.hint": "запустите 'ssops {command}' на терминале и сначала посмотрите, что она сделает",
    "ask.yes": "Продолжит только '{yes}':",
    "ask.restore": "Сделать это записью пространства '{space}', версией {serial}?",
    "ask.push": "Сделать это записью пространства '{space}', версией {serial}?",
    "ask.unlock": "Снять блокировку?",
}

_KEPT = {
    "locks.held": (
        "пространство '{space}' заблокировано: {purpose}, {who} (процесс {pid} на {host}), с {since}, "
        "до {expires}, если не продлят; идентификатор {id}"
    ),
    "locks.held.page": (
        "пространство '{space}' заблокировано: {purpose}, {who} (процесс {pid} на {host}, {page}), с {since}, "
        "до {expires}, если не продлят; идентификатор {id}"
    ),
    "locks.damaged": "пространство '{space}' заблокировано, но блокировку нельзя прочитать; идентификатор {id}",
    "history.current": "текущая",
    "history.damaged": "повреждена",
    "history.bytes.one": "{count} байт",
    "history.bytes.few": "{count} байта",
    "history.bytes.other": "{count} байт",
    "history.none_current": "записи сейчас нет: её удалили или ещё не создавали",
    "history.current_damaged": "{why}",
    "history.not_kept": "текущей записи, версии {serial}, среди них нет: её сделали без них",
    "moves.unreadable": "Текущую запись нельзя прочитать; её место займёт это:",
    "moves.none": "Записи о ресурсах не изменятся.",
    "moves.added": "снова записан",
    "moves.changed": "записан иначе",
    "moves.removed": "больше не записан",
    "moves.seen": "те же поля, какими их видели тогда",
    "restore.done": "запись пространства '{space}' возвращена, теперь это версия {serial}",
    "restore.same": "у пространства '{space}' уже такая запись, версия {serial}; ничего не записано",
    "restore.damaged": "версию '{version}' записи пространства '{space}' вернуть нельзя: {why}",
    "restore.damaged.hint": "новейшая целая версия: ssops state restore {space} {version}",
    "restore.damaged.hint.none": "целых версий не сохранилось; примите резервную копию: ssops state push {space} FILE",
    "push.done": "запись пространства '{space}' взята из файла, теперь это версия {serial}",
    "push.same": "у пространства '{space}' уже такая запись, версия {serial}; ничего не записано",
    "push.invalid": "это принять нельзя: {why}",
    "push.invalid.hint": (
        "принять можно только то, что напечатала 'ssops state pull {space}', без правок; "
        "поправить отдельные ресурсы: ssops adopt, ssops forget"
    ),
    "push.too_large": "это принять нельзя: файл больше любой записи",
    "push.foreign": (
        "это запись другого пространства '{space}': её происхождение (lineage {theirs}) не то, что у здешней записи ({ours})"
    ),
    "push.foreign.hint": (
        "проверьте, тот ли репозиторий указан в --config; записать то, что есть в SpeechSense: ssops adopt ADDRESS ID"
    ),
    "push.older": "это старше записи пространства '{space}': версия {theirs}, а записана {ours}",
    "push.differs": "и это, и запись пространства '{space}' — версия {serial}, но они разные",
    "push.older.hint": (
        "вернуться к прежней версии: ssops state history {space}, затем ssops state restore {space} VERSION; "
        "поправить отдельные ресурсы: ssops adopt, ssops forget"
    ),
    "next.replaced": "дальше: 'ssops plan' покажет, чем от записи отличаются SpeechSense и манифесты",
    "unlock.danger": (
        "Запуск, который держит блокировку, остановится перед следующим вызовом и выйдет с кодом 6. "
        "Вызов, который он делает прямо сейчас, может ещё состояться; это узнает следующий запуск."
    ),
    "unlock.done": "теперь свободны: {spaces}",
    "unlock.next": "дальше: 'ssops plan' покажет, что осталось сделать; сначала он узнает, что стало с начатым",
    "migrate.done.one": "{count} пространство теперь в другом хранилище, перечитано и совпадает",
    "migrate.done.few": "{count} пространства теперь в другом хранилище, перечитаны и совпадают",
    "migrate.done.other": "{count} пространств теперь в другом хранилище, перечитаны и совпадают",
    "migrate.copied": "документов: {documents}, скопировано сейчас: {copied}",
    "migrate.change": "Теперь впишите это в {file} вместо прежнего 'state':",
    "migrate.next": (
        "дальше: с этого момента всюду, и в CI, используйте новое хранилище; "
        "прежнее осталось как есть: удалите его, когда 'ssops plan' заработает без него"
    ),
    "migrate.foreign": "файл относится к организации '{theirs}', а ssops.yaml — к '{ours}'",
    "migrate.elsewhere": "'{file}' лежит не в папке ssops.yaml: пути в нём вели бы не туда",
    "migrate.same": "'{file}' указывает на хранилище, которое уже используется",
    "migrate.to.hint": "скопируйте ssops.yaml рядом с ним самим, впишите в 'state' копии новое хранилище и укажите её",
    "migrate.occupied": "в другом хранилище о пространстве '{space}' записано не то же самое: '{name}'",
    "migrate.occupied.hint": (
        "в этом пространстве ничего не перезаписано; укажите хранилище, папку, префикс или таблицу, где его нет"
    ),
}

SENTENCES: dict[str, str] = _HELP | _ASKED | _KEPT
