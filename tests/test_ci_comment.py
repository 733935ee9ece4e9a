"""One comment on a request, kept in step with its plan, against platforms that answer on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from forges import LONGEST, Answer, Forge, GitHub, GitLab, serving
from planning import ALL, SPACE, plan, put

from ssops.ci import comment, github, gitlab, http, target
from ssops.ci.comment import Done, Published
from ssops.cli import boundary
from ssops.errors import Exit, NotAuthorized, ProviderFault, SsopsError, UsageFault
from ssops.messages import say
from ssops.model import Address, Kind, Message, Plan
from ssops.plan import file

CANARY = "canary-7Qz9-not-to-be-printed"
BOT = {"id": 41898282, "login": "github-actions[bot]", "type": "Bot"}
ROBOT = {"id": 7, "username": "project_bot", "type": "User"}
PERSON = {"id": 8, "login": "mallory", "username": "mallory", "type": "User"}

CHANGED = plan(ALL)
OTHER = plan({SPACE: put(ALL[SPACE], ("name",), "Support")})
EMPTY = plan(ALL, ALL)
HUGE = plan({Address(Kind.SPACE, f"s{n}", f"s{n}"): put(ALL[SPACE], ("name",), "x" * 90 + str(n)) for n in range(400)})
MARKER = "<!-- ssops-plan:bpf -->"


@dataclass
class Clock:
    """A clock that only waiting moves."""

    now_s: float = 1_700_000_000.0
    slept_s: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept_s.append(seconds)
        self.now_s += seconds

    def tell(self, said: Message) -> None:
        self.told.append(say(said))

    def patience(self) -> http.Patience:
        return http.Patience(lambda: self.now_s, self.sleep, self.tell)


@pytest.fixture(params=["github", "gitlab"])
def forge(request: pytest.FixtureRequest) -> Iterator[Forge]:
    made: Forge = GitHub({CANARY: BOT}) if request.param == "github" else GitLab({CANARY: ROBOT})
    with serving(made):
        yield made


@pytest.fixture
def hub() -> Iterator[GitHub]:
    made = GitHub({CANARY: BOT})
    with serving(made):
        yield made


@pytest.fixture
def lab() -> Iterator[GitLab]:
    made = GitLab({CANARY: ROBOT})
    with serving(made):
        yield made


def environment(forge: Forge) -> dict[str, str]:
    """What the CI of the platform sets for request 12."""
    if isinstance(forge, GitHub):
        return {
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": forge.url,
            "GITHUB_REPOSITORY": "acme/speech",
            "GITHUB_REF": "refs/pull/12/merge",
            "GITHUB_TOKEN": CANARY,
        }
    return {
        "GITLAB_CI": "true",
        "CI_API_V4_URL": f"{forge.url}/api/v4",
        "CI_PROJECT_ID": "99",
        "CI_MERGE_REQUEST_PROJECT_ID": "acme/speech",
        "CI_MERGE_REQUEST_IID": "12",
        "GITLAB_USER_ID": "7",
        "GITLAB_TOKEN": CANARY,
    }


def myself(forge: Forge) -> dict[str, Any]:
    return BOT if isinstance(forge, GitHub) else ROBOT


def markdown(made: Plan) -> Callable[[int], str]:
    return lambda budget: f"the plan {made.digest}\n"[:budget]


def publish(forge: Forge, made: Plan, clock: Clock | None = None, **more: Any) -> Published:
    """Publish as the command does, with a clock that does not wait."""
    given = {"body": markdown(made), "key": "bpf", **more}
    patience = (clock or Clock()).patience()
    if isinstance(forge, GitHub):
        at = github.find(environment(forge), None, None)
        with http.Client(at, github.headers(at), patience) as client:
            return comment.publish(github.GitHub(at, client), made, **given)
    at = gitlab.find(environment(forge), None, None)
    with http.Client(at, gitlab.headers(at), patience) as client:
        return comment.publish(gitlab.GitLab(at, client, "7"), made, **given)


def fails(forge: Forge, clock: Clock | None = None) -> SsopsError:
    with pytest.raises(SsopsError) as caught:
        publish(forge, CHANGED, clock)
    assert CANARY not in told(caught.value)
    return caught.value


def told(fault: SsopsError) -> str:
    return f"{say(fault.message)} {say(fault.hint) if fault.hint else ''} {fault!r}"


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run `ssops ci comment` on a plan in the CI of a platform."""
    for name in list(os.environ):
        if name.startswith(("GITHUB_", "GITLAB_", "CI_", "SSOPS_")) or name == "CI":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def run(made: Plan, variables: dict[str, str], *arguments: str) -> int:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        Path("plan.json").write_text(file.dumps(made), encoding="utf-8")
        return boundary.run(["ci", "comment", "plan.json", *arguments])

    return run


