"""How the whole suite runs: the same examples every time, unless somebody goes looking for new ones."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None, max_examples=2_000)
settings.load_profile("search" if os.environ.get("SSOPS_SEARCH") else "same")
