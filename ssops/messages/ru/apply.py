"""What ssops says about apply."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "apply.needs": "не выполнялось: нужно '{needs}', а его нет",
    "apply.not_automatic": "не выполнялось: у сервиса нет вызова, который изменил бы '{address}'",
    "apply.not_made": "прошлое применение прервалось раньше, чем изменило '{address}'",
}
