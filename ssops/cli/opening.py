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
    from ssops.workspace import Workspace


@contextmanager
def workspace(settings: Settings) -> Iterator[Workspace]:
    """Open the workspace of this run and close its cache. Raises UsageFault, InvalidManifest, ProviderFault."""
    from ssops import workspace
    from ssops.manifest import config

    with _cache(settings) as cache:
        yield workspace.open(config.load(config_path(settings), cache), cache, os.environ)


def config_path(settings: Settings) -> Path:
    """Give the path of this run's ssops.yaml. Raises UsageFault when none is named and none is here or above."""
    from ssops.manifest import config

    return config.find(_here()) if settings.config is None else settings.config


def _here() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError as fault:  # somebody removed it; the system does not say what is missing
        raise FileNotFoundError(fault.errno, fault.strerror, ".") from fault


def repository_folder(settings: Settings) -> str:
    """Give the folder of ssops.yaml relative to the root of its git repository, with `/`; empty where they are one.

    Other tools know files from there. Without a repository the folder of ssops.yaml is taken for the root.
    """
    folder = Path(os.path.realpath(config_path(settings).parent))
    root = next((above for above in (folder, *folder.parents) if (above / ".git").exists()), folder)
    return folder.relative_to(root).as_posix()


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
