"""GitHub: comments of a pull request, which its REST API calls comments of an issue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ssops.ci import faults, target
from ssops.ci.comment import Calls, Comment
from ssops.ci.target import Target
from ssops.errors import UsageFault
from ssops.model import Json, message

API = "https://api.github.com"

_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,99}/[A-Za-z0-9._-]{1,100}")
_PULL = re.compile(r"refs/pull/([1-9][0-9]{0,17})/(?:merge|head)")


def find(environment: Mapping[str, str], repository: str | None, number: int | None) -> Target:
    """Say which pull request is meant: by flags, else as GitHub Actions tells. Raises UsageFault, NotAuthorized."""
    project = repository or environment.get("GITHUB_REPOSITORY") or ""
    if not _REPOSITORY.fullmatch(project) or project.endswith(("/.", "/..")):
        raise UsageFault("usage", message("ci.repository", given=project), message("ci.repository.hint"))
    chosen = number or _number(environment)
    if chosen is None:
        raise UsageFault("usage", message("ci.no_pull_request"), message("ci.no_pull_request.hint"))
    api = target.address(environment, "GITHUB_API_URL", API)
    return Target("github", api, project, chosen, target.token(environment, "github", "GITHUB_TOKEN"))


def headers(at: Target) -> dict[str, str]:
    """Give the headers of every call, the token among them."""
    return {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {at.token.secret}",
        "X-GitHub-Api-Version": "2022-11-28",
    }


class GitHub:
    """The comments of one pull request."""

    def __init__(self, at: Target, calls: Calls) -> None:
        self._at = at
        self._calls = calls
        self._comments = f"/repos/{at.project}/issues/{at.number}/comments"

    def comments(self) -> Iterator[Comment]:
        """Give the comments, each with whether it is of whom the token stands for.

        The token of a workflow may not ask who it is; it writes as a bot, which no person can.
        """
        user = self._calls.find("/user")
        for row in self._calls.rows(f"{self._comments}?per_page=100"):
            yield self._comment(row, user)

    def create(self, body: str) -> Comment:
        """Write a new comment."""
        return self._comment(self._calls.write("POST", self._comments, {"body": body}), None)

    def update(self, id: int, body: str) -> None:
        """Replace the text of a comment."""
        self._calls.write("PATCH", f"/repos/{self._at.project}/issues/comments/{id}", {"body": body})

    def _comment(self, row: Json, user: Json | None) -> Comment:
        try:
            author = row["user"] or {}
            is_ours = author.get("type") == "Bot" if user is None else author.get("id") == user["id"]
            return Comment(int(row["id"]), str(row["body"] or ""), is_ours)
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise faults.strange(self._at) from fault


def _number(environment: Mapping[str, str]) -> int | None:
    """Read the number of the pull request that started the workflow, from its ref or its event."""
    if found := _PULL.fullmatch(environment.get("GITHUB_REF", "")):
        return int(found[1])
    try:
        event = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_bytes())
        return target.number(str(event["pull_request"]["number"]))
    except (KeyError, TypeError, ValueError, OSError):
        return None
