"""State in a bucket of Yandex Object Storage, or of any other store that speaks S3 with conditional writes.

The standard library speaks to it: an IAM token needs no signature, and the signature that other stores want is a page
long, where an SDK would bring seven packages and cannot send the token.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ssops.state.base import StateStore
from ssops.state.s3 import credentials, endpoint
from ssops.state.s3.bucket import Bucket
from ssops.state.s3.client import Client, Patience
from ssops.state.s3.faults import Place
from ssops.state.s3.store import S3Store

ENDPOINT = "https://storage.yandexcloud.net"
REGION = "ru-central1"
PREFIX = "ssops"


def open(section: Mapping[str, Any], environ: Mapping[str, str], patience: Patience | None = None) -> StateStore:
    """Make the store that the section `s3` of ssops.yaml names; nothing is connected yet.

    Credentials are read from `environ` and kept from every text. Raises StateFault where they are missing, or would
    go where they must not.
    """
    at = endpoint.read(section.get("endpoint", ENDPOINT), environ)
    opens = credentials.choose(section.get("auth"), at, section.get("region", REGION), environ)
    client = Client(Place(section["bucket"], at.netloc), at, opens, patience or Patience())
    return S3Store(Bucket(client), section.get("prefix", PREFIX))
