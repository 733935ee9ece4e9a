"""GitLab: notes of a merge request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from ssops.ci import faults, target
from ssops.ci.comment import Calls, Comment
from ssops.ci.target import Target
from ssops.errors import UsageFault
from ssops.model import Json, message

API = "https://gitlab.com/api/v4"

_JOB = "CI_JOB_TOKEN"
_PROJECT = re.compile(r"[1-9][0-9]{0,17}|\w[\w.-]{0,254}(?:/\w[\w.-]{0,254})+")


def find(environment: Mapping[str, str], project: str | None, number: int | None) -> Target:
    """Say which merge request is meant: by flags, else as GitLab CI tells. Raises UsageFault, NotAuthorized.

    A merge request lives in the project it is meant for, which is not the one where the pipeline of a fork runs.
    """
    chosen = project or environment.get("CI_MERGE_REQUEST_PROJECT_ID") or environment.get("CI_PROJECT_ID") or ""
    if not _PROJECT.fullmatch(chosen):
        raise UsageFault("usage", message("ci.project", given=chosen), message("ci.project.hint"))
    iid = number or target.number(environment.get("CI_MERGE_REQUEST_IID", ""))
    if iid is None:
        raise UsageFault("usage", message("ci.no_merge_request"), message("ci.no_merge_request.hint"))
    api = target.address(environment, "CI_API_V4_URL", API)
    # The token of a job is good at its own GitLab only, and acts as the person who started the job.
    is_job = bool(environment.get("CI_API_V4_URL") and environment.get("GITLAB_USER_ID"))
    variables = ("GITLAB_TOKEN", _JOB) if is_job else ("GITLAB_TOKEN",)
    return Target("gitlab", api, chosen, iid, target.token(environment, "gitlab", *variables))


def headers(at: Target) -> dict[str, str]:
    """Give the headers of every call, the token among them."""
    return {("JOB-TOKEN" if at.token.variable == _JOB else "PRIVATE-TOKEN"): at.token.secret}


class GitLab:
    """The notes of one merge request. `job_user` is who started the job."""

    def __init__(self, at: Target, calls: Calls, job_user: str = "") -> None:
        self._at = at
        self._calls = calls
        self._job_user = job_user
        self._notes = f"/projects/{quote(at.project, safe='')}/merge_requests/{at.number}/notes"

    def comments(self) -> Iterator[Comment]:
        """Give the notes that people and tokens wrote, each with whether it is of whom the token stands for."""
        user = self._user()
        for row in self._calls.rows(f"{self._notes}?per_page=100&order_by=created_at&sort=asc"):
            yield self._comment(row, user)

    def create(self, body: str) -> Comment:
        """Write a new note."""
        return self._comment(self._calls.write("POST", self._notes, {"body": body}), "")

    def update(self, id: int, body: str) -> None:
        """Replace the text of a note."""
        self._calls.write("PUT", f"{self._notes}/{id}", {"body": body})

    def _user(self) -> str:
        if self._at.token.variable == _JOB:
            return self._job_user
        found = self._calls.read("/user")
        try:
            return str(found["id"])
        except (KeyError, TypeError) as fault:
            raise faults.strange(self._at) from fault

    def _comment(self, row: Json, user: str) -> Comment:
        try:
            is_ours = not row.get("system") and str(row["author"]["id"]) == user
            return Comment(int(row["id"]), str(row["body"] or ""), is_ours)
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise faults.strange(self._at) from fault