def test_comment_when_there_is_none_then_one_is_created_with_marker_and_digest(forge: Forge) -> None:
    done = publish(forge, CHANGED)

    assert done == Published(Done.CREATED, 1000)
    assert forge.bodies() == [
        f"{MARKER}\n<!-- ssops-digest:{CHANGED.digest} -->\n\nthe plan {CHANGED.digest}\n",
    ]


def test_comment_when_the_plan_changed_then_it_is_updated_in_place(forge: Forge) -> None:
    forge.add("looks good to me", PERSON)
    publish(forge, CHANGED)

    done = publish(forge, OTHER)

    assert done == Published(Done.UPDATED, 1001)
    assert len(forge.comments) == 2
    assert OTHER.digest in forge.bodies()[1]
    assert CHANGED.digest not in forge.bodies()[1]


def test_comment_when_the_plan_is_the_same_then_nothing_is_written(forge: Forge) -> None:
    publish(forge, CHANGED)
    forge.comments[0]["body"] = forge.bodies()[0].replace("\n", "\r\n").strip()  # as platforms keep it
    forge.seen.clear()

    done = publish(forge, CHANGED)

    assert done == Published(Done.UNCHANGED, 1000)
    assert forge.calls("POST", "PATCH", "PUT") == []


def test_comment_when_the_plan_is_empty_and_there_is_none_then_none_is_made(forge: Forge) -> None:
    assert publish(forge, EMPTY) == Published(Done.NONE)
    assert forge.comments == []


def test_comment_when_the_plan_became_empty_then_it_says_so(forge: Forge) -> None:
    publish(forge, CHANGED)

    done = publish(forge, EMPTY)

    emptied = "**This request no longer changes anything in SpeechSense.** An earlier version of it did."
    assert done == Published(Done.UPDATED, 1000)
    assert forge.bodies() == [
        f"{MARKER}\n<!-- ssops-digest:{EMPTY.digest} -->\n\n{emptied}\n\nthe plan {EMPTY.digest}\n",
    ]


def test_comment_when_it_stands_on_a_later_page_then_pages_are_followed(forge: Forge) -> None:
    forge.page = 3
    for number in range(10):
        forge.add(f"talk {number}", PERSON)
    forge.add(f"{MARKER}\nold", myself(forge))

    done = publish(forge, CHANGED)

    assert done == Published(Done.UPDATED, 1010)
    assert len(forge.calls("GET")) == 1 + 4
    assert len(forge.comments) == 11


def test_comment_when_there_are_two_then_the_oldest_is_kept_and_the_other_points_to_it(forge: Forge) -> None:
    for text in ("first", "second", "third"):
        forge.add(f"{MARKER}\n{text}", myself(forge))
    forge.comments.reverse()

    done = publish(forge, CHANGED)
    again = publish(forge, CHANGED)

    texts = {one["id"]: one["body"] for one in forge.comments}
    assert done == Published(Done.UPDATED, 1000, superseded=2)
    assert again == Published(Done.UNCHANGED, 1000)
    assert CHANGED.digest in texts[1000]
    assert {texts[1001], texts[1002]} == {
        f"{MARKER}\n\n_Superseded: the plan is in the first comment of ssops on this page._\n"
    }


def test_comment_when_somebody_else_copied_the_marker_then_theirs_is_left_alone(forge: Forge) -> None:
    theirs = f"{MARKER}\nall is well, merge it"
    forge.add(theirs, PERSON)

    done = publish(forge, CHANGED)

    assert done == Published(Done.CREATED, 1001, foreign=1)
    assert forge.bodies()[0] == theirs


