"""What `ssops ci` says, on the terminal and in the comment itself."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "help.ci.short": "keep the comment on a pull or merge request in step with its plan",
    "help.ci": "Speak where a change is reviewed.",
    "help.ci.comment.short": "write the plan into a pull or merge request",
    "help.ci.comment": """Write a saved plan into a comment of a pull or merge request, or update the one that is there.

In GitHub Actions and GitLab CI the request is known from the environment. The token comes from the environment only:
GITHUB_TOKEN on GitHub; on GitLab GITLAB_TOKEN, else CI_JOB_TOKEN. The address of the service comes from GITHUB_API_URL
or CI_API_V4_URL. A plan without changes makes no new comment; one that became empty says so.

\b
Examples:
  ssops ci comment plan.json
  ssops ci comment plan.json --repo acme/speech --pr 12
  ssops ci comment plan.json --project acme/speech --mr 12 --key test""",
    "help.ci.platform": "Where the request is; known in CI and from the other flags.",
    "help.ci.repo": "GitHub repository. Also GITHUB_REPOSITORY.",
    "help.ci.pr": "Number of the pull request.",
    "help.ci.project": "GitLab project, as path or id. Also CI_MERGE_REQUEST_PROJECT_ID.",
    "help.ci.mr": "Number of the merge request. Also CI_MERGE_REQUEST_IID.",
    "help.ci.key": "Name of the comment, for several on one request. By default the organization.",
    "ci.body.emptied": "**This request no longer changes anything in SpeechSense.** An earlier version of it did.",
    "ci.body.superseded": "_Superseded: the plan is in the first comment of ssops on this page._",
    "ci.done.created": "comment created on {where}",
    "ci.done.updated": "comment updated on {where}",
    "ci.done.unchanged": "the comment on {where} says so already",
    "ci.done.none": "nothing to say on {where}: the plan has no changes and there is no comment",
    "ci.superseded.one": "{count} older comment now points to it",
    "ci.superseded.other": "{count} older comments now point to it",
    "ci.foreign.one": "{count} comment with the same hidden line is of somebody else and was left alone",
    "ci.foreign.other": "{count} comments with the same hidden line are of somebody else and were left alone",
    "ci.waiting": "{name} does not answer; trying again in {seconds} s",
    "ci.waiting.limit": "{name} asks to call less often; going on in {seconds} s",
    "ci.extra": "'ssops ci comment' needs the package httpx, which is not installed",
    "ci.extra.hint": "pip install 'ssops[ci]'",
    "ci.platform": "it is not known where the request is: this is neither GitHub Actions nor GitLab CI",
    "ci.platform.hint": "give --repo OWNER/NAME --pr NUMBER for GitHub, or --project PATH --mr NUMBER for GitLab",
    "ci.platform.mixed": "{flags} does not go with {name}",
    "ci.repository": "'{given}' is not a GitHub repository",
    "ci.repository.hint": "give --repo OWNER/NAME",
    "ci.project": "'{given}' is not a GitLab project",
    "ci.project.hint": "give --project GROUP/NAME or the project's id",
    "ci.no_pull_request": "this run does not belong to a pull request",
    "ci.no_pull_request.hint": "run it on 'pull_request', or give --pr NUMBER",
    "ci.no_merge_request": "this run does not belong to a merge request",
    "ci.no_merge_request.hint": "run it in a merge request pipeline, or give --mr NUMBER",
    "ci.key": "'{given}' is not a key",
    "ci.key.hint": "letters and digits, with single hyphens, dots or underscores between them",
    "ci.address": "{variable} does not name a place that a token may be sent to",
    "ci.address.hint": "it is an https:// address without user, query and fragment; http:// is for this machine only",
    "ci.token.missing": "there is no token for {name}",
    "ci.token.github.hint": "set GITHUB_TOKEN: in a workflow 'GITHUB_TOKEN: ${{{{ github.token }}}}' under env, with the permission "
    "'pull-requests: write'",
    "ci.token.gitlab.hint": "set GITLAB_TOKEN to a project access token with the scope api, as a masked variable of the project",
    "ci.token.letters": "{variable} has characters that no token has",
    "ci.token.refused": "{name} does not accept the token in {variable}",
    "ci.token.GITHUB_TOKEN.hint": "the token needs 'pull-requests: write'; on a pull request from a fork GitHub makes it read-only",
    "ci.token.GITLAB_TOKEN.hint": "it has to be a token with the scope api of somebody who may comment on this merge request",
    "ci.token.CI_JOB_TOKEN.hint": "GitLab lets the token of a job comment on no merge request: set GITLAB_TOKEN to a project access "
    "token with the scope api",
    "ci.forbidden": "{name} does not let the token in {variable} comment on {where}: {said}",
    "ci.not_found": "{name} knows no {where}, or does not show it to this token",
    "ci.limited": "{name} wants fewer calls for longer than this run waits: {said}",
    "ci.again.hint": "run it again later: it finds the comment, should it have been written",
    "ci.out_of_order": "{name} is out of order: {status} {said}",
    "ci.refused": "{name} refused: {status} {said}",
    "ci.network": "{name} cannot be reached at '{host}': {why}",
    "ci.strange": "what answers does not answer as {name} does",
    "ci.strange.hint": "check the address of the API, which is '{api}'",
    "ci.redirected": "{name} sends to another host, '{host}'; the token was not sent there",
    "ci.circling": "{name} sends from one address to the next without end",
    "ci.pages": "{where} has more than {count} pages of comments",
}
