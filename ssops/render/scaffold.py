"""The files of a new repository, from the templates of the package."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable

from ssops import __version__

NAMES = (
    "ssops.yaml",
    "spaces/sales.yaml",
    "connections/sales/office-pbx.yaml",
    ".gitignore",
    "README.md",
)
"""What a new repository holds, relative to its folder."""

SHARED = (".gitignore", "README.md")
"""Those of `NAMES` that a repository may have for other reasons: they are left as they are."""

IGNORED = (".ssops/", "state/", "plan.json")
"""What .gitignore keeps out of the repository."""

PIPELINES = {"github": ".github/workflows/ssops.yml", "gitlab": ".gitlab-ci.yml"}
"""Platform -> the file of its pipeline."""

PACKAGE = f"ssops[ci]=={__version__}"
"""What a pipeline installs."""


def files(organization: str) -> dict[str, str]:
    """Give every file's text by its name."""
    folder = _templates("init")
    return {name: _rendered(_template(folder, name), organization=organization) for name in NAMES}


def pipeline(platform: str) -> dict[str, str]:
    """Give the text of the pipeline by its name; `platform` is one of `PIPELINES`."""
    template = (_templates("ci") / f"{platform}.yml.j2").read_text(encoding="utf-8")
    return {PIPELINES[platform]: _rendered(template, package=PACKAGE)}


def _templates(part: str) -> Traversable:
    return resources.files("ssops.render") / "templates" / part


def _template(folder: Traversable, name: str) -> str:
    return (folder / f"{name.rpartition('/')[2].lstrip('.')}.j2").read_text(encoding="utf-8")


def _rendered(template: str, **values: str) -> str:
    from jinja2 import Environment, StrictUndefined

    # Templates are ours and fixed; what they write is YAML and Markdown, where HTML escapes would be wrong.
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701
    return environment.from_string(template).render(values)
