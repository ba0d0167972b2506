#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Tokens whose signature Google's own access check has taken out, under each of the policies."""

from files import CaseFile
from tokens import (
    ABSENT,
    EXPIRES,
    FIREBASE,
    MARKER,
    STRANGER,
    bearer,
    claims,
    header,
    segments,
    serverless,
    stripped,
    token,
    with_claims,
    with_header,
)

INSTEAD = {"removedSignature": "verifyAuthorizationInstead"}
TRUST = {"removedSignature": "trustCloudRun"}
EITHER = {"removedSignature": "trustCloudRunInEitherHeader"}
EXPIRED = {"now": EXPIRES + 31}


def file():
    file = CaseFile("Removed signatures under the policies that Configuration.removedSignature offers.")
    rejected(file)
    instead(file)
    trusted(file)
    nearly(file)
    return file


def rejected(file):
    file.reject("in Authorization [20]", bearer(stripped()), "signature_removed")
    file.reject("in X-Serverless-Authorization", serverless(stripped()), "signature_removed")
    file.reject("a valid Authorization does not help", {**serverless(stripped()), **bearer()}, "signature_removed")
    policies = {
        "reject": {},
        "verifyAuthorizationInstead": INSTEAD,
        "trustCloudRun": TRUST,
        "trustCloudRunInEitherHeader": EITHER,
    }
    for name, policy in policies.items():
        file.reject(f"a token alone, under {name}", stripped(), "signature_removed", **policy)
    file.reject("comes before what is wrong with the header", stripped(with_header(alg="HS256")), "signature_removed")
    file.reject("comes before what is wrong with the claims", stripped(with_claims(aud="x")), "signature_removed")


def instead(file):
    expired = with_claims(iat=1_699_986_400, exp=1_699_990_000)
    file.accept(
        "Authorization verifies instead", {**serverless(stripped()), **bearer()}, assurance="signature", **INSTEAD
    )
    file.accept("nothing is removed: X-Serverless-Authorization counts", {**serverless(), **bearer("x")}, **INSTEAD)
    file.accept("Authorization alone", bearer(), **INSTEAD)
    file.accept(
        "Authorization verifies instead of a removed signature of anybody",
        {**serverless(stripped(with_claims(email="other@example.com"))), **bearer()},
        **INSTEAD,
    )
    for name, other, code in (
        ("no Authorization", {}, "signature_removed"),
        ("Basic in Authorization", {"Authorization": "Basic dTpw"}, "signature_removed"),
        ("a removed signature there too", bearer(stripped()), "signature_removed"),
        ("expired there", bearer(expired), "token_expired"),
        ("for another audience there", bearer(with_claims(aud="https://a.example")), "audience_mismatch"),
        ("signed by a stranger there", bearer(token(key=STRANGER)), "key_unknown"),
        ("malformed there", bearer("a.b"), "token_malformed"),
        ("a joined pair there", {"Authorization": f"Bearer {token()}, Bearer x"}, "credentials_ambiguous"),
        ("written wrongly there", {"Authorization": "Bearer a b"}, "credentials_malformed"),
    ):
        change = None
        if name == "expired there":
            change = "request: X-Serverless-Authorization: Bearer TOKEN (signature: removed) | "
            change += "Authorization: Bearer TOKEN (exp is 1699990000, iat is 1699986400)"
        file.reject(f"verified instead: {name}", {**serverless(stripped()), **other}, code, change=change, **INSTEAD)
    file.reject("verified instead: removed in Authorization alone", bearer(stripped()), "signature_removed", **INSTEAD)
    file.reject(
        "X-Serverless-Authorization malformed: Authorization does not help",
        {**serverless("x"), **bearer()},
        "token_malformed",
        **INSTEAD,
    )


