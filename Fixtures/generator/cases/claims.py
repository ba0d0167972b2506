#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""The types of the claims that a verifier reads, and the others, which it passes on."""

from files import CaseFile
from tokens import ABSENT, EMAIL, EXPIRES, ISSUED, NOW, SUBJECT, claims, token, with_claims

HUGE = {"1e400", "-1e400", "9" * 400}


def file():
    file = CaseFile("Claims: sub is text, dates are numbers, what is not understood is ignored and passed on.")
    file.accept(
        "every claim of a plain token [25,47]",
        token(),
        {"sub": SUBJECT, "email": EMAIL, "email_verified": True, "iat": ISSUED, "exp": EXPIRES},
    )
    subject(file)
    dates(file)
    others(file)
    return file


def subject(file):
    for name, value in {
        "21 digits": "1" * 21,
        "larger than 64 bits": "99999999999999999999",
        "one letter": "a",
        "255 letters": "a" * 255,
        "a space": " ",
        "leading zeros": "000123",
        "of Identity-Aware Proxy": "accounts.google.com:1000",
    }.items():
        file.accept(f"sub: {name} [30]", with_claims(sub=value), {"sub": value})
    for name, value in {
        "absent": ABSENT,
        "null": None,
        "a number": 104029292853099978293,
        "a small number": 1,
        "true": True,
        "a list": [SUBJECT],
        "an object": {},
        "empty": "",
        "256 letters": "a" * 256,
        "a letter outside ASCII": "\u0661\u0662",
        "an accent": "a\u0301",
    }.items():
        file.reject(f"sub: {name} [30]", with_claims(sub=value), "claims_malformed")


def dates(file):
    for name in ("iat", "exp"):
        numbers = "34" if name == "iat" else "32"
        file.reject(f"{name} absent [{numbers}]", with_claims(**{name: ABSENT}), "claims_malformed")
        file.reject(f"{name} null [{numbers}]", with_claims(**{name: None}), "claims_malformed")
    for name in ("iat", "exp", "nbf"):
        number = {"iat": ISSUED, "exp": EXPIRES, "nbf": ISSUED}[name]
        for title, value in {
            "text": str(number),
            "true": True,
            "a list": [number],
            "an object": {},
            "empty text": "",
            "a date as text": "2023-11-14T22:13:20Z",
        }.items():
            file.reject(f"{name} is {title} [35]", with_claims(**{name: value}), "claims_malformed")
        for value in sorted(HUGE):
            file.reject(f"{name} is beyond all numbers: {value[:6]} [35]", raw(name, value), "claims_malformed")
        for value in (
            f"{number}.0",
            f"{number}.5",
            f"{number}000e-3",
            f"{number / 1e9:.9f}e9",
            f"{number / 1e9:.9f}E+9",
        ):
            file.accept(f"{name} written as {value} [35]", raw(name, value))
    file.reject("nbf null [33]", with_claims(nbf=None), "claims_malformed")


def raw(name, value):
    """A token with a claim in just this spelling."""
    return token(claims_text=claims(**{name: ABSENT})[:-1] + f',"{name}":{value}}}')


def others(file):
    for name, value in {
        "jti": "abc",
        "nonce": "n",
        "at_hash": "h",
        "auth_time": 1,
        "hd": "example.com",
        "locale": "de",
        "unknown": {"a": [1, 2.5, None, True]},
        "https://example.com/claim": "x",
        "": "x",
        "picture": None,
        "google": {"compute_engine": {"project_number": 1, "zone": "z"}, "organization_number": None},
    }.items():
        file.accept(f"passed on: {name} [28]", with_claims(**{name: value}), {name: value})
    for name, value in {
        "azp absent": ABSENT,
        "azp of another": "1",
        "azp is the audience": "https://service.example.run.app",
        "azp a number": 7,
        "azp an e-mail address": EMAIL,
    }.items():
        file.accept(f"never compared: {name} [53]", with_claims(azp=value), {"sub": SUBJECT})
    for name, changes in {
        "email absent": {"email": ABSENT},
        "email null": {"email": None},
        "email a number": {"email": 1},
        "email_verified absent": {"email_verified": ABSENT},
        "email_verified text": {"email_verified": "true"},
        "email_verified false": {"email_verified": False},
        "hd a number": {"hd": 1},
        "google text": {"google": "x"},
    }.items():
        file.accept(
            f"not needed when any identity may call: {name}", with_claims(**changes), {"sub": SUBJECT, "exp": EXPIRES}
        )
    file.accept("the time is the verifier's, not the token's", with_claims(now=0, time="2001"), {"iat": NOW - 60})
