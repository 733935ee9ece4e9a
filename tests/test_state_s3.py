"""State in a bucket, on a scripted server: what is sent where, what is tried again, what a bad store comes to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import s3_scripted as scripted
from s3_scripted import KEY, TOKEN, Drop, Lie, Raw, Say, Server, Stall, opened

from ssops.errors import StateFault
from ssops.messages import say
from ssops.state import recorded, s3
from ssops.state.base import StaleWrite, StateStore
from ssops.state.s3 import credentials, endpoint, exchange
from ssops.state.s3.bucket import Bucket
from ssops.state.s3.client import Client, Patience
from ssops.state.s3.faults import Place
from ssops.state.space import SpaceState

TOKEN_SET = {credentials.TOKEN: TOKEN}
YANDEX, OTHER = "https://storage.yandexcloud.net", "https://s3.example.com"


@pytest.fixture
def server() -> Iterator[Server]:
    with scripted.serving() as running:
        yield running


@pytest.fixture
def store(server: Server) -> Iterator[StateStore]:
    with opened(server) as found:
        yield found


def proven(server: Server, store: StateStore) -> None:
    """Let the store make its first write, so that a script is about what comes after."""
    store.put("warm", b"{}", None)
    server.seen.clear()


def refused(call: Callable[[], object]) -> StateFault:
    with pytest.raises(StateFault) as caught:
        call()
    return caught.value


def told(fault: StateFault) -> tuple[str, str]:
    return fault.reason, say(fault.message)


def whole(fault: BaseException) -> str:
    """Give everything that a fault could show anywhere: both languages, its hint, its causes."""
    parts = [repr(fault), str(fault)]
    if isinstance(fault, StateFault):
        said = [fault.message, *filter(None, [fault.hint])]
        parts += [say(each, language) for each in said for language in ("en", "ru")]
    for cause in (fault.__cause__, fault.__context__):
        parts += [whole(cause)] if cause is not None else []
    return "\n".join(parts)


# What opens a store


@pytest.mark.parametrize(
    ("auth", "url", "environ", "expected"),
    [
        pytest.param(None, YANDEX, TOKEN_SET, "iam", id="token"),
        pytest.param(None, YANDEX, KEY, "static", id="key"),
        pytest.param(None, YANDEX, TOKEN_SET | KEY, "iam", id="both-yandex"),
        pytest.param(None, "https://storage.yandexcloud.kz", TOKEN_SET | KEY, "iam", id="both-kazakhstan"),
        pytest.param(None, OTHER, TOKEN_SET | KEY, "static", id="both-elsewhere"),
        pytest.param(None, "http://127.0.0.1:9", TOKEN_SET | KEY, "static", id="both-here"),
        pytest.param(None, "http://localhost:9", TOKEN_SET, "iam", id="token-here"),
        pytest.param("static", YANDEX, TOKEN_SET | KEY, "static", id="named-static"),
        pytest.param("iam", YANDEX, {credentials.TOKEN: f" {TOKEN}\n", **KEY}, "iam", id="named-iam"),
    ],
)
def test_choose_when_credentials_are_there_then_one_kind_opens_the_store(
    auth: str | None, url: str, environ: Mapping[str, str], expected: str
) -> None:
    found = credentials.choose(auth, endpoint.read(url, {}), "ru-central1", environ)

    assert found.auth == expected
    key = credentials.Key(KEY[credentials.KEY_ID], KEY[credentials.SECRET], KEY[credentials.SESSION], "ru-central1")
    assert found in (credentials.Bearer(TOKEN), key)
    assert [secret for secret in (TOKEN, *KEY.values()) if secret in repr(found)] == []


@pytest.mark.parametrize(
    ("auth", "url", "environ", "expected"),
    [
        pytest.param(
            None,
            YANDEX,
            {credentials.TOKEN: "", credentials.KEY_ID: ""},
            "the environment holds no credentials for the state store at 'storage.yandexcloud.net'",
            id="none",
        ),
        pytest.param(
            None,
            OTHER,
            TOKEN_SET,
            "the environment holds no credentials for the state store at 's3.example.com'",
            id="only-a-token-elsewhere",
        ),
        pytest.param(
            "iam", YANDEX, KEY, "YC_TOKEN is not set, and 'auth: iam' of the state store needs it", id="iam-without"
        ),
        pytest.param(
            None,
            OTHER,
            {credentials.KEY_ID: "AKIDCANARY"},
            "AWS_SECRET_ACCESS_KEY is not set, and 'auth: static' of the state store needs it",
            id="half-a-key",
        ),
        pytest.param(
            "iam",
            YANDEX,
            {credentials.TOKEN: f"{TOKEN}\r\nX-Evil: 1"},
            "the value of YC_TOKEN cannot be a credential: it has spaces or unusual characters",
            id="two-lines",
        ),
        pytest.param(
            "iam",
            OTHER,
            TOKEN_SET,
            "the IAM token in YC_TOKEN is not sent to 's3.example.com': "
            "it opens all of Yandex Cloud, not only a bucket",
            id="token-elsewhere",
        ),
        pytest.param(
            "iam",
            "https://evil.apigw.yandexcloud.net",
            TOKEN_SET,
            "the IAM token in YC_TOKEN is not sent to 'evil.apigw.yandexcloud.net': "
            "it opens all of Yandex Cloud, not only a bucket",
            id="anybodys-host-at-yandex",
        ),
    ],
)
def test_open_when_credentials_are_missing_or_misplaced_then_it_says_which(
    auth: str | None, url: str, environ: Mapping[str, str], expected: str
) -> None:
    section = {"bucket": "b", "endpoint": url} | ({"auth": auth} if auth else {})

    fault = refused(lambda: s3.open(section, environ))

    assert told(fault) == ("state_credentials", expected)
    assert fault.hint is not None
    assert TOKEN not in whole(fault)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://s3.example.com", "nothing is sent to 's3.example.com' without TLS: anybody on the way could read it"),
        ("http://10.0.0.1:8333", "nothing is sent to '10.0.0.1' without TLS: anybody on the way could read it"),
        ("ftp://s3.example.com", "'ftp://s3.example.com' is not the address of a state store"),
        ("s3.example.com", "'s3.example.com' is not the address of a state store"),
        ("https://s3.example.com/path", "'https://s3.example.com/path' is not the address of a state store"),
        ("https://s3.example.com:99999", "'https://s3.example.com:99999' is not the address of a state store"),
        ("https://me:secret@s3.example.com", "'s3.example.com' is not the address of a state store"),
    ],
)
def test_open_when_the_endpoint_is_no_safe_address_then_nothing_is_sent(url: str, expected: str) -> None:
    fault = refused(lambda: s3.open({"bucket": "b", "endpoint": url}, TOKEN_SET | KEY))

    assert told(fault) == ("state_endpoint", expected)


@pytest.mark.parametrize(
    ("url", "environ", "expected"),
    [
        pytest.param(OTHER, {}, None, id="none"),
        pytest.param(OTHER, {"HTTPS_PROXY": "http://proxy:3128"}, ("proxy", 3128, {}), id="upper"),
        pytest.param(
            OTHER, {"https_proxy": "proxy", "HTTPS_PROXY": "http://no:1"}, ("proxy", 80, {}), id="lower-first"
        ),
        pytest.param(
            OTHER,
            {"HTTPS_PROXY": "http://me:p%40ss@proxy:3128"},
            ("proxy", 3128, {"Proxy-Authorization": "Basic bWU6cEBzcw=="}),
            id="with-password",
        ),
        pytest.param(OTHER, {"HTTPS_PROXY": "http://proxy:1", "NO_PROXY": "x, .example.com"}, None, id="no-proxy"),
        pytest.param(OTHER, {"HTTPS_PROXY": "http://proxy:1", "NO_PROXY": "ample.com"}, ("proxy", 1, {}), id="not-it"),
        pytest.param(OTHER, {"HTTPS_PROXY": "http://proxy:1", "no_proxy": "*"}, None, id="never"),
        pytest.param("http://127.0.0.1:1", {"HTTP_PROXY": "http://p:1", "HTTPS_PROXY": "http://p:1"}, None, id="here"),
        pytest.param("https://localhost:1", {"HTTPS_PROXY": "http://proxy:1"}, None, id="here-with-tls"),
    ],
)
def test_read_when_there_is_a_proxy_then_it_counts_for_tls_to_other_machines(
    url: str, environ: Mapping[str, str], expected: tuple[str, int, dict[str, str]] | None
) -> None:
    proxy = endpoint.read(url, environ).proxy

    assert (None if proxy is None else (proxy.host, proxy.port, proxy.headers)) == expected
    assert "bWU6" not in repr(proxy)


def test_read_when_the_proxy_cannot_be_used_then_its_password_is_not_shown() -> None:
    fault = refused(lambda: endpoint.read(OTHER, {"HTTPS_PROXY": "socks5://me:hidden@proxy:1"}))

    assert told(fault) == ("state_endpoint", "the proxy in HTTPS_PROXY cannot be used")
    assert "hidden" not in whole(fault)


# What is sent


def test_requests_when_there_is_a_token_then_it_is_sent_and_nothing_is_signed(
    server: Server, store: StateStore
) -> None:
    store.put("sales", b"{}", None)
    store.names("lock")

    assert {request.headers["authorization"] for request in server.seen} == {f"Bearer {TOKEN}"}
    assert server.objects == {"/ssops-state/team/sales.json": b"{}"}
    assert server.seen[-1].query["prefix"] == "team/lock/"


def test_requests_when_there_is_a_key_then_the_secret_stays(server: Server) -> None:
    with opened(server, auth="static") as store:
        store.put("sales", b"{}", None)

    sent = str([request.headers for request in server.seen])
    assert KEY[credentials.SECRET] not in sent
    assert {request.headers["x-amz-security-token"] for request in server.seen} == {KEY[credentials.SESSION]}
    assert all(
        "SignedHeaders=content-md5;content-type;host;if-" in request.headers["authorization"]
        for request in server.seen
        if request.method == "PUT"
    )


def test_put_when_the_bucket_wants_a_checksum_then_it_has_one(server: Server, store: StateStore) -> None:
    store.put("sales", b"hello", None)

    assert server.seen[-1].headers["content-md5"] == "XUFAKrxLKna5cZ2REBfFkg=="


def test_connection_when_used_again_then_it_is_the_same_one(server: Server, store: StateStore) -> None:
    for number in range(5):
        store.put(f"s{number}", b"{}", None)

    assert server.connections == 1


def test_connection_when_the_store_let_it_go_then_nobody_waits(server: Server) -> None:
    pauses: list[float] = []

    with opened(server, Patience(sleep=pauses.append)) as store:
        store.names()
        server.script = [Drop(is_done=False)]  # at the moment of the next request, as far as anybody can tell
        store.names()
        server.script = [Raw(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")]  # and hangs up a moment later
        assert store.version("sales") is None
        time.sleep(0.05)
        store.names()

    assert (pauses, server.connections) == ([], 3)


def test_close_when_another_thread_is_asking_then_its_connection_is_not_kept(server: Server) -> None:
    with opened(server) as store:
        proven(server, store)
        server.script = [Stall(0.3)]
        asking = threading.Thread(target=store.get, args=("warm",))
        asking.start()
        time.sleep(0.1)
        store.close()
        asking.join()

        store.close()
        assert store.get("warm") is not None


def test_store_when_many_threads_use_it_then_each_gets_its_own_answers(server: Server) -> None:
    wrong: list[str] = []

    def use(store: StateStore, number: int) -> None:
        name, version = f"space-{number}", None
        for serial in range(20):
            data = b"%d %d" % (number, serial)
            version = store.put(name, data, version)
            if store.get(name) != (data, version) or store.version(name) != version:
                wrong.append(name)

    with opened(server) as store:
        threads = [threading.Thread(target=use, args=(store, number)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert (wrong, len(store.names())) == ([], 8)
    assert sum("/probe/" in request.path for request in server.seen) == 6  # one probe for all of them


# What is tried again


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_get_when_the_store_is_busy_for_a_moment_then_it_is_asked_again(
    server: Server, store: StateStore, status: int
) -> None:
    proven(server, store)
    server.script = [Say(status, "Busy"), Say(status)]

    assert store.get("warm") is not None
    assert server.methods() == ["GET"] * 3


def test_get_when_the_store_is_down_then_it_is_asked_six_times_with_growing_pauses(server: Server) -> None:
    pauses: list[float] = []
    server.always = Say(503, "InternalError", "try later")

    with opened(server, Patience(sleep=pauses.append, jitter=lambda most: most)) as store:
        first = refused(lambda: store.get("sales"))
        asked = len(server.seen)
        second = refused(lambda: store.get("sales"))
        server.always = None
        third = store.names()
        server.script = [Say(500)]
        fourth = store.names()

    host = server.endpoint.removeprefix("http://")
    assert told(first) == (
        "state_unreachable",
        f"the state store at '{host}' is out of order: status 503, InternalError: try later",
    )
    assert (asked, pauses[:5]) == (6, [0.5, 1, 2, 4, 8])
    assert (told(second), len(server.seen) - asked) == (told(first), 4)  # in vain once: nobody waits as long again
    assert (third, fourth) == ((), ())


@pytest.mark.parametrize("retry", ["7", "date"])
def test_get_when_the_store_says_how_long_to_wait_then_no_less(server: Server, retry: str) -> None:
    pauses: list[float] = []
    after = {"Retry-After": retry}
    if retry == "date":
        # By the store's clock, which is years ahead.
        server.ahead_s = 100_000_000
        stamp = datetime.now(UTC) + timedelta(seconds=server.ahead_s + 7)
        after = {"Retry-After": stamp.strftime("%a, %d %b %Y %H:%M:%S GMT")}
    server.script = [Say(429, "SlowDown", headers=after)]

    with opened(server, Patience(sleep=pauses.append)) as store:
        assert store.names() == ()

    assert len(pauses) == 1
    assert 6 <= pauses[0] <= 8


def test_get_when_it_would_wait_longer_than_anybody_likes_then_it_says_so_at_once(
    server: Server, store: StateStore
) -> None:
    server.always = Say(429, "SlowDown", headers={"Retry-After": "3600"})

    fault = refused(store.names)

    host = server.endpoint.removeprefix("http://")
    assert told(fault) == ("state_unreachable", f"'{host}' wants fewer requests for longer than ssops waits")
    assert len(server.seen) == 1


def test_get_when_the_retry_after_is_nonsense_then_it_is_not_heeded(server: Server, store: StateStore) -> None:
    server.script = [Say(503, headers={"Retry-After": "soon"}), Say(503, headers={"Retry-After": "-5"})]

    assert store.names() == ()


@pytest.mark.parametrize("is_done", [False, True], ids=["before", "after"])
def test_put_when_the_answer_is_lost_then_it_is_written_once(server: Server, store: StateStore, is_done: bool) -> None:
    version = store.put("sales", b"one", None)
    server.script = [Drop(is_done)] * 2  # the second one on a new connection

    if is_done:
        with pytest.raises(StaleWrite):  # as the protocol allows: whoever writes reads back
            store.put("sales", b"two", version)
    else:
        store.put("sales", b"two", version)

    assert (store.get("sales") or (b"", ""))[0] == b"two"


def test_save_when_the_answer_is_lost_then_the_state_is_recorded(server: Server, store: StateStore) -> None:
    proven(server, store)
    server.script = [None, Drop(is_done=True)]

    state, version = recorded.save(store, SpaceState("sales", "lineage"), None, iter(["a1b2c3"]).__next__)

    assert (state.serial, version) == (1, store.version("sales"))


def test_put_when_the_lost_answer_was_of_a_first_write_of_the_probe_then_it_goes_on(
    server: Server, store: StateStore
) -> None:
    server.script = [Drop(is_done=True), None, None, None, None, Drop(is_done=True)]

    store.put("sales", b"{}", None)

    assert set(server.objects) == {"/ssops-state/team/sales.json"}


def test_get_when_the_store_is_silent_then_it_ends_in_time(server: Server) -> None:
    server.always = Stall(0.5)
    began = time.monotonic()

    with opened(server, Patience(read_s=0.1, tries=3, base_s=0.01)) as store:
        fault = refused(lambda: store.get("sales"))

    host = server.endpoint.removeprefix("http://")
    assert told(fault) == (
        "state_unreachable",
        f"bucket 'ssops-state' at '{host}' cannot be reached: there was no answer in time",
    )
    assert time.monotonic() - began < 2


def test_get_when_an_answer_drips_then_it_ends_in_time(server: Server) -> None:
    def drip(at: Any) -> None:
        connection, _ = at.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _ in range(100):
                time.sleep(0.02)
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    import socket

    with socket.create_server(("127.0.0.1", 0)) as at:
        threading.Thread(target=drip, args=(at,), daemon=True).start()
        section = {"bucket": "b", "endpoint": f"http://127.0.0.1:{at.getsockname()[1]}"}
        store = s3.open(section, TOKEN_SET, Patience(read_s=1, tries=1, budget_s=0.2))
        fault = refused(lambda: store.get("sales"))

    assert say(fault.message).endswith("there was no answer in time")


def test_get_when_nobody_listens_then_it_says_so(server: Server, store: StateStore) -> None:
    server.shutdown()
    server.server_close()

    fault = refused(lambda: store.get("sales"))

    host = server.endpoint.removeprefix("http://")
    assert told(fault) == (
        "state_unreachable",
        f"bucket 'ssops-state' at '{host}' cannot be reached: Connection refused",
    )


@pytest.mark.parametrize("code", ["ConditionalRequestConflict", "OperationAborted"])
def test_put_when_it_meets_another_write_then_the_next_try_tells(server: Server, store: StateStore, code: str) -> None:
    proven(server, store)
    server.script = [Say(409, code)]
    version = store.put("sales", b"one", None)
    server.always = Say(409, code)

    with pytest.raises(StaleWrite):
        store.put("sales", b"two", version)


def test_put_when_the_conflict_is_of_another_kind_then_it_is_a_fault(server: Server, store: StateStore) -> None:
    proven(server, store)
    server.script = [Say(409, "InvalidBucketState", "no writes")]

    fault = refused(lambda: store.put("sales", b"{}", None))

    host = server.endpoint.removeprefix("http://")
    assert told(fault) == (
        "state_refused",
        f"'{host}' refused a request to bucket 'ssops-state': status 409, InvalidBucketState: no writes",
    )


@pytest.mark.parametrize("is_gone", [True, False])
def test_put_when_the_object_is_gone_then_stale_whatever_the_status(
    server: Server, store: StateStore, is_gone: bool
) -> None:
    version = store.put("sales", b"one", None)
    server.objects.pop("/ssops-state/team/sales.json")
    server.script = [Say(404, "NoSuchKey")] if is_gone else []

    with pytest.raises(StaleWrite):
        store.put("sales", b"two", version)


def test_signature_when_this_machines_clock_is_wrong_then_the_stores_counts(server: Server) -> None:
    server.skew_s = 900
    wrong = Patience(sleep=lambda _: None, clock=lambda: time.time() - 86_400)

    with opened(server, wrong, auth="static") as store:
        store.put("sales", b"{}", None)

    assert [request.method for request in server.seen].count("PUT") == 6  # once more than is needed


# What a store that says no comes to


@pytest.mark.parametrize(
    ("answer", "reason", "expected"),
    [
        pytest.param(
            Say(403, "AccessDenied", "Access Denied"),
            "state_forbidden",
            "access to bucket 'ssops-state' at '{host}' is denied: AccessDenied: Access Denied",
            id="forbidden",
        ),
        pytest.param(
            Say(403, "InvalidAccessKeyId", "no such key"),
            "state_credentials",
            "the state store at '{host}' does not accept the IAM token in YC_TOKEN: InvalidAccessKeyId: no such key",
            id="unknown-key",
        ),
        pytest.param(
            Say(401, said="x"),
            "state_credentials",
            "the state store at '{host}' does not accept the IAM token in YC_TOKEN: -",
            id="unauthorized",
        ),
        pytest.param(
            Say(400, "ExpiredToken", "it expired"),
            "state_credentials",
            "the state store at '{host}' does not accept the IAM token in YC_TOKEN: ExpiredToken: it expired",
            id="expired",
        ),
        pytest.param(
            Say(404, "NoSuchBucket", "none"),
            "state_no_bucket",
            "there is no bucket 'ssops-state' at '{host}'",
            id="no-bucket",
        ),
        pytest.param(
            Say(301, "PermanentRedirect", headers={"x-amz-bucket-region": "eu-west-1"}),
            "state_endpoint",
            "bucket 'ssops-state' is in region 'eu-west-1'",
            id="another-region",
        ),
        pytest.param(
            Say(307, headers={"Location": "https://evil.example.com/x?token=1"}),
            "state_redirected",
            "'{host}' sends on to 'evil.example.com', where credentials do not go",
            id="redirect",
        ),
        pytest.param(
            Say(302), "state_redirected", "'{host}' sends on to '-', where credentials do not go", id="nowhere"
        ),
        pytest.param(
            Say(403, "RequestTimeTooSkewed"),
            "state_credentials",
            "'{host}' refuses signed requests: the clock of this machine is too far from its own",
            id="skewed",
        ),
        pytest.param(
            Say(501, "NotImplemented", "a header"),
            "state_unreachable",
            "the state store at '{host}' is out of order: status 501, NotImplemented: a header",
            id="not-implemented",
        ),
        pytest.param(
            Say(400, "InvalidArgument", "bad\nthing"),
            "state_refused",
            "'{host}' refused a request to bucket 'ssops-state': status 400, InvalidArgument: bad thing",
            id="bad-request",
        ),
        pytest.param(
            Say(404, body=b"<html>not here</html>"),
            "unexpected_answer",
            "what answers at '{host}' is no S3 store",
            id="a-web-server",
        ),
    ],
)
@pytest.mark.parametrize("call", ["get", "version", "names", "put", "now"])
def test_store_when_it_refuses_then_what_and_why_and_what_next(
    server: Server, store: StateStore, answer: Say, reason: str, expected: str, call: str
) -> None:
    server.always = answer
    arguments: dict[str, tuple[Any, ...]] = {"get": ("sales",), "version": ("sales",), "put": ("sales", b"", None)}

    fault = refused(lambda: getattr(store, call)(*arguments.get(call, ())))

    if call == "put" and answer.status == 501:
        reason = "state_unconditional"
        expected = (
            "the store at '{host}' does not support conditional writes, without which concurrent runs would lose "
            "changes; no state was written"
        )
    assert told(fault) == (reason, expected.format(host=server.endpoint.removeprefix("http://")))
    assert fault.hint is not None
    assert server.objects == {}


def test_store_when_it_redirects_then_nobody_follows(server: Server, store: StateStore) -> None:
    with scripted.serving() as other:
        server.always = Say(307, headers={"Location": f"{other.endpoint}/ssops-state/team/sales.json"})

        refused(lambda: store.get("sales"))

        assert other.seen == []


@pytest.mark.parametrize("auth", ["iam", "static"])
@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 409, 500, 503])
def test_store_when_it_repeats_what_it_got_then_no_fault_shows_a_credential(
    server: Server, auth: str, status: int
) -> None:
    secrets = (TOKEN, *KEY.values())
    echo = f"you sent Bearer {TOKEN} {' '.join(KEY.values())}"

    with opened(server, auth=auth) as store:
        for code in ("AccessDenied", "SignatureDoesNotMatch", echo):
            server.always = Say(status, code, echo, {"Location": f"https://{TOKEN}.example.com/", "Retry-After": "0"})
            for call in (
                store.names,
                lambda: store.version("sales"),
                lambda: store.get("sales"),
                lambda: store.put("sales", b"", None),
            ):
                shown = whole(refused(call))
                sent = secrets[:1] if auth == "iam" else secrets[1:]
                assert [secret for secret in sent if secret in shown] == []


# What answers and is no store


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Raw(b"SSH-2.0-OpenSSH_9.2\r\n"), "unexpected_answer"),
        (Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"), "state_unreachable"),
        (Raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"), "state_unreachable"),
        (Raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "state_unreachable"),
        (Say(200, body=b"<html>hello</html>"), "unexpected_answer"),
        (Say(200, body=b"\xff\xfe\x00"), "unexpected_answer"),
        (Say(200, body=b""), "unexpected_answer"),
        (Say(200, body=b"<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"), "unexpected_answer"),
        (
            Say(
                200,
                body=b"<ListBucketResult><IsTruncated>true</IsTruncated>"
                b"<NextContinuationToken>again</NextContinuationToken></ListBucketResult>",
            ),
            "unexpected_answer",
        ),
    ],
)
def test_names_when_what_answers_is_no_store_then_a_fault(
    server: Server, store: StateStore, step: Say | Raw, expected: str
) -> None:
    server.always = step

    assert refused(store.names).reason == expected


@pytest.mark.parametrize("status", [200, 404])
def test_get_when_what_answers_is_no_store_then_a_fault_and_not_nothing(
    server: Server, store: StateStore, status: int
) -> None:
    server.always = Say(status, body=b"<html>hello</html>")

    assert refused(lambda: store.get("sales")).reason == "unexpected_answer"
    assert refused(lambda: store.version("sales")).reason == "unexpected_answer"


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><ListBucketResult>&b;</ListBucketResult>'


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(BOMB, id="entities"),
        pytest.param(BOMB.decode().encode("utf-16"), id="entities-in-utf-16"),
        pytest.param(b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', id="outside"),
        pytest.param(b"<a>" * 100 + b"</a>" * 100, id="deep"),
        pytest.param(b"<a>" + b"x" * (exchange.TEXT_MAX + 1) + b"</a>", id="long"),
        pytest.param(b"<a>&b;</a>", id="undefined"),
        pytest.param(b"<a><b></a></b>", id="crossed"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_elements_when_the_document_is_hostile_then_none(data: bytes) -> None:
    assert exchange.elements(data) is None


def test_elements_when_read_then_paths_and_texts_in_order() -> None:
    data = b'<?xml version="1.0"?><s3:A xmlns:s3="u"><B>1 &amp; 2</B><C><B/></C></s3:A>'

    assert exchange.elements(data) == [("A", ""), ("A/B", "1 & 2"), ("A/C", ""), ("A/C/B", "")]


# What cannot be trusted


@pytest.mark.parametrize(
    ("lie", "expected"),
    [
        (Lie.ALL, "ignores the conditions of a write, so that concurrent runs would lose changes"),
        (Lie.FIRST, "ignores the conditions of a write, so that concurrent runs would lose changes"),
        (Lie.MATCH, "ignores the conditions of a write, so that concurrent runs would lose changes"),
        (Lie.NEVER, "refuses writes whose condition is met, so that nothing could be recorded"),
        (Lie.LATE, "does not show what was just written to it, so that concurrent runs would lose changes"),
    ],
)
def test_put_when_the_store_lies_then_it_is_refused_and_nothing_else_is_written(
    server: Server, store: StateStore, lie: Lie, expected: str
) -> None:
    server.lie = lie

    faults = [refused(lambda: store.put("sales", b"{}", None)), refused(lambda: store.remove("history/sales/1-a"))]

    host = server.endpoint.removeprefix("http://")
    said = f"the store at '{host}' {expected}; no state was written"
    assert [told(fault) for fault in faults] == [("state_unconditional", said)] * 2
    assert [request.path for request in server.seen if not request.path.startswith("/ssops-state/team/probe/")] == []
    assert server.objects == {}


def test_reading_when_the_store_is_used_for_no_more_then_nothing_is_probed(server: Server, store: StateStore) -> None:
    store.get("sales"), store.version("sales"), store.names(), store.now()

    assert "PUT" not in server.methods()


def test_put_when_it_is_not_the_first_then_nothing_is_probed_again(server: Server, store: StateStore) -> None:
    store.put("sales", b"{}", None)
    probed = server.methods()
    store.put("support", b"{}", None)
    store.remove("support")

    assert probed == ["PUT", "PUT", "PUT", "PUT", "GET", "DELETE", "PUT"]
    assert server.methods()[len(probed) :] == ["PUT", "DELETE"]
    assert len({request.path for request in server.seen if "/probe/" in request.path}) == 1


# Names, versions and time


def bucket_of(server: Server, page: int) -> Bucket:
    at = endpoint.read(server.endpoint, {})
    return Bucket(Client(Place("ssops-state", at.netloc), at, credentials.Bearer(TOKEN), Patience()), page)


def test_keys_when_there_are_several_pages_then_all_of_them(server: Server) -> None:
    for number in range(10):
        server.objects[f"/ssops-state/team/s{number}.json"] = b"{}"
    bucket = bucket_of(server, page=3)

    found = list(bucket.keys("team/"))
    bucket.close()

    assert found == [f"team/s{number}.json" for number in range(10)]
    assert [request.query.get("continuation-token") for request in server.seen] == [
        None,
        "team/s2.json",
        "team/s5.json",
        "team/s8.json",
    ]


def test_names_when_others_keep_things_there_then_they_are_left_out(server: Server, store: StateStore) -> None:
    for key in ("sales.json", "lock/sales.json", "notes.txt", "Sales.json", ".json", "a&b.json", "x/y/z/w.json"):
        server.objects[f"/ssops-state/team/{key}"] = b"{}"
    server.objects["/ssops-state/teams/other.json"] = b"{}"

    assert (store.names(), store.names("lock"), store.names("x")) == (("sales",), ("lock/sales",), ())


def test_names_when_keys_come_encoded_then_they_are_decoded(server: Server, store: StateStore) -> None:
    listed = b"<Contents><Key>team%2Flock%2Fsales.json</Key></Contents>"
    server.always = Say(
        200, body=b"<ListBucketResult><EncodingType>url</EncodingType>" + listed + b"</ListBucketResult>"
    )

    assert store.names("lock") == ("lock/sales",)


@pytest.mark.parametrize("etag", ['"ab"', 'W/"ab"', "ab"])
def test_version_when_the_tag_is_written_this_way_or_that_then_it_is_the_same(
    server: Server, store: StateStore, etag: str
) -> None:
    server.always = Say(200, headers={"ETag": etag}, body=b"{}")

    assert (store.version("sales"), store.get("sales")) == ("ab", (b"{}", "ab"))


def test_get_when_an_answer_has_no_tag_then_a_fault(server: Server, store: StateStore) -> None:
    server.always = Say(200, body=b"{}")

    assert refused(lambda: store.get("sales")).reason == "unexpected_answer"


def test_version_when_nothing_is_there_then_one_request_tells_once_the_bucket_is_known(
    server: Server, store: StateStore
) -> None:
    assert (store.version("sales"), store.version("support")) == (None, None)
    assert server.methods() == ["HEAD", "GET", "HEAD"]


def test_now_when_the_stores_clock_is_another_then_it_counts(server: Server, store: StateStore) -> None:
    server.ahead_s = 3600

    before = store.now()
    time.sleep(0.05)
    after = store.now()

    assert abs(before - datetime.now(UTC) - timedelta(hours=1)) < timedelta(seconds=2)
    assert timedelta(seconds=0.04) < after - before < timedelta(seconds=1)
    assert server.methods() == ["GET"]  # asked once


def test_now_when_the_store_answered_since_then_by_that_answer(server: Server, store: StateStore) -> None:
    store.now()
    server.ahead_s = -86_400

    store.get("sales")

    assert abs(store.now() - datetime.now(UTC) + timedelta(days=1)) < timedelta(seconds=2)


def test_now_when_answers_have_no_date_then_a_fault(server: Server, store: StateStore) -> None:
    server.dated = False

    assert refused(store.now).reason == "unexpected_answer"