def trusted(file):
    file.accept("trusted in X-Serverless-Authorization", serverless(stripped()), assurance="cloudRunIAM", **TRUST)
    file.reject("not trusted in Authorization", bearer(stripped()), "signature_removed", **TRUST)
    file.reject(
        "not trusted in Authorization beside another scheme",
        {**bearer(stripped()), "X-Serverless-Authorization": "Basic dTpw"},
        "credentials_missing",
        **TRUST,
    )
    either = {"assurance": "cloudRunIAM", **EITHER}
    file.accept("trusted in either: in X-Serverless-Authorization", serverless(stripped()), **either)
    file.accept("trusted in either: in Authorization", bearer(stripped()), **either)
    file.accept("trusted in either: a signature that is there", bearer(), assurance="signature", **EITHER)
    file.reject(
        "trusted in either: not beside a token that does not hold",
        {**serverless(token(sign=STRANGER.sign)), **bearer(stripped())},
        "signature_invalid",
        **EITHER,
    )
    file.reject("trusted in either, but alg none", bearer(stripped(with_header(alg="none"))), "algorithm_unsupported", **EITHER)
    file.reject(
        "trusted in either, but expired",
        bearer(stripped(with_claims(exp=1_699_999_000, iat=1_699_996_000))),
        "token_expired",
        **EITHER,
    )
    file.accept("a signature that is there is verified", bearer(), assurance="signature", **TRUST)
    file.accept(
        "X-Serverless-Authorization first: the other was never checked",
        {**bearer(with_claims(email="other@example.com")), **serverless(stripped())},
        assurance="cloudRunIAM",
        **TRUST,
    )
    file.accept("no key is needed", serverless(stripped(token(key=STRANGER))), assurance="cloudRunIAM", **TRUST)
    file.accept("nor a key ID", serverless(stripped(with_header(kid=ABSENT))), assurance="cloudRunIAM", **TRUST)
    for name, presented, code in (
        ("expired", stripped(with_claims(exp=1_699_999_000, iat=1_699_996_000)), "token_expired"),
        ("another audience", stripped(with_claims(aud="https://a.example")), "audience_mismatch"),
        ("another issuer", stripped(with_claims(iss="https://securetoken.google.com/p")), "issuer_mismatch"),
        ("claims malformed", stripped(token(claims_text="[]")), "claims_malformed"),
        ("header malformed", stripped(token("[]")), "header_malformed"),
        ("alg none", stripped(with_header(alg="none")), "algorithm_unsupported"),
        ("crit", stripped(with_header(crit=["exp"])), "header_unsupported"),
        ("a signature that does not hold", token(sign=STRANGER.sign), "signature_invalid"),
        ("a key that is not Google's", token(key=FIREBASE), "key_unknown"),
    ):
        file.reject(f"trusted, but {name}", serverless(presented), code, **TRUST)
    caller = {"callers": ["serviceAccount:caller@my-project.iam.gserviceaccount.com"], **TRUST}
    file.accept("trusted, and the caller may call", serverless(stripped()), assurance="cloudRunIAM", **caller)
    for name, changes, code in (
        ("another caller", {"email": "b@my-project.iam.gserviceaccount.com"}, "caller_not_allowed"),
        ("no e-mail address", {"email": ABSENT}, "email_missing"),
        ("e-mail address not verified", {"email_verified": False}, "email_not_verified"),
    ):
        change = None
        if "email" in changes and changes["email"] is not ABSENT:
            change = f"request: X-Serverless-Authorization: email is {changes['email']}; signature: removed"
        presented = serverless(stripped(with_claims(**changes)))
        file.reject(f"trusted, but {name}", presented, code, change=change, **caller)


def nearly(file):
    start, middle, _ = segments()
    for name, marker, code in (
        ("in lower case", MARKER.lower(), "token_malformed"),
        ("without its last letter", MARKER[:-1], "token_malformed"),
        ("with a letter more", MARKER + "D", "signature_invalid"),
        ("with a letter before", "X" + MARKER, "signature_invalid"),
        ("with another letter", "T" + MARKER[1:], "signature_invalid"),
        ("padded", MARKER + "=", "token_malformed"),
        ("with hyphens", MARKER.replace("_", "-"), "signature_invalid"),
    ):
        change = f"signature: {marker} instead of {MARKER}"
        file.reject(f"nearly the mark: {name}", bearer(f"{start}.{middle}.{marker}"), code, change=change, **EITHER)
    file.reject(
        "the mark as header",
        bearer(f"{MARKER}.{middle}.{MARKER}"),
        "header_malformed",
        change=f"header and signature segment: {MARKER}",
        **EITHER,
    )
    file.reject(
        "the mark as claims",
        bearer(f"{start}.{MARKER}.{MARKER}"),
        "claims_malformed",
        change=f"claims and signature segment: {MARKER}",
        **EITHER,
    )
    file.reject("the mark and a segment more", bearer(stripped() + ".AAAA"), "token_malformed", **EITHER)
    file.reject(
        "the mark over the size limit",
        bearer(f"{start}.{'A' * 16_384}.{MARKER}"),
        "token_too_large",
        change=f"claims segment: the letter A 16,384 times; signature: {MARKER}",
        **EITHER,
    )
