"""Where a run comes from: the commit that its manifests are of, and the page of its CI job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ssops.errors import SsopsError

PAGE_VARIABLE = "SSOPS_RUN_URL"
"""Names the page that shows this run, where CI is neither GitHub's nor GitLab's."""

DIRTY = "+changes"
"""After the commit, where files that git knows are not as in the commit."""


@dataclass(frozen=True, slots=True)
class Origin:
    """`commit` is a full object id, `DIRTY` after it where the folder differs from it; "" where there is no git.

    `page` is a URL, "" where there is none.
    """

    commit: str
    page: str


def find(root: Path, environ: Mapping[str, str]) -> Origin:
    """Say where a run in this folder comes from. Never fails: what cannot be told is empty."""
    return Origin(_commit(root, environ), page(environ))


def page(environ: Mapping[str, str]) -> str:
    """Give the page of the CI job, by the variables of GitHub Actions and GitLab CI, or `PAGE_VARIABLE`."""
    if named := environ.get(PAGE_VARIABLE):
        return named
    server, repository, run = (environ.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "RUN_ID"))
    if server and repository and run:
        return f"{server}/{repository}/actions/runs/{run}"
    return environ.get("CI_JOB_URL", "")


def _commit(root: Path, environ: Mapping[str, str]) -> str:
    from ssops.git import process  # one process, and only where something is written

    try:
        git = process.find(root, environ)
        head = git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        if head.code:
            return ""
        changed = git.ask("status", "--porcelain", "--untracked-files=no", "--", ".")
    except SsopsError:
        return ""
    commit = head.out.decode("ascii", "replace").strip()
    return commit + (DIRTY if changed.out.strip() else "")
