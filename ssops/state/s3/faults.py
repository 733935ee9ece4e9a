"""What an answer that is none comes to: what, why, and what to do next. No fault carries a credential."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http.client import BadStatusLine, HTTPException, IncompleteRead, RemoteDisconnected
from urllib.parse import urlsplit

from ssops.errors import StateFault
from ssops.model import message
from ssops.state.s3.exchange import Answer

SHORT = 200
"""Characters of a foreign text that a message repeats."""

MEETING = frozenset({"ConditionalRequestConflict", "OperationAborted"})
"""Words for a conditional write that met another one. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
and https://yandex.cloud/en/docs/storage/s3/api-ref/response-codes, read 2026-11-22."""

_BAD_CREDENTIALS = frozenset(
    {
        "ExpiredToken",
        "InvalidAccessKeyId",
        "InvalidSecurity",
        "InvalidToken",
        "NotSignedUp",
        "SignatureDoesNotMatch",
        "TokenRefreshRequired",
    }
)
_OTHER_REGION = frozenset({"AuthorizationHeaderMalformed", "PermanentRedirect", "TemporaryRedirect"})


@dataclass(frozen=True, slots=True)
class Place:
    """What messages call the store: the bucket, and the host with its port where that is unusual."""

    bucket: str
    host: str


def refused(place: Place, answer: Answer, auth: str, redacted: Callable[[str], str]) -> StateFault:
    """Say why the store refused, by the status and the code of its answer. `auth` is `iam` or `static`."""
    error, status, bucket, host = answer.error, answer.status, place.bucket, place.host
    code = _plain(redacted(error.get("Code", "")))
    said = _plain(redacted(": ".join(filter(None, (code, error.get("Message", "")))))) or "-"
    again, access = message("s3.again.hint"), message(f"s3.access.{auth}.hint")
    region = _plain(answer.headers.get("x-amz-bucket-region") or error.get("Region", ""))
    if region and (300 <= status < 400 or code in _OTHER_REGION):
        hint = message("s3.region.hint", region=region)
        return StateFault("state_endpoint", message("s3.region", bucket=bucket, region=region), hint)
    if 300 <= status < 400:
        there = _plain(redacted(_host_of(answer.headers.get("location", "")))) or "-"
        hint = message("s3.endpoint.hint")
        return StateFault("state_redirected", message("s3.redirected", host=host, there=there), hint)
    if code == "RequestTimeTooSkewed":
        return StateFault("state_credentials", message("s3.skewed", host=host), message("s3.skewed.hint"))
    if status == 401 or code in _BAD_CREDENTIALS:
        refusal = message(f"s3.credentials.refused.{auth}", host=host, said=said)
        return StateFault("state_credentials", refusal, message(f"s3.credentials.{auth}.hint"))
    if status == 403:
        return StateFault("state_forbidden", message("s3.forbidden", bucket=bucket, host=host, said=said), access)
    if code == "NoSuchBucket":
        hint = message("s3.no_bucket.hint")
        return StateFault("state_no_bucket", message("s3.no_bucket", bucket=bucket, host=host), hint)
    if status == 429 or code == "SlowDown":
        return StateFault("state_unreachable", message("s3.slow_down", host=host), again)
    if status >= 500:
        broken = message("s3.out_of_order", host=host, status=status, said=said)
        return StateFault("state_unreachable", broken, again)
    if not code:  # no store of this kind says no without its word for it
        return strange(place)
    refusal = message("s3.refused", bucket=bucket, host=host, status=status, said=said)
    return StateFault("state_refused", refusal, message("s3.endpoint.hint"))


def unreachable(place: Place, fault: OSError | HTTPException | None, redacted: Callable[[str], str]) -> StateFault:
    """Say that there was no answer, in the system's words where it has some."""
    values = {"bucket": place.bucket, "host": place.host}
    match fault:
        case TimeoutError():
            said = message("s3.unreachable.slow", **values)
        case RemoteDisconnected() | IncompleteRead():
            said = message("s3.unreachable.cut", **values)
        case BadStatusLine():
            return strange(place)
        case OSError():
            why = _plain(redacted(fault.strerror or str(fault))) or type(fault).__name__
            said = message("s3.unreachable", **values, why=why)
        case _:
            said = message("s3.unreachable", **values, why=type(fault).__name__)
    return StateFault("state_unreachable", said, message("s3.unreachable.hint"))


def unconditional(place: Place, did: str) -> StateFault:
    """Say that the store does not do as conditions say: `not_supported`, `ignored`, `never_met` or `shown_late`."""
    said = message(f"s3.unconditional.{did}", host=place.host)
    return StateFault("state_unconditional", said, message("s3.unconditional.hint"))


def strange(place: Place) -> StateFault:
    """Say that what answers is no store of this kind."""
    return StateFault("unexpected_answer", message("s3.strange", host=place.host), message("s3.endpoint.hint"))


def certificate(place: Place, why: str) -> StateFault:
    """Say that nobody vouches for the store."""
    said = message("s3.certificate", host=place.host, why=_plain(why))
    return StateFault("state_unreachable", said, message("s3.certificate.hint"))


def no_certificates(path: str, fault: OSError) -> StateFault:
    """Say that the file of certificates cannot be read."""
    why = _plain(fault.strerror or str(fault))
    said = message("s3.no_certificates", path=path, why=why)
    return StateFault("state_unreachable", said, message("s3.no_certificates.hint"))


def bad_endpoint(url: str) -> StateFault:
    """Say that ssops.yaml names no address of a store."""
    return StateFault("state_endpoint", message("s3.endpoint", url=_bare(url)), message("s3.endpoint.hint"))


def plaintext(host: str) -> StateFault:
    """Say that nothing is sent where everybody on the way could read it."""
    hint = message("s3.plaintext.hint", host=host)
    return StateFault("state_endpoint", message("s3.plaintext", host=host), hint)


def bad_proxy(variable: str) -> StateFault:
    """Say that a variable names no proxy that can be used; its value may hold a password."""
    said = message("s3.proxy", variable=variable)
    return StateFault("state_endpoint", said, message("s3.proxy.hint", variable=variable))


def no_credentials(host: str, takes_token: bool) -> StateFault:
    """Say that the environment holds nothing that opens the store."""
    hint = message("s3.credentials.none.hint" if takes_token else "s3.credentials.static.hint")
    return StateFault("state_credentials", message("s3.credentials.none", host=host), hint)


def missing_variable(variable: str, auth: str) -> StateFault:
    """Say which variable is not set."""
    said = message("s3.credentials.missing", variable=variable, auth=auth)
    return StateFault("state_credentials", said, message(f"s3.credentials.{auth}.hint"))


def malformed_variable(variable: str) -> StateFault:
    """Say that the value of a variable is no credential, without repeating it."""
    said = message("s3.credentials.malformed", variable=variable)
    return StateFault("state_credentials", said, message("s3.credentials.malformed.hint"))


def token_elsewhere(host: str) -> StateFault:
    """Say that an IAM token does not leave Yandex Cloud."""
    return StateFault("state_credentials", message("s3.token", host=host), message("s3.token.hint"))


def _plain(text: str) -> str:
    """Put a foreign text on one line, in short."""
    return " ".join(text.split())[:SHORT]


def _bare(url: str) -> str:
    """Take what may be a password out of an address."""
    return _plain(url.rpartition("@")[2])


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
