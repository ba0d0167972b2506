#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""One valid token, and the same with one change."""

import json

from signing import Key, base64url

AUDIENCE = "https://service.example.run.app"
EMAIL = "caller@my-project.iam.gserviceaccount.com"
SUBJECT = "104029292853099978293"
ISSUER = "https://accounts.google.com"
NOW = 1_700_000_000
ISSUED = NOW - 60
EXPIRES = ISSUED + 3_600
MARKER = "SIGNATURE_REMOVED_BY_GOOGLE"

GOOGLE_A = Key("google-a")
GOOGLE_B = Key("google-b")
FIREBASE = Key("firebase")
STRANGER = Key("stranger")

# As the value of a changed member: the member is absent.
ABSENT = object()


def changed(members, changes):
    """The members with changes; what is new comes last."""
    return {name: value for name, value in {**members, **changes}.items() if value is not ABSENT}


def text(members):
    return json.dumps(members, separators=(",", ":"), ensure_ascii=False)


def header(key=GOOGLE_A, **changes):
    return text(changed({"alg": "RS256", "kid": key.id, "typ": "JWT"}, changes))


def claim_members(**changes):
    return changed(
        {
            "aud": AUDIENCE,
            "azp": SUBJECT,
            "email": EMAIL,
            "email_verified": True,
            "exp": EXPIRES,
            "iat": ISSUED,
            "iss": ISSUER,
            "sub": SUBJECT,
        },
        changes,
    )


def claims(**changes):
    return text(claim_members(**changes))


def encoded(part):
    """A segment of text or of bytes."""
    return base64url(part.encode() if isinstance(part, str) else part)


def token(header_text=None, claims_text=None, key=GOOGLE_A, sign=None):
    """A token; `sign` takes the bytes to sign and returns a signature."""
    signed = f"{encoded(header(key) if header_text is None else header_text)}.{encoded(claims_text or claims())}"
    return f"{signed}.{base64url((sign or key.sign)(signed.encode()))}"


def with_header(**changes):
    return token(header(**changes))


def with_claims(**changes):
    return token(claims_text=claims(**changes))


def segments(of=None):
    return (of or token()).split(".")


def stripped(of=None):
    """The token after Google has removed its signature."""
    return ".".join([*segments(of)[:2], MARKER])


def bearer(of=None, name="Authorization"):
    return {name: f"Bearer {of or token()}"}


def serverless(of=None):
    return bearer(of, "X-Serverless-Authorization")
