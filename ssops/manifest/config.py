"""ssops.yaml: found, read like any manifest, checked, and made a value."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

from ssops.cache import Cache
from ssops.canonical import canonical, digest_of
from ssops.errors import InvalidManifest, UsageFault
from ssops.manifest import files
from ssops.model import Issue, Location, message

if TYPE_CHECKING:
    from ssops.manifest.document import Document

NAME = "ssops.yaml"
DEFAULT_MANIFESTS = ("spaces", "connections")
DEFAULT_PROVIDER = "local"
DEFAULT_STATE = "file"

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one repository.

    `root` is the absolute folder of ssops.yaml and `file` its name there; `manifests` are files and folders relative
    to `root`. `provider` and `state` are the sections of the named provider and store, as written. `policy_schemas`
    are patterns of file names, relative to `root`.
    """

    root: Path
    file: str
    organization: str
    manifests: tuple[str, ...]
    provider_name: str
    provider: Mapping[str, Any]
    state_name: str
    state: Mapping[str, Any]
    max_changes: int | None
    policy_schemas: tuple[str, ...] = ()


def find(start: Path) -> Path:
    """Find ssops.yaml in a folder or the nearest one above it. Raises UsageFault when there is none."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder / NAME
    hint = message("config.not_found.hint")
    raise UsageFault("config_not_found", message("config.not_found", folder=str(start)), hint)


def load(path: Path, cache: Cache | None = None) -> Config:
    """Read ssops.yaml. Raises UsageFault when it is not there, InvalidManifest with its issues when it has errors."""
    try:
        data = files.read(path.parent, path.name)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, ValueError) as error:
        said = message("config.no_such_file", path=str(path))
        raise UsageFault("config_not_found", said, message("config.no_such_file.hint")) from error
    except OSError as error:
        raise InvalidManifest((files.unreadable(path.name, error),)) from error
    root = Path(os.path.realpath(path.parent))
    settings = _settings(data, path.name, cache)
    config = _made(root, path.name, settings)
    if "manifests" not in settings:
        return config
    _check_listed(config, data)
    return replace(config, manifests=tuple(p for p in config.manifests if os.path.lexists(root / p)))


def listed(data: bytes, file: str, cache: Cache | None) -> tuple[str, tuple[str, ...]]:
    """Give the organization and the manifests that an ssops.yaml of these bytes names, whether they exist or not.

    Raises InvalidManifest when it has errors.
    """
    settings = _settings(data, file, cache)
    return settings["organization"], tuple(settings.get("manifests", DEFAULT_MANIFESTS))


def _made(root: Path, file: str, settings: Mapping[str, Any]) -> Config:
    provider_name, provider = _named(settings.get("provider"), DEFAULT_PROVIDER)
    state_name, state = _named(settings.get("state"), DEFAULT_STATE)
    policy = settings.get("policy", _NOTHING)
    return Config(
        root=root,
        file=file,
        organization=settings["organization"],
        manifests=tuple(settings.get("manifests", (d for d in DEFAULT_MANIFESTS if os.path.lexists(root / d)))),
        provider_name=provider_name,
        provider=provider,
        state_name=state_name,
        state=state,
        max_changes=policy.get("max_changes"),
        policy_schemas=tuple(policy.get("schemas", ())),
    )


def _named(section: Mapping[str, Any] | None, default: str) -> tuple[str, Mapping[str, Any]]:
    return next(iter(section.items())) if section else (default, _NOTHING)


def _settings(data: bytes, file: str, cache: Cache | None) -> Mapping[str, Any]:
    """Give the data of a fault-free ssops.yaml, from the cache when these very bytes were read before."""
    key = digest_of(data)
    kept = cache.get("config", key) if cache else None
    if kept is None:
        kept = canonical(_document(data, file).data)
        if cache:
            cache.put("config", key, kept)
    settings: Mapping[str, Any] = json.loads(kept)
    return settings


def _document(data: bytes, file: str) -> Document:
    from ssops.manifest import reader, schema  # the YAML parser and the validator only when they are needed

    documents, issues = reader.read(data, file)
    if issues:
        raise InvalidManifest(issues)
    if len(documents) != 1:
        place = documents[1].locate(()) if documents else Location(file)
        _refuse(files.issue("config-documents", place, count=len(documents)))
    if faults := schema.check(documents[0], "config"):
        raise InvalidManifest(faults)
    return documents[0]


def _check_listed(config: Config, data: bytes) -> None:
    """Raise InvalidManifest for each listed path that leads out of the folder of ssops.yaml or does not exist.

    A folder that is not there and sounds like no other may just be empty: git keeps no empty folders, and whoever
    removes the last document of one is to be told what becomes of its resource.
    """
    missing = [i for i, path in enumerate(config.manifests) if not os.path.lexists(config.root / path)]
    there = [i for i in range(len(config.manifests)) if i not in missing]
    outside = [i for i in there if not files.is_inside(config.root, config.manifests[i])]
    if not missing and not outside:
        return
    document = _document(data, config.file)
    issues: list[Issue] = []
    for index in sorted({*missing, *outside}):
        place = document.locate(("manifests", index))
        path, excerpt = config.manifests[index], document.excerpt(place)
        if index in outside:
            issues.append(files.issue("file-outside", place, excerpt))
        else:
            issues += _missing(config.root, path, place, excerpt)
    if issues:
        _refuse(*issues)


def _missing(root: Path, path: str, place: Location, excerpt: str) -> Iterator[Issue]:
    """Report a listed path that does not exist, naming the folder beside it that is probably meant."""
    from difflib import get_close_matches

    parent, name = os.path.split(path.rstrip("/"))
    folder = root / parent
    try:
        near = get_close_matches(name, sorted(found.name for found in folder.iterdir()), n=1)
    except OSError:
        near = []
    if near:
        yield files.issue("file-missing.near", place, excerpt, path=path, near=(Path(parent) / near[0]).as_posix())
    elif path.endswith(files.SUFFIXES):
        yield files.issue("file-missing", place, excerpt, path=path)


def _refuse(*issues: Issue) -> NoReturn:
    raise InvalidManifest(issues)
