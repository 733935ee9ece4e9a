"""The files of a new repository, from the templates of the package."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable

NAMES = (
    "ssops.yaml",
    "spaces/sales.yaml",
    "connections/sales/office-pbx.yaml",
    ".gitignore",
    "README.md",
)
"""What a new repository holds, relative to its folder."""


def files(organization: str) -> dict[str, str]:
    """Give every file's text by its name."""
    from jinja2 import Environment, StrictUndefined

    # Templates are ours and fixed; what they write is YAML and Markdown, where HTML escapes would be wrong.
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701
    folder = resources.files("ssops.render") / "templates" / "init"
    return {name: environment.from_string(_template(folder, name)).render(organization=organization) for name in NAMES}


def _template(folder: Traversable, name: str) -> str:
    return (folder / f"{name.rpartition('/')[2].lstrip('.')}.j2").read_text(encoding="utf-8")
