"""The objects of one bucket, addressed by path: read, replaced on condition, listed, deleted."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from hashlib import md5
from urllib.parse import quote, unquote

from ssops.errors import StateFault
from ssops.state.base import StaleWrite
from ssops.state.s3 import faults
from ssops.state.s3.client import Client
from ssops.state.s3.exchange import Answer, Request, elements

PAGE = 1000
"""Objects in one page of a list, as many as S3 gives."""

_NO_OBJECT = frozenset({"NoSuchKey", "NoSuchVersion"})


class Bucket:
    """A bucket. Keys are plain ASCII. Every method raises StateFault for an answer that is no plain yes or no."""

    def __init__(self, client: Client, page: int = PAGE) -> None:
        self._client = client
        self._page = page
        self._root = f"/{client.place.bucket}"
        self._is_known = False

    def get(self, key: str) -> tuple[bytes, str] | None:
        """Give an object and its ETag; None where there is none."""
        answer = self._client.ask(Request("GET", self._path(key)))
        if answer.status == 404 and answer.code in _NO_OBJECT:
            self._is_known = True
            return None
        return self._accepted(answer, 200).body, self._etag(answer)

    def etag(self, key: str) -> str | None:
        """Give the ETag of an object; None where there is none."""
        answer = self._client.ask(Request("HEAD", self._path(key)))
        if answer.status == 404 and self._is_known:
            return None
        if answer.status != 200:  # an answer to HEAD has no words: another request learns what is the matter
            found = self.get(key)
            return None if found is None else found[1]
        self._is_known = True
        return self._etag(answer)

    def put(self, key: str, data: bytes, expected: str | None) -> str:
        """Replace the object with the ETag `expected` (None: there must be none) and give the new ETag.

        Raises StaleWrite when the store refuses because of the condition.
        """
        condition = {"If-None-Match": "*"} if expected is None else {"If-Match": f'"{expected}"'}
        headers = {
            **condition,
            "Content-Type": "application/json",
            # A bucket with default locks asks for it, and an IAM token signs nothing that would find damage.
            "Content-MD5": b64encode(md5(data, usedforsecurity=False).digest()).decode(),
        }
        answer = self._client.ask(Request("PUT", self._path(key), headers=headers, body=data))
        # A condition on an object that is gone is answered with 404, and one that kept meeting others with 409.
        if answer.status in (409, 412) or (answer.status == 404 and answer.code in _NO_OBJECT):
            if answer.status == 409 and answer.code not in faults.MEETING:
                raise self._client.refused(answer)
            raise StaleWrite(key)
        if answer.status == 501:
            raise faults.unconditional(self._client.place, "not_supported")
        return self._etag(self._accepted(answer, 200))

    def delete(self, key: str) -> None:
        """Delete an object; none being there is no fault."""
        answer = self._client.ask(Request("DELETE", self._path(key)))
        if answer.status != 404 or answer.code not in _NO_OBJECT:
            self._accepted(answer, 200, 204)

    def keys(self, prefix: str) -> Iterator[str]:
        """Give the keys that begin with `prefix` and have no slash after it, page by page."""
        asked = {"list-type": "2", "prefix": prefix, "delimiter": "/", "encoding-type": "url"}
        token: str | None = None
        while True:
            more = {"max-keys": str(self._page)} | ({} if token is None else {"continuation-token": token})
            answer = self._client.ask(Request("GET", self._root, asked | more))
            found = elements(self._accepted(answer, 200).body) or [("", "")]
            if found[0][0] != "ListBucketResult":
                raise faults.strange(self._client.place)
            named = dict(found)
            is_encoded = named.get("ListBucketResult/EncodingType") == "url"
            for path, text in found:
                if path == "ListBucketResult/Contents/Key":
                    yield unquote(text) if is_encoded else text
            if named.get("ListBucketResult/IsTruncated") != "true":
                return
            before, token = token, named.get("ListBucketResult/NextContinuationToken")
            if not token or token == before:
                raise faults.strange(self._client.place)

    def now(self) -> datetime:
        """Give the store's time, in UTC, by its last answer; the first time it is asked for one."""
        found = self._client.now()
        if found is None:
            asked = {"list-type": "2", "max-keys": "1"}
            self._accepted(self._client.ask(Request("GET", self._root, asked)), 200)
            found = self._client.now()
        if found is None:
            raise faults.strange(self._client.place)
        return found

    def unconditional(self, did: str) -> StateFault:
        """Build the fault of a store that does not do as conditions say."""
        return faults.unconditional(self._client.place, did)

    def close(self) -> None:
        """Let connections go."""
        self._client.close()

    def _path(self, key: str) -> str:
        return f"{self._root}/{quote(key, safe='/-_.~')}"

    def _accepted(self, answer: Answer, *statuses: int) -> Answer:
        if answer.status not in statuses:
            raise self._client.refused(answer)
        self._is_known = True
        return answer

    def _etag(self, answer: Answer) -> str:
        # A proxy that touches an answer on its way weakens the tag; the store knows the object by the strong one.
        etag = answer.headers.get("etag", "").removeprefix("W/").strip('"')
        if not etag:
            raise faults.strange(self._client.place)
        return etag