def test_comment_when_the_marker_is_only_quoted_then_it_is_not_the_comment(forge: Forge) -> None:
    forge.add(f"see:\n{MARKER}\n", myself(forge))
    forge.add("<!-- ssops-plan:bpf2 -->\nanother plan", myself(forge))

    assert publish(forge, CHANGED) == Published(Done.CREATED, 1002)


def test_comment_when_the_token_is_of_a_person_then_their_comment_is_known(hub: GitHub) -> None:
    hub.users[CANARY] = PERSON
    hub.add(f"{MARKER}\nby the workflow", BOT)

    first, second = publish(hub, CHANGED), publish(hub, OTHER)

    assert first == Published(Done.CREATED, 1001, foreign=1)
    assert second == Published(Done.UPDATED, 1001, foreign=1)


def test_comment_when_its_author_is_gone_then_it_is_somebody_elses(hub: GitHub) -> None:
    hub.comments.append({"id": 1, "body": f"{MARKER}\nold", "user": None})

    assert publish(hub, CHANGED) == Published(Done.CREATED, 1001, foreign=1)


def test_comment_when_gitlab_wrote_it_itself_then_it_is_not_ours(lab: GitLab) -> None:
    lab.add(f"{MARKER}\nchanged the description", ROBOT, system=True)

    assert publish(lab, CHANGED) == Published(Done.CREATED, 1001, foreign=1)


def test_comment_when_two_keys_are_used_then_there_are_two_comments(forge: Forge) -> None:
    publish(forge, CHANGED, key="bpf")

    assert publish(forge, OTHER, key="bpf.test") == Published(Done.CREATED, 1001)
    assert publish(forge, OTHER, key="bpf") == Published(Done.UPDATED, 1000)


def test_comment_when_a_line_looks_like_a_command_then_gitlab_carries_out_nothing(forge: Forge) -> None:
    publish(forge, CHANGED, body=lambda budget: "/merge\n  /approve\n> /close\na/b /c\n")

    assert forge.bodies()[0].endswith("\n\n&#47;merge\n  &#47;approve\n> &#47;close\na/b /c\n")


def test_comment_when_commands_make_it_longer_then_it_still_fits(forge: Forge) -> None:
    publish(forge, CHANGED, body=lambda budget: ("/merge\n" * LONGEST)[:budget])

    assert len(forge.bodies()[0]) <= LONGEST


@pytest.mark.parametrize(
    ("organization", "key"),
    [
        ("bpfexample0000000001", "bpfexample0000000001"),
        ("a--b", "90827a2e56361a8f"),
        ("x --> @all", "c1ca6ec676e3cd51"),
    ],
)
def test_key_when_the_organization_would_end_the_hidden_line_then_it_is_a_digest(organization: str, key: str) -> None:
    assert comment.key_of(plan(ALL, organization=organization)) == key


def test_limit_when_retry_after_is_given_then_it_is_waited_for_and_said(forge: Forge) -> None:
    clock = Clock()
    forge.plan_answers(Answer(429, {"message": "Too Many Requests"}, {"Retry-After": "7"}), method="POST")

    done = publish(forge, CHANGED, clock)

    assert done.done is Done.CREATED
    assert clock.slept_s == [7.0]
    assert "asks to call less often; going on in 7 s" in clock.told[0]
    assert len(forge.comments) == 1


def test_limit_when_retry_after_is_a_date_then_it_is_waited_for(forge: Forge) -> None:
    clock = Clock()
    when = formatdate(clock.now_s + 20, usegmt=True)
    forge.plan_answers(Answer(429, None, {"Retry-After": when}))

    publish(forge, CHANGED, clock)

    assert clock.slept_s == [20.0]


