"""What `ssops ci` says, on the terminal and in the comment itself."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "help.ci.short": "держать комментарий к pull или merge request в согласии с планом",
    "help.ci": "Говорить там, где проверяют изменение.",
    "help.ci.comment.short": "написать план в pull или merge request",
    "help.ci.comment": """Написать сохранённый план в комментарий к pull или merge request или обновить тот, что уже есть.

В GitHub Actions и GitLab CI запрос известен из окружения. Токен берётся только из окружения: GITHUB_TOKEN на GitHub;
на GitLab — GITLAB_TOKEN, иначе CI_JOB_TOKEN. Адрес сервиса берётся из GITHUB_API_URL или CI_API_V4_URL. План без
изменений нового комментария не создаёт; о плане, который стал пустым, будет сказано.

\b
Примеры:
  ssops ci comment plan.json
  ssops ci comment plan.json --repo acme/speech --pr 12
  ssops ci comment plan.json --project acme/speech --mr 12 --key test""",
    "help.ci.platform": "Где находится запрос; в CI и по другим параметрам это понятно само.",
    "help.ci.repo": "Репозиторий GitHub. Также GITHUB_REPOSITORY.",
    "help.ci.pr": "Номер pull request.",
    "help.ci.project": "Проект GitLab: путь или номер. Также CI_MERGE_REQUEST_PROJECT_ID.",
    "help.ci.mr": "Номер merge request. Также CI_MERGE_REQUEST_IID.",
    "help.ci.key": "Имя комментария, если их к запросу несколько. По умолчанию — организация.",
    "ci.body.emptied": "**Этот запрос больше ничего не меняет в SpeechSense.** Более ранняя его версия меняла.",
    "ci.body.superseded": "_Заменён: план — в первом комментарии ssops на этой странице._",
    "ci.done.created": "комментарий создан: {where}",
    "ci.done.updated": "комментарий обновлён: {where}",
    "ci.done.unchanged": "в комментарии уже так и написано: {where}",
    "ci.done.none": "сказать нечего: {where}: в плане нет изменений, комментария тоже нет",
    "ci.superseded.one": "{count} прежний комментарий теперь указывает на него",
    "ci.superseded.few": "{count} прежних комментария теперь указывают на него",
    "ci.superseded.other": "{count} прежних комментариев теперь указывают на него",
    "ci.foreign.one": "{count} комментарий с той же скрытой строкой написал кто-то другой, он не тронут",
    "ci.foreign.few": "{count} комментария с той же скрытой строкой написал кто-то другой, они не тронуты",
    "ci.foreign.other": "{count} комментариев с той же скрытой строкой написал кто-то другой, они не тронуты",
    "ci.waiting": "{name} не отвечает; повтор через {seconds} с",
    "ci.waiting.limit": "{name} просит обращаться реже; продолжение через {seconds} с",
    "ci.extra": "для 'ssops ci comment' нужен пакет httpx, а он не установлен",
    "ci.extra.hint": "установите его: pip install 'ssops[ci]'",
    "ci.platform": "неизвестно, где находится запрос: это не GitHub Actions и не GitLab CI",
    "ci.platform.hint": "укажите --repo OWNER/NAME --pr NUMBER для GitHub или --project PATH --mr NUMBER для GitLab",
    "ci.platform.mixed": "{flags} не сочетается с {name}",
    "ci.repository": "'{given}' — не репозиторий GitHub",
    "ci.repository.hint": "укажите --repo OWNER/NAME",
    "ci.project": "'{given}' — не проект GitLab",
    "ci.project.hint": "укажите --project GROUP/NAME или номер проекта",
    "ci.no_pull_request": "этот запуск не относится к pull request",
    "ci.no_pull_request.hint": "запускайте по 'pull_request' или укажите --pr NUMBER",
    "ci.no_merge_request": "этот запуск не относится к merge request",
    "ci.no_merge_request.hint": "запускайте в конвейере merge request или укажите --mr NUMBER",
    "ci.key": "'{given}' — не ключ",
    "ci.key.hint": "латинские буквы и цифры, между ними по одному дефису, точке или подчёркиванию",
    "ci.address": "{variable} не называет места, куда можно отправить токен",
    "ci.address.hint": "это адрес https:// без пользователя, запроса и фрагмента; http:// — только для этого же компьютера",
    "ci.token.missing": "нет токена для {name}",
    "ci.token.github.hint": "задайте GITHUB_TOKEN: в workflow 'GITHUB_TOKEN: ${{{{ github.token }}}}' в env, с разрешением 'pull-requests: write'",
    "ci.token.gitlab.hint": "задайте GITLAB_TOKEN: токен доступа к проекту с областью api, в скрытой переменной проекта",
    "ci.token.letters": "в {variable} есть символы, которых в токенах не бывает",
    "ci.token.refused": "{name} не принимает токен из {variable}",
    "ci.token.GITHUB_TOKEN.hint": "токену нужно 'pull-requests: write'; для pull request из форка GitHub даёт токен только на чтение",
    "ci.token.GITLAB_TOKEN.hint": "это должен быть токен с областью api от того, кто может комментировать этот merge request",
    "ci.token.CI_JOB_TOKEN.hint": "токену задания GitLab не даёт комментировать merge request: задайте в GITLAB_TOKEN токен доступа к проекту с областью api",
    "ci.forbidden": "{name} не даёт с токеном из {variable} комментировать {where}: {said}",
    "ci.not_found": "{name} не знает {where} или не показывает с этим токеном",
    "ci.limited": "{name} просит обращаться реже, а ждать так долго этот запуск не будет: {said}",
    "ci.again.hint": "запустите позже ещё раз: если комментарий всё же записан, он найдётся",
    "ci.out_of_order": "{name} неисправен: {status} {said}",
    "ci.refused": "{name} отказал: {status} {said}",
    "ci.network": "{name} недоступен по адресу '{host}': {why}",
    "ci.strange": "ответ не похож на ответ {name}",
    "ci.strange.hint": "проверьте адрес API: сейчас это '{api}'",
    "ci.redirected": "{name} отсылает на другой узел, '{host}'; токен туда не отправлен",
    "ci.circling": "{name} без конца отсылает с адреса на адрес",
    "ci.pages": "страниц с комментариями больше {count}: {where}",
}
