"""What ssops says about state in a bucket."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "schema-misplaced-field.several": "'{field}' does not go with '{first}': there can be only one",
    "schema-misplaced-field.several.hint": "keep one of: {allowed}",
    "schema-pattern.bucket": "{value} in '{field}' is not the name of a bucket",
    "schema-pattern.bucket.hint": (
        "a bucket has 3 to 63 lower-case Latin letters, digits, hyphens and dots, for example {example}"
    ),
    "schema-pattern.prefix": "{value} in '{field}' cannot be where objects begin",
    "schema-pattern.prefix.hint": (
        "write names of Latin letters, digits, hyphens, dots and underscores with '/' between them, "
        "for example {example}"
    ),
    "schema-pattern.endpoint": "{value} in '{field}' is not the address of a store",
    "schema-pattern.endpoint.hint": "write https:// and the host, with nothing after it but a port: {example}",
    "schema-pattern.region": "{value} in '{field}' is not a region",
    "schema-pattern.region.hint": "write the region as the store spells it, for example {example}",
    "s3.credentials.none": "the environment holds no credentials for the state store at '{host}'",
    "s3.credentials.missing": "{variable} is not set, and 'auth: {auth}' of the state store needs it",
    "s3.credentials.malformed": "the value of {variable} cannot be a credential: it has spaces or unusual characters",
    "s3.credentials.malformed.hint": "set it anew, and to nothing but the credential",
    "s3.credentials.none.hint": (
        "set YC_TOKEN to an IAM token (export YC_TOKEN=$(yc iam create-token)), "
        "or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to a static key"
    ),
    "s3.credentials.iam.hint": (
        "set YC_TOKEN to a new IAM token: export YC_TOKEN=$(yc iam create-token); it lasts 12 hours at most"
    ),
    "s3.credentials.static.hint": "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to a static key that the store knows",
    "s3.credentials.refused.iam": "the state store at '{host}' does not accept the IAM token in YC_TOKEN: {said}",
    "s3.credentials.refused.static": (
        "the state store at '{host}' does not accept the key in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: {said}"
    ),
    "s3.token": "the IAM token in YC_TOKEN is not sent to '{host}': it opens all of Yandex Cloud, not only a bucket",
    "s3.token.hint": (
        "write 'auth: static' and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; "
        "or take 'endpoint' out, which leaves Object Storage"
    ),
    "s3.plaintext": "nothing is sent to '{host}' without TLS: anybody on the way could read it",
    "s3.plaintext.hint": "write 'endpoint: https://{host}'; plain http is for a store on this machine",
    "s3.endpoint": "'{url}' is not the address of a state store",
    "s3.endpoint.hint": (
        "check 'endpoint' and 'bucket' under 'state' in ssops.yaml; Yandex Object Storage is "
        "https://storage.yandexcloud.net, and needs no 'endpoint'"
    ),
    "s3.proxy": "the proxy in {variable} cannot be used",
    "s3.proxy.hint": "write http://HOST:PORT in {variable}; a host in NO_PROXY is reached without a proxy",
    "s3.access.iam.hint": (
        "whose token it is needs storage.viewer on the bucket to plan and storage.editor to apply; "
        "a policy of the bucket may forbid it, too"
    ),
    "s3.access.static.hint": (
        "the key needs the right to list and read the bucket to plan, and to write and delete objects to apply "
        "(storage.viewer and storage.editor in Yandex Cloud)"
    ),
    "s3.forbidden": "access to bucket '{bucket}' at '{host}' is denied: {said}",
    "s3.no_bucket": "there is no bucket '{bucket}' at '{host}'",
    "s3.no_bucket.hint": (
        "create it (yc storage bucket create --name NAME), or correct 'bucket' under 'state' in ssops.yaml"
    ),
    "s3.region": "bucket '{bucket}' is in region '{region}'",
    "s3.region.hint": "write 'region: {region}' and the endpoint of that region under 'state' in ssops.yaml",
    "s3.redirected": "'{host}' sends on to '{there}', where credentials do not go",
    "s3.skewed": "'{host}' refuses signed requests: the clock of this machine is too far from its own",
    "s3.skewed.hint": "set the clock of this machine, then run the command again",
    "s3.slow_down": "'{host}' wants fewer requests for longer than ssops waits",
    "s3.out_of_order": "the state store at '{host}' is out of order: status {status}, {said}",
    "s3.again.hint": "nothing recorded is lost; run the command again later",
    "s3.refused": "'{host}' refused a request to bucket '{bucket}': status {status}, {said}",
    "s3.unreachable": "bucket '{bucket}' at '{host}' cannot be reached: {why}",
    "s3.unreachable.slow": "bucket '{bucket}' at '{host}' cannot be reached: there was no answer in time",
    "s3.unreachable.cut": "bucket '{bucket}' at '{host}' cannot be reached: answers break off",
    "s3.unreachable.hint": (
        "nothing recorded is lost; check the network and 'endpoint' under 'state' in ssops.yaml, "
        "then run the command again"
    ),
    "s3.certificate": "nobody vouches for '{host}': {why}",
    "s3.certificate.hint": "set SSL_CERT_FILE to a file with the certificate of your own authority, if the store has one",
    "s3.no_certificates": "cannot read the certificates in '{path}': {why}",
    "s3.no_certificates.hint": "set SSL_CERT_FILE to a file of certificates in PEM form, or unset it",
    "s3.strange": "what answers at '{host}' is no S3 store",
    "s3.unconditional.ignored": (
        "the store at '{host}' ignores the conditions of a write, so that concurrent runs would lose changes; "
        "no state was written"
    ),
    "s3.unconditional.never_met": (
        "the store at '{host}' refuses writes whose condition is met, so that nothing could be recorded; "
        "no state was written"
    ),
    "s3.unconditional.not_supported": (
        "the store at '{host}' does not support conditional writes, without which concurrent runs would lose changes; "
        "no state was written"
    ),
    "s3.unconditional.shown_late": (
        "the store at '{host}' does not show what was just written to it, so that concurrent runs would lose changes; "
        "no state was written"
    ),
    "s3.unconditional.hint": (
        "use a store that does If-Match and If-None-Match on PUT (Yandex Object Storage, AWS S3, SeaweedFS), "
        "without a cache before it"
    ),
}
