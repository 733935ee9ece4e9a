"""What ssops says when a run cannot go on."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "error.invalid_manifest.one": "сначала нужно исправить {count} ошибку в манифестах; ничего не сделано",
    "error.invalid_manifest.few": "сначала нужно исправить {count} ошибки в манифестах; ничего не сделано",
    "error.invalid_manifest.other": "сначала нужно исправить {count} ошибок в манифестах; ничего не сделано",
    "error.actor_unknown": "не сказано, от чьего имени применять",
    "error.actor_unknown.hint": "укажите исполнителя через --actor или SSOPS_ACTOR, например serviceAccount:ajeexample0000000001",
    "error.plan_foreign": "план сделан для организации '{theirs}', а в ssops.yaml — '{ours}'",
    "error.plan_foreign.hint": "примените его в том репозитории, где он сделан, или сделайте здесь новый: 'ssops plan --out FILE'",
    "error.plan_stale": "план устарел, после проверки изменилось: {moved}",
    "error.plan_stale.hint": "сделайте план заново: 'ssops plan --out FILE', и отдайте на проверку его; ничего не записано",
    "error.blocked.one": "ничего не записано: заблокировано {count} изменение, 'ssops plan' покажет почему: {addresses}",
    "error.blocked.few": "ничего не записано: заблокировано {count} изменения, 'ssops plan' покажет почему: {addresses}",
    "error.blocked.other": "ничего не записано: заблокировано {count} изменений, 'ssops plan' покажет почему: {addresses}",
    "error.role_missing.one": "ничего не записано: для {count} изменения нужна роль, о которой не известно, что она есть у исполнителя: {needs}",
    "error.role_missing.few": "ничего не записано: для {count} изменений нужна роль, о которой не известно, что она есть у исполнителя: {needs}",
    "error.role_missing.other": "ничего не записано: для {count} изменений нужна роль, о которой не известно, что она есть у исполнителя: {needs}",
    "error.role_missing.hint": "'ssops access check' покажет, кому что нужно; попросите роль у администратора пространства или укажите другого исполнителя: --actor",
    "error.unknown_space": "пространства '{asked}' нет ни в манифестах, ни в записанном состоянии",
    "error.unknown_space.near": "может быть, '{near}'?",
    "error.unknown_space.hint": "записанные пространства покажет 'ssops state list'",
    "error.unknown_address": "'{asked}' нет ни в манифестах, ни в записанном состоянии, ни в SpeechSense",
    "error.unknown_address.near": "может быть, '{near}'?",
    "error.unknown_address.hint": "адрес — это space/REF, connection/SPACE/REF или project/SPACE/REF",
    "error.unknown_id": "в сервисе нет объекта с идентификатором '{id}'",
    "error.unknown_id.hint": "скопируйте идентификатор со страницы объекта в консоли (кнопка ID)",
    "error.other_kind": "'{id}' — это {found}, а не {asked}",
    "error.already_recorded": "'{id}' уже записан как {address}",
    "error.other_space": "'{id}' не относится к пространству '{space}', или это пространство ещё не записано: сначала возьмите под управление его",
}