@pytest.mark.parametrize(
    ("headers", "body", "wait_s"),
    [
        ({"Retry-After": "30"}, {"message": "You have exceeded a secondary rate limit"}, 30.0),
        (
            {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1700000045"},
            {"message": "API rate limit exceeded"},
            45.0,
        ),
        ({"X-RateLimit-Remaining": "0"}, {"message": "API rate limit exceeded"}, 60.0),
        ({}, {"documentation_url": "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api"}, 60.0),
        ({"Retry-After": "soon"}, {}, 60.0),
    ],
    ids=["secondary", "primary", "no reset", "by its page", "nonsense"],
)
def test_limit_when_github_answers_403_then_it_is_no_missing_right(
    headers: dict[str, str], body: dict[str, str], wait_s: float, hub: GitHub
) -> None:
    clock = Clock()
    hub.plan_answers(Answer(403, body, headers))

    assert publish(hub, CHANGED, clock).done is Done.CREATED
    assert clock.slept_s == [wait_s]


@pytest.mark.parametrize("status", [403, 429])
def test_limit_when_it_lasts_longer_than_a_run_waits_then_1_at_once(status: int, forge: Forge) -> None:
    clock = Clock()
    forge.plan_answers(Answer(status, {"message": "slow down"}, {"Retry-After": "3600"}))

    fault = fails(forge, clock)

    assert (type(fault), fault.exit, fault.reason) == (ProviderFault, Exit.ERROR, "rate_limited")
    assert "slow down" in told(fault)
    assert clock.slept_s == []


def test_limit_when_it_never_ends_then_the_run_does(forge: Forge) -> None:
    clock = Clock()
    forge.plan_answers(*[Answer(429, None, {"Retry-After": "50"})] * 20)

    assert fails(forge, clock).reason == "rate_limited"
    assert sum(clock.slept_s) <= http.WAIT_S


def test_limit_when_it_asks_for_no_time_then_tries_are_counted(forge: Forge) -> None:
    forge.plan_answers(*[Answer(429, None, {"Retry-After": "0"})] * 20)

    assert fails(forge).reason == "rate_limited"
    assert len(forge.seen) == http.TRIES


def test_service_when_it_is_out_of_order_for_a_moment_then_reading_and_updating_go_on(forge: Forge) -> None:
    clock = Clock()
    publish(forge, CHANGED)
    forge.plan_answers(Answer(502, b"<html>Bad Gateway</html>"), Answer(200, b"", drop=True))
    forge.plan_answers(Answer(500), method="PATCH" if isinstance(forge, GitHub) else "PUT")

    done = publish(forge, OTHER, clock)

    assert done == Published(Done.UPDATED, 1000)
    assert clock.slept_s == [1.0, 2.0, 1.0]


@pytest.mark.parametrize("status", [500, 502, 503])
def test_service_when_it_stays_out_of_order_then_1(status: int, forge: Forge) -> None:
    forge.plan_answers(*[Answer(status, b"<html>")] * 20)

    fault = fails(forge)

    assert (fault.exit, fault.reason) == (Exit.ERROR, "service_error")
    assert f"is out of order: {status}" in told(fault)


def test_service_when_creating_gets_no_answer_then_it_is_not_done_twice(forge: Forge) -> None:
    forge.plan_answers(Answer(502), method="POST")

    fault = fails(forge)

    assert fault.reason == "service_error"
    assert len(forge.calls("POST")) == 1


def test_service_when_the_comment_was_written_all_the_same_then_the_next_run_finds_it(forge: Forge) -> None:
    text = f"{MARKER}\nwritten"
    forge.plan_answers(Answer(200, drop=True, after=lambda: void(forge.add(text, myself(forge)))), method="POST")

    assert fails(forge).reason == "network"
    assert publish(forge, CHANGED) == Published(Done.UPDATED, 1000)


def void(_: object) -> None:
    """Drop a value."""


def test_service_when_it_is_not_there_then_1_and_where_it_was_looked_for(forge: Forge) -> None:
    closed = type(forge)({})
    with serving(closed):
        pass

    fault = fails(closed)

    assert (fault.exit, fault.reason) == (Exit.ERROR, "network")
    assert "cannot be reached at '127.0.0.1'" in told(fault)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, b"<html>sign in</html>"),
        Answer(200, {"message": "hello"}),
        Answer(200, [{"id": "x"}]),
        Answer(200, [None]),
        Answer(200, b"\xff\xfe[]"),
        Answer(204, b""),
    ],
    ids=["html", "no list", "no comment", "null", "bytes", "nothing"],
)
def test_service_when_it_is_something_else_then_1_and_the_address(answer: Answer, forge: Forge) -> None:
    user = Answer(200, myself(forge))
    forge.plan_answers(user, answer)

    fault = fails(forge)

    assert (fault.exit, fault.reason) == (Exit.ERROR, "unexpected_answer")
    assert forge.url in told(fault)


