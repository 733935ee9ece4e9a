"""The providers by name; third parties add theirs through the entry point group `ssops.providers`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ssops.errors import ProviderFault
from ssops.model import Actor, message
from ssops.providers.base import Provider

Factory = Callable[[Mapping[str, Any], Path, str], Provider]
"""Makes a provider from its section of ssops.yaml, the folder of ssops.yaml and the organization id."""

DEFAULT_PATH = ".ssops/speechsense.db"


def _local(section: Mapping[str, Any], root: Path, organization: str) -> Provider:
    from ssops.providers.local import LocalProvider  # sqlite3 only where it is used

    access: dict[str, tuple[str, ...]] = {}
    for grant in section.get("grants", ()):
        access[grant["role"]] = (*access.get(grant["role"], ()), *grant["subjects"])
    actor = section.get("actor")
    type_, _, id_ = (actor or "").partition(":")
    return LocalProvider(
        path=root / section.get("path", DEFAULT_PATH),
        organization=organization,
        actor=Actor(type_, id_) if actor else None,
        grants={role: tuple(sorted(set(subjects))) for role, subjects in access.items()},
        groups={group: tuple(subjects) for group, subjects in section.get("groups", {}).items()},
    )


PROVIDERS: Mapping[str, Factory] = {"local": _local}


def make(name: str, section: Mapping[str, Any], root: Path, organization: str) -> Provider:
    """Make the provider of this name. Raises ProviderFault when nobody offers it or its package cannot be loaded."""
    return (PROVIDERS.get(name) or _plugin(name))(section, root, organization)


def _plugin(name: str) -> Factory:
    from difflib import get_close_matches
    from importlib.metadata import entry_points

    offered = entry_points(group="ssops.providers")
    if name in offered.names:
        try:
            factory: Factory = offered[name].load()
        except (ImportError, AttributeError) as error:
            raise ProviderFault(
                "provider_unloadable",
                message("provider.unloadable", name=name, package=offered[name].value, why=str(error)),
                message("provider.unloadable.hint", package=offered[name].value),
            ) from error
        return factory
    known = sorted({*PROVIDERS, *offered.names})
    near = get_close_matches(name, known, n=1)
    hint = message("provider.unknown.hint.near", near=near[0]) if near else message("provider.unknown.hint")
    raise ProviderFault("provider_unknown", message("provider.unknown", name=name, known=", ".join(known)), hint)
