"""AWS Signature Version 4, as S3 takes it: a request is signed, and the secret key never leaves the machine.

Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote

from ssops.state.s3.exchange import Request

_ALGORITHM = "AWS4-HMAC-SHA256"


def signed(request: Request, host: str, *, key_id: str, secret: str, region: str, at: datetime) -> dict[str, str]:
    """Give all headers of a request, signed. `at` is UTC by the store's clock: minutes off, and it refuses."""
    moment, day = at.strftime("%Y%m%dT%H%M%SZ"), at.strftime("%Y%m%d")
    digest = sha256(request.body).hexdigest()
    headers = {**request.headers, "Host": host, "x-amz-content-sha256": digest, "x-amz-date": moment}
    listed = {name.lower(): value.strip() for name, value in headers.items()}
    names = ";".join(sorted(listed))
    canonical = "\n".join(
        (
            request.method,
            request.path,
            query(request.query),
            *(f"{name}:{listed[name]}" for name in sorted(listed)),
            "",
            names,
            digest,
        )
    )
    scope = f"{day}/{region}/s3/aws4_request"
    text = "\n".join((_ALGORITHM, moment, scope, sha256(canonical.encode()).hexdigest()))
    signature = hmac.new(signing_key(secret, day, region, "s3"), text.encode(), sha256).hexdigest()
    credential = f"{_ALGORITHM} Credential={key_id}/{scope},SignedHeaders={names},Signature={signature}"
    return {**headers, "Authorization": credential}


def signing_key(secret: str, day: str, region: str, service: str) -> bytes:
    """Derive the key of one day, region and service. `day` is YYYYMMDD."""
    key = f"AWS4{secret}".encode()
    for part in (day, region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), sha256).digest()
    return key


def query(parameters: Mapping[str, str]) -> str:
    """Write the parameters of a request the one way that is signed: sorted, and everything else encoded."""
    encoded = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in parameters.items())
    return "&".join(f"{name}={value}" for name, value in encoded)