def test_pages_when_they_never_end_then_1(forge: Forge) -> None:
    path = type(forge).LIST  # type: ignore[attr-defined]
    loop = Answer(200, [], {"Link": f'<{forge.url}{path}?page=2>; rel="next"'})
    forge.plan_answers(Answer(200, myself(forge)), *[loop] * 200)

    assert fails(forge).reason == "too_many_comments"
    assert len(forge.seen) == 1 + http.PAGES


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_redirect_when_it_stays_on_the_host_then_the_same_call_is_made_there(
    method: str, status: int, hub: GitHub
) -> None:
    hub.plan_answers(Answer(status, None, {"Location": f"{hub.url}{GitHub.LIST}?moved=1"}), method=method)
    if method == "GET":
        hub.answers.appendleft(("GET", Answer(403)))  # who am I

    assert publish(hub, CHANGED).done is Done.CREATED
    assert [seen.method for seen in hub.seen if "moved" in seen.path] == [method]


@pytest.mark.parametrize("where", ["header", "pages"])
def test_redirect_when_it_leads_to_another_host_then_the_token_does_not_go_there(where: str, forge: Forge) -> None:
    with serving(elsewhere := GitHub({CANARY: BOT})):
        other = f"{elsewhere.url}/steal"
        away = (
            Answer(302, None, {"Location": other})
            if where == "header"
            else Answer(200, [], {"Link": f"<{other}>; rel=next"})
        )
        forge.plan_answers(Answer(200, myself(forge)), away)

        fault = fails(forge)

    assert (fault.exit, fault.reason) == (Exit.ERROR, "redirected")
    assert elsewhere.seen == []


@pytest.mark.parametrize("place", ["http://[", "//evil.example/x", "https://127.0.0.1/x", "http://u:p@127.0.0.1/"])
def test_redirect_when_its_address_is_odd_then_refused(place: str, hub: GitHub) -> None:
    hub.plan_answers(Answer(307, None, {"Location": place}))

    assert fails(hub).reason in ("redirected", "unexpected_answer")


def test_redirect_when_it_leads_in_a_circle_then_1(hub: GitHub) -> None:
    hub.plan_answers(*[Answer(307, None, {"Location": "/user"})] * 50)

    assert fails(hub).reason == "redirected"
    assert len(hub.seen) == 1 + http.REDIRECTS


@pytest.mark.parametrize(
    ("status", "kind", "code", "reason"),
    [
        (401, NotAuthorized, 5, "token_refused"),
        (403, NotAuthorized, 5, "forbidden"),
        (404, UsageFault, 64, "not_found"),
        (410, ProviderFault, 1, "service_refused"),
        (422, ProviderFault, 1, "service_refused"),
    ],
)
def test_refusal_when_writing_then_its_exit_code_and_what_the_platform_says(
    status: int, kind: type[SsopsError], code: int, reason: str, forge: Forge
) -> None:
    forge.plan_answers(Answer(status, {"message": f"because of\n {CANARY}\x1b[2J"}), method="POST")

    fault = fails(forge)

    assert (type(fault), int(fault.exit), fault.reason) == (kind, code, reason)
    assert "\n" not in say(fault.message)
    assert len(forge.calls("POST")) == 1


def test_refusal_when_a_fork_has_a_read_only_token_then_the_message_says_so(hub: GitHub) -> None:
    hub.plan_answers(Answer(403, {"message": "Resource not accessible by integration"}), method="POST")

    said = told(fails(hub))

    assert "does not let the token in GITHUB_TOKEN comment on acme/speech#12" in said
    assert "from a fork" in said


def test_refusal_when_the_token_is_of_a_job_then_the_message_says_what_to_set(lab: GitLab) -> None:
    variables = environment(lab)
    variables["CI_JOB_TOKEN"] = variables.pop("GITLAB_TOKEN")
    at = gitlab.find(variables, None, None)
    lab.plan_answers(Answer(403, {"message": "403 Forbidden"}), method="POST")

    with http.Client(at, gitlab.headers(at), Clock().patience()) as client, pytest.raises(NotAuthorized) as caught:
        comment.publish(gitlab.GitLab(at, client, "7"), CHANGED, markdown(CHANGED), key="a")

    assert "set GITLAB_TOKEN" in told(caught.value)
    assert {"JOB-TOKEN", "PRIVATE-TOKEN"} & set(lab.seen[0].headers) == {"JOB-TOKEN"}


