"""Open what a command works with: ssops.yaml, the cache, the workspace."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ssops.cli.output import Output
from ssops.cli.settings import Settings
from ssops.render.style import Style, line
from ssops.render.words import sentence

if TYPE_CHECKING:
    from ssops.cache import Cache
    from ssops.pipeline import Workspace


@contextmanager
def workspace(settings: Settings) -> Iterator[Workspace]:
    """Open the workspace of this run and close its cache. Raises UsageFault, InvalidManifest, ProviderFault."""
    from ssops import pipeline
    from ssops.manifest import config

    with _cache(settings) as cache:
        path = config.find(Path.cwd()) if settings.config is None else settings.config
        yield pipeline.open(config.load(path, cache), cache)


@contextmanager
def _cache(settings: Settings) -> Iterator[Cache | None]:
    from ssops import cache

    folder = None if settings.no_cache else cache.folder(os.environ)
    if folder is None:
        yield None
        return
    with cache.Cache(folder, cache.salt()) as opened:
        yield opened
    if opened.note and settings.verbose:
        Output(settings).talk(line((sentence("note.cache", why=opened.note), Style.FAINT)))
