#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Which header counts, and what stands in it."""

from files import CaseFile
from tokens import bearer, claims, serverless, token, with_claims


def file():
    file = CaseFile("Which header carries the credential, and what is a bearer token there.")
    accepted(file)
    preferred(file)
    missing(file)
    ambiguous(file)
    malformed(file)
    return file


def accepted(file):
    valid = token()
    file.accept("Authorization", bearer(valid))
    file.accept("X-Serverless-Authorization", serverless(valid))
    file.accept("a list of names and values", [["authorization", f"Bearer {valid}"]])
    for name in ("authorization", "AUTHORIZATION", "aUTHORIZATION", "x-serverless-authorization"):
        file.accept(f"name in another case: {name} [57]", {name: f"Bearer {valid}"})
    for scheme in ("bearer", "BEARER", "bEaReR"):
        file.accept(f"scheme in another case: {scheme} [57]", {"Authorization": f"{scheme} {valid}"})
    for count in (2, 3, 40):
        file.accept(f"{count} spaces after the scheme [57]", {"Authorization": f"Bearer{' ' * count}{valid}"})
    file.accept("white space around the value", {"Authorization": f" \tBearer {valid} \t "})
    file.accept("other headers beside it", {"Host": "a", "Cookie": "b=Bearer x", **bearer(valid), "Accept": "*/*"})


def preferred(file):
    valid = token()
    expired = with_claims(exp=1_699_990_000, iat=1_699_986_400)
    file.accept(
        "X-Serverless-Authorization first, whatever Authorization is",
        {**serverless(valid), "Authorization": "Bearer x"},
    )
    file.accept("the order of the headers does not count", {"Authorization": "Bearer x", **serverless(valid)})
    file.accept(
        "Authorization twice is not looked at",
        [["Authorization", "a"], ["X-Serverless-Authorization", f"Bearer {valid}"], ["Authorization", "b"]],
    )
    for name, value, code in (
        ("expired", f"Bearer {expired}", "token_expired"),
        ("malformed", "Bearer x", "token_malformed"),
        ("empty", "", "credentials_missing"),
        ("of another scheme", "Basic dTpw", "credentials_missing"),
        ("written wrongly", "Bearer a b", "credentials_malformed"),
    ):
        file.reject(
            f"X-Serverless-Authorization {name}: Authorization does not help",
            {"X-Serverless-Authorization": value, **bearer(valid)},
            code,
        )


def missing(file):
    valid = token()
    file.reject("no headers", {}, "credentials_missing")
    for name in ("X-Authorization", "Proxy-Authorization", "X-Goog-IAP-JWT-Assertion", "Authorization-", "Cookie"):
        file.reject(f"only {name}", {name: f"Bearer {valid}"}, "credentials_missing")
    for name, value in {
        "empty": "",
        "white space": " \t ",
        "Basic": "Basic dXNlcjpwYXNz",
        "Digest, with commas": 'Digest username="a", realm="b", nonce="c"',
        "Negotiate": "Negotiate YII=",
        "token without scheme": valid,
        "scheme joined to the token": f"Bearer{valid}",
        "longer scheme": f"Bearers {valid}",
        "shorter scheme": f"Beare {valid}",
        "scheme in look-alike letters": f"B\u0435arer {valid}",
        "scheme with a colon": f"Bearer: {valid}",
        "DPoP": f"DPoP {valid}",
    }.items():
        file.reject(f"Authorization is another scheme: {name}", {"Authorization": value}, "credentials_missing")


def ambiguous(file):
    valid = token()
    other = token(claims_text=claims(azp="1"))
    for name in ("Authorization", "X-Serverless-Authorization"):
        file.reject(
            f"{name} twice [58]", [[name, f"Bearer {valid}"], [name, f"Bearer {other}"]], "credentials_ambiguous"
        )
    for name, second in {
        "with the same value": ["Authorization", f"Bearer {valid}"],
        "in another case": ["authorization", f"Bearer {valid}"],
        "empty": ["Authorization", ""],
        "of another scheme": ["Authorization", "Basic dTpw"],
    }.items():
        file.reject(
            f"Authorization twice, the second {name} [58]",
            [["Authorization", f"Bearer {valid}"], second],
            "credentials_ambiguous",
        )
    for name, value in {
        "two tokens": f"Bearer {valid}, Bearer {other}",
        "without a space": f"Bearer {valid},Bearer {other}",
        "the same token": f"Bearer {valid}, Bearer {valid}",
        "another scheme after": f"Bearer {valid}, Basic dTpw",
        "another scheme before": f"Basic dTpw, Bearer {valid}",
        "nothing after the comma": f"Bearer {valid},",
        "nothing before the comma": f"Bearer ,{valid}",
    }.items():
        file.reject(f"a joined pair: {name} [58]", {"Authorization": value}, "credentials_ambiguous")


def malformed(file):
    valid = token()
    for name, value in {
        "scheme alone": "Bearer",
        "scheme and a space": "Bearer ",
        "a tab after the scheme": f"Bearer\t{valid}",
        "a space inside": f"Bearer {valid[:40]} {valid[40:]}",
        "two tokens": f"Bearer {valid} {valid}",
        "scheme twice": f"Bearer Bearer {valid}",
        "quotes": f'Bearer "{valid}"',
        "a parameter": f"Bearer token={valid}",
        "percent": f"Bearer {valid[:40]}%2E{valid[41:]}",
        "semicolon": f"Bearer {valid};",
        "angle brackets": f"Bearer <{valid}>",
        "asterisk": f"Bearer {valid}*",
        "a control character": f"Bearer {valid[:40]}\u0000{valid[40:]}",
        "a line break": f"Bearer {valid}\r\nX-Other: 1",
        "a letter outside ASCII": f"Bearer {valid[:40]}\u00e9{valid[40:]}",
        "a look-alike dot": "Bearer " + valid.replace(".", "\u2024"),
        "full-width letters": f"Bearer \uff45{valid[1:]}",
        "padding alone": "Bearer ==",
    }.items():
        change = "request: <U+2024> instead of each dot of the token" if name == "a look-alike dot" else None
        file.reject(
            f"not a b64token: {name} [59]", {"Authorization": value}, "credentials_malformed", change=change
        )
    for name, value in {
        "padding": valid + "=",
        "plus": valid + "+",
        "slash": valid + "/",
        "tilde": valid + "~",
    }.items():
        file.reject(f"a b64token that is no JWT: {name} [2,59]", bearer(value), "token_malformed")
    file.reject("a header of 100 KB", bearer("a" * 100_000), "token_too_large")
    file.reject(
        "spaces count as nothing, a token over the limit does", bearer(" " * 9 + "a" * 16_385), "token_too_large"
    )