def test_job_token_when_it_may_comment_then_notes_of_its_user_are_known(lab: GitLab) -> None:
    variables = environment(lab)
    variables["CI_JOB_TOKEN"] = variables.pop("GITLAB_TOKEN")
    lab.add(f"{MARKER}\nold", ROBOT)
    at = gitlab.find(variables, None, None)

    with http.Client(at, gitlab.headers(at), Clock().patience()) as client:
        done = comment.publish(gitlab.GitLab(at, client, "7"), CHANGED, markdown(CHANGED), key="bpf")

    assert done == Published(Done.UPDATED, 1000)


@pytest.mark.parametrize("missing", ["CI_API_V4_URL", "GITLAB_USER_ID"])
def test_job_token_when_not_in_a_job_then_it_is_not_sent(missing: str) -> None:
    variables = {"CI_API_V4_URL": "https://gitlab.example/api/v4", "GITLAB_USER_ID": "7", "CI_JOB_TOKEN": CANARY}
    variables.pop(missing)

    with pytest.raises(NotAuthorized) as caught:
        gitlab.find(variables, "acme/speech", 12)

    assert caught.value.reason == "token_missing"


def test_token_when_its_target_is_shown_then_it_is_hidden() -> None:
    at = github.find({"GITHUB_TOKEN": CANARY}, "acme/speech", 12)

    assert CANARY not in repr(at)
    assert (at.api, at.where) == ("https://api.github.com", "acme/speech#12")


@pytest.mark.parametrize("secret", ["a b", "a\nb", "ключ", "a\x00"])
def test_token_when_it_cannot_be_one_then_64_without_showing_it(secret: str) -> None:
    with pytest.raises(UsageFault) as caught:
        github.find({"GITHUB_TOKEN": secret}, "acme/speech", 12)

    assert secret not in told(caught.value)
    assert "GITHUB_TOKEN" in told(caught.value)


def test_token_when_a_line_break_follows_it_then_it_is_cut() -> None:
    assert github.find({"GITHUB_TOKEN": f"{CANARY}\n"}, "acme/speech", 12).token.secret == CANARY


@pytest.mark.parametrize(
    "address",
    [
        "http://api.github.com",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        f"https://user:{CANARY}@api.github.com",
        "https://api.github.com?x=1",
        "https://api.github.com#x",
        "ftp://api.github.com",
        "file:///etc/passwd",
        "https://",
        "https://[",
        "https://a:99999999",
        "api.github.com",
        "http://10.0.0.1",
    ],
)
@pytest.mark.parametrize("platform", ["github", "gitlab"])
def test_address_when_a_token_may_not_go_there_then_64(platform: str, address: str) -> None:
    with pytest.raises(UsageFault) as caught:
        if platform == "github":
            github.find({"GITHUB_TOKEN": CANARY, "GITHUB_API_URL": address}, "acme/speech", 12)
        else:
            gitlab.find({"GITLAB_TOKEN": CANARY, "CI_API_V4_URL": address}, "acme/speech", 12)

    assert CANARY not in told(caught.value)


@pytest.mark.parametrize(
    "address", ["https://ghe.example/api/v3/", "http://127.0.0.1:8080", "http://[::1]:80", "http://localhost"]
)
def test_address_when_it_is_safe_then_it_is_taken(address: str) -> None:
    assert target.address({"A": address}, "A", "") == address.rstrip("/")


@pytest.mark.parametrize(
    "project", ["", "acme", "acme/", "/speech", "acme/..", "acme/.", "a/b/c", "acme/sp eech", "a/b?c", "a/b#1", "../x"]
)
def test_repository_when_it_is_none_then_64(project: str) -> None:
    with pytest.raises(UsageFault):
        github.find({"GITHUB_TOKEN": CANARY}, project, 12)


@pytest.mark.parametrize(
    "project", ["", "acme", "acme/", "/speech", "acme/..", "acme/sp eech", "a/b?c", "a/b#1", "../x", "0"]
)
def test_project_when_it_is_none_then_64(project: str) -> None:
    with pytest.raises(UsageFault):
        gitlab.find({"GITLAB_TOKEN": CANARY}, project, 12)


