"""Prove, before anything counts, that a store does as the conditions of a write say and shows what was written.

A store that ignores them answers 200 to everybody, and concurrent runs would lose each other's changes in silence.
"""

from __future__ import annotations

from contextlib import suppress

from ssops.errors import StateFault
from ssops.state.base import StaleWrite
from ssops.state.s3.bucket import Bucket

_FIRST, _SECOND, _NEVER = b'{"probe": 1}\n', b'{"probe": 2}\n', b'{"probe": "must not be stored"}\n'
_OTHER = "0" * 32


def prove(bucket: Bucket, key: str) -> None:
    """Write an object that nobody else has, provoke what must be refused, and delete it.

    Raises StateFault (`state_unconditional`) for a store that cannot be trusted, and as `Bucket` does. A run that ends
    in the middle leaves the object behind; it is in nobody's way.
    """
    first = _created(bucket, key)
    try:
        _must_refuse(bucket, key, None)
        _must_refuse(bucket, key, _OTHER)
        second = _replaced(bucket, key, first)
        if bucket.get(key) != (_SECOND, second):
            raise bucket.unconditional("shown_late")
    except StateFault:
        with suppress(StateFault):
            bucket.delete(key)
        raise
    bucket.delete(key)


def _created(bucket: Bucket, key: str) -> str:
    try:
        return bucket.put(key, _FIRST, None)
    except StaleWrite as fault:
        found = bucket.get(key)
        if found is None or found[0] != _FIRST:
            raise bucket.unconditional("never_met") from fault
        return found[1]  # ours: the answer to it was lost, and it was sent again


def _replaced(bucket: Bucket, key: str, version: str) -> str:
    try:
        return bucket.put(key, _SECOND, version)
    except StaleWrite as fault:
        found = bucket.get(key)
        if found is None or found[0] != _SECOND:
            raise bucket.unconditional("never_met") from fault
        return found[1]


def _must_refuse(bucket: Bucket, key: str, expected: str | None) -> None:
    with suppress(StaleWrite):
        bucket.put(key, _NEVER, expected)
        raise bucket.unconditional("ignored")
