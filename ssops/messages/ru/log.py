"""Что ssops говорит о журнале: кто что сделал и кто задал какое поле."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "help.log.short": "показать, что сделано, кем и из какого коммита",
    "help.log": """Показать, что сделано, начиная с новейшего: когда, кем, из какого коммита, по какому плану, чем кончилось.

С ADDRESS — только то, что сделано с этим ресурсом, с полями до и после. Плюс у коммита значит, что файлы были не как
в этом коммите. Повреждённая часть журнала называется и пропускается; код выхода тогда 1.

\b
Примеры:
  ssops log
  ssops log --space sales --limit 200
  ssops log connection/sales/office-pbx
  ssops log --format json""",
    "help.log.limit": "Сколько записей показать, 0 — все. Без этого текст показывает 50, JSON — все.",
    "help.blame.short": "показать, кто задал каждое поле ресурса",
    "help.blame": """Показать для каждого записанного поля ресурса, что его задало: когда, кто, из какого коммита, по какому плану.

«создание», «под управление» и «импорт» стоят там, где поле такое с самого начала. «неизвестно» значит, что журнал
этого не говорит: его часть потеряна или поле старше журнала; если часть повреждена, код выхода 1.

\b
Примеры:
  ssops blame connection/sales/office-pbx
  ssops blame space/sales --format json""",
    "log.space_with_address": "в адресе пространство уже названо; --space указывают без адреса",
    "log.space_with_address.hint": "либо 'ssops log ADDRESS', либо 'ssops log --space REF'",
    "log.none": "Пока ничего не сделано.",
    "log.more.one": "ещё {count} более ранняя запись не показана; --limit 0 покажет все",
    "log.more.few": "ещё {count} более ранние записи не показаны; --limit 0 покажет все",
    "log.more.other": "ещё {count} более ранних записей не показано; --limit 0 покажет все",
    "log.when": "когда",
    "log.who": "кто",
    "log.commit": "коммит",
    "log.plan": "план",
    "log.act": "что",
    "log.status": "итог",
    "log.address": "адрес",
    "log.fields.one": "{count} поле",
    "log.fields.few": "{count} поля",
    "log.fields.other": "{count} полей",
    "log.whole": "все поля",
    "log.gone": "больше не записан",
    "log.act.create": "создание",
    "log.act.update": "изменение",
    "log.act.retire": "вывод из работы",
    "log.act.delete": "удаление",
    "log.act.adopt": "под управление",
    "log.act.forget": "из управления",
    "log.act.move": "переименование",
    "log.act.import": "импорт",
    "log.act.accept": "принятие",
    "log.act.restore": "возврат версии",
    "log.act.push": "загрузка",
    "blame.unknown": "неизвестно",
    "blame.unknown_fields.one": "{count} поле: журнал не говорит, кто его задал",
    "blame.unknown_fields.few": "{count} поля: журнал не говорит, кто их задал",
    "blame.unknown_fields.other": "{count} полей: журнал не говорит, кто их задал",
    "blame.bare.one": "{count} ключ по умолчанию без вашего названия не показан; его покажет --verbose",
    "blame.bare.few": "{count} ключа по умолчанию без вашего названия не показаны; их покажет --verbose",
    "blame.bare.other": "{count} ключей по умолчанию без вашего названия не показано; их покажет --verbose",
}