def test_project_when_it_is_nested_then_its_path_is_encoded(lab: GitLab) -> None:
    variables = environment(lab)
    at = gitlab.find(variables, "acme/east/speech", 3)

    with http.Client(at, gitlab.headers(at), Clock().patience()) as client, pytest.raises(UsageFault):
        list(gitlab.GitLab(at, client).comments())

    assert lab.calls()[-1] == "GET /api/v4/projects/acme%2Feast%2Fspeech/merge_requests/3/notes"


def test_number_when_only_the_event_has_it_then_it_is_read(tmp_path: Path) -> None:
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 34}}))
    variables = {"GITHUB_TOKEN": CANARY, "GITHUB_REF": "refs/heads/main", "GITHUB_EVENT_PATH": str(event)}

    assert github.find(variables, "acme/speech", None).number == 34
    assert github.find(variables, "acme/speech", 5).number == 5


@pytest.mark.parametrize("event", ["{", "[]", '{"pull_request": null}', '{"pull_request": {"number": "x"}}', "nowhere"])
def test_number_when_the_event_has_none_then_64(event: str, tmp_path: Path) -> None:
    path = tmp_path / "event.json"
    if event != "nowhere":
        path.write_text(event)

    with pytest.raises(UsageFault) as caught:
        github.find({"GITHUB_TOKEN": CANARY, "GITHUB_EVENT_PATH": str(path)}, "acme/speech", None)

    assert "--pr NUMBER" in told(caught.value)


