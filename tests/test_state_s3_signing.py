"""Signatures against the worked examples that AWS publishes.

Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html and, for the key,
https://docs.aws.amazon.com/general/latest/gr/signature-v4-examples.html
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ssops.state.s3.exchange import Request
from ssops.state.s3.signing import query, signed, signing_key

HOST = "examplebucket.s3.amazonaws.com"
AT = datetime(2013, 5, 24, tzinfo=UTC)
PUT_HEADERS = {"Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"}


@pytest.mark.parametrize(
    ("request_", "names", "signature"),
    [
        pytest.param(
            Request("GET", "/test.txt", headers={"Range": "bytes=0-9"}),
            "host;range;x-amz-content-sha256;x-amz-date",
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            id="get-object",
        ),
        pytest.param(
            Request("PUT", "/test%24file.text", headers=PUT_HEADERS, body=b"Welcome to Amazon S3."),
            "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            id="put-object",
        ),
        pytest.param(
            Request("GET", "/", {"lifecycle": ""}),
            "host;x-amz-content-sha256;x-amz-date",
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
            id="get-lifecycle",
        ),
        pytest.param(
            Request("GET", "/", {"prefix": "J", "max-keys": "2"}),
            "host;x-amz-content-sha256;x-amz-date",
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
            id="list-objects",
        ),
    ],
)
def test_signed_when_aws_works_an_example_then_the_same_signature(
    request_: Request, names: str, signature: str
) -> None:
    secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

    headers = signed(request_, HOST, key_id="AKIAIOSFODNN7EXAMPLE", secret=secret, region="us-east-1", at=AT)

    assert headers["Authorization"] == (
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
        f"SignedHeaders={names},Signature={signature}"
    )


def test_signing_key_when_aws_works_an_example_then_the_same_key() -> None:
    key = signing_key("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20150830", "us-east-1", "iam")

    assert key.hex() == "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9"


def test_query_when_values_are_odd_then_sorted_and_encoded() -> None:
    assert query({"prefix": "a/b c+é~", "delimiter": "/", "list-type": "2"}) == (
        "delimiter=%2F&list-type=2&prefix=a%2Fb%20c%2B%C3%A9~"
    )
