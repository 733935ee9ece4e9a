"""What `ssops init` says about pipelines and about files that are there already."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "help.init.ci": "Создать и конвейер, который строит планы для запросов и применяет слитое; если ssops.yaml уже есть — только его.",
    "init.kept": "оставлен как есть",
    "init.kept.gitignore": "оставлен как есть; добавьте {names}",
    "usage.init_exists.ci.hint": "уберите файл в сторону, запустите ещё раз и верните из него нужное",
}