def test_command_when_run_in_ci_then_the_comment_holds_the_whole_plan(
    forge: Forge, command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    code = command(CHANGED, environment(forge))

    out, err = capsys.readouterr()
    where = "acme/speech#12" if isinstance(forge, GitHub) else "acme/speech!12"
    assert (code, err) == (0, "")
    assert out == f"comment created on {where} ({CHANGED.digest})\n"
    (body,) = forge.bodies()
    assert body.startswith(MARKER)
    assert body.count(CHANGED.digest) >= 2
    assert all(str(address) in body for address in ALL)


def test_command_when_the_format_is_json_then_one_document(
    forge: Forge, command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    forge.add(f"{MARKER}\nmine", PERSON)
    forge.add(f"{MARKER}\nold", myself(forge))
    forge.add(f"{MARKER}\ndouble", myself(forge))

    code = command(CHANGED, environment(forge), "--format", "json")

    out, err = capsys.readouterr()
    found = json.loads(out)
    assert code == 0
    assert found.pop("where").startswith("acme/speech")
    assert found == {"comment": "updated", "digest": CHANGED.digest, "id": 1001, "superseded": 1}
    assert err == "1 comment with the same hidden line is of somebody else and was left alone\n"


def test_command_when_the_plan_is_larger_than_a_comment_then_it_is_cut_to_fit(
    forge: Forge, command: Callable[..., int]
) -> None:
    assert command(HUGE, environment(forge)) == 0
    assert LONGEST - 5_000 < len(forge.bodies()[0]) <= LONGEST


def test_command_when_flags_name_the_request_then_they_win(forge: Forge, command: Callable[..., int]) -> None:
    variables = environment(forge)
    is_hub = isinstance(forge, GitHub)
    variables |= (
        {"GITHUB_REPOSITORY": "x/y", "GITHUB_REF": "refs/heads/main", "GITHUB_ACTIONS": ""}
        if is_hub
        else {"CI_MERGE_REQUEST_PROJECT_ID": "4", "CI_MERGE_REQUEST_IID": "1", "GITLAB_CI": ""}
    )
    flags = ["--repo", "acme/speech", "--pr", "12"] if is_hub else ["--project", "acme/speech", "--mr", "12"]

    assert command(CHANGED, variables, *flags) == 0
    assert len(forge.comments) == 1


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([], "neither GitHub Actions nor GitLab CI"),
        (["--pr", "1", "--mr", "1"], "--mr does not go with GitHub"),
        (["--platform", "gitlab", "--repo", "a/b", "--pr", "1"], "--repo, --pr does not go with GitLab"),
        (["--pr", "0"], "--pr"),
        (["--platform", "gitea"], "--platform"),
        (["--key", "a--b"], "'a--b' is not a key"),
        (["--key", "x -->"], "is not a key"),
        (["--repo", "a/b"], "does not belong to a pull request"),
        (["--project", "a/b"], "does not belong to a merge request"),
        (["--platform", "github", "--pr", "1"], "is not a GitHub repository"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_command_when_the_request_is_not_known_then_64(
    arguments: list[str], part: str, command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(CHANGED, {"GITHUB_TOKEN": CANARY, "GITLAB_TOKEN": CANARY}, *arguments) == 64
    assert part in capsys.readouterr().err


@pytest.mark.parametrize(
    "flags", [["--repo", "a/b", "--pr", "1"], ["--project", "a/b", "--mr", "1"]], ids=["hub", "lab"]
)
def test_command_when_there_is_no_token_then_5(
    flags: list[str], command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(CHANGED, {}, *flags, "--format", "json") == 5

    out, err = capsys.readouterr()
    assert json.loads(out)["error"]["reason"] == "token_missing"
    assert "_TOKEN" in err
    assert "${{{{" not in err


def test_command_when_the_plan_was_edited_or_is_missing_then_no_call(forge: Forge, command: Callable[..., int]) -> None:
    command(EMPTY, environment(forge))
    forge.seen.clear()
    Path("plan.json").write_text(file.dumps(CHANGED).replace("Sales", "Seals"), encoding="utf-8")

    assert boundary.run(["ci", "comment", "plan.json"]) == 6
    assert boundary.run(["ci", "comment", "nowhere.json"]) == 1
    assert forge.seen == []


@pytest.mark.parametrize(
    "answer",
    [
        None,
        Answer(401, {"message": f"bad {CANARY}"}),
        Answer(403, {"message": f"no {CANARY}", "error": CANARY}),
        Answer(404, {"message": CANARY}),
        Answer(422, {"message": {"token": CANARY}}),
        Answer(302, None, {"Location": f"https://evil.example/{CANARY}"}),
        Answer(302, None, {"Location": f"https://{CANARY}.example/"}),
        Answer(200, b"not json"),
        Answer(500, b"", {"Retry-After": "3600"}),
        Answer(429, {"message": CANARY}, {"Retry-After": "3600"}),
    ],
    ids=lambda answer: f"{answer.status}" if answer else "none",
)
def test_token_when_anything_happens_then_it_is_printed_nowhere(
    answer: Answer | None,
    forge: Forge,
    command: Callable[..., int],
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    if answer is not None:
        forge.plan_answers(answer, answer, method="POST")
    variables = {**environment(forge), "SSOPS_DEBUG": "1"}

    command(CHANGED, variables, "--verbose")
    command(CHANGED, variables, "--format", "json", "--report", "text=report.txt")

    shown = "".join(capfd.readouterr())
    assert "Traceback" not in shown
    assert CANARY not in shown + "".join(forge.bodies())
    assert [path for path in tmp_path.rglob("*") if path.is_file() and CANARY in path.read_text()] == []
    assert shown
    assert len(forge.seen) >= 4


def test_extra_when_it_is_not_installed_then_64_and_the_command_that_installs_it(forge: Forge, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(file.dumps(CHANGED), encoding="utf-8")
    code = (
        "import sys; sys.modules['httpx'] = None\n"
        "from ssops.cli import boundary\n"
        "sys.exit(boundary.run(['ci', 'comment', 'plan.json']))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], **environment(forge)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 64
    assert "pip install 'ssops[ci]'" in done.stderr
    assert forge.seen == []


def test_extra_when_another_command_runs_then_it_is_not_imported(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from ssops.cli import boundary\n"
        "boundary.run(['init', '--quiet', '.']); boundary.run(['plan']); boundary.run(['ci', 'comment', '--help'])\n"
        "sys.exit('httpx' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, timeout=60, check=False)

    assert done.returncode == 0


def test_proxy_when_the_platform_is_on_this_machine_then_none_is_asked(
    hub: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")

    assert publish(hub, CHANGED).done is Done.CREATED


def test_plans_when_compared_then_they_differ() -> None:
    assert len({CHANGED.digest, OTHER.digest, EMPTY.digest, HUGE.digest}) == 4
