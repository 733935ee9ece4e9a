"""Published limits of SpeechSense. What no page states (lengths of names, segments) has no number here."""

from __future__ import annotations

KEYS_PER_CONNECTION = 200
"""Metadata entries; whether default keys count is not stated.

Source: yandex-cloud/docs: en/_includes/speechsense-limits.md@3d07edf.
"""

PROJECTS_PER_SPACE = 100
"""Source: yandex-cloud/docs: en/_includes/speechsense-limits.md@3d07edf."""

WORDS_PER_PHRASE = 10
"""Source: yandex-cloud/docs: en/_includes/speechsense/data/key-phrases-restrictions.md."""

PHRASES = 20_000
"""Phrases that split a dialog; whether start and finish phrases count together is not stated.

Source: yandex-cloud/docs: en/_includes/speechsense/data/key-phrases-restrictions.md.
"""
