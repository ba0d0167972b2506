#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""The six tokens that stand in every shape: five genuine ones, and a forged one."""

import datetime
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "Fixtures" / "generator"))

import signing  # noqa: E402  (the fixtures' own RSA code)

AUDIENCE = "https://service.example.run.app"
ISSUER = "https://accounts.google.com"
DATA = pathlib.Path(__file__).resolve().parents[1]
RECORDED = DATA / "recorded.json"
LETTERS = "abcdef"


def day():
    """The day on which the programs were recorded; the tokens are valid on this day only."""
    return datetime.date.fromisoformat(json.loads(RECORDED.read_text())["day"])


def midnight():
    return int(datetime.datetime.combine(day(), datetime.time(), datetime.timezone.utc).timestamp())


def segment(value):
    return signing.base64url(json.dumps(value, separators=(",", ":")).encode())


def mint(key, subject, email):
    header = {"alg": "RS256", "kid": key.id, "typ": "JWT"}
    claims = {
        "aud": AUDIENCE,
        "azp": subject,
        "email": email,
        "email_verified": True,
        "exp": midnight() + 86_400,
        "iat": midnight(),
        "iss": ISSUER,
        "sub": subject,
    }
    signed = f"{segment(header)}.{segment(claims)}"
    return f"{signed}.{signing.base64url(key.sign(signed.encode()))}"


def mint_all():
    """The tokens by letter; `f` is `e` with another caller's claims under the signature of `e`."""
    keys = [signing.Key("google-a"), signing.Key("google-b")]
    made = {}
    for number, letter in enumerate(LETTERS):
        email = f"caller-{letter}@my-project.iam.gserviceaccount.com"
        made[letter] = mint(keys[number % 2], f"10769150350006150715{number}", email)
    header, _, signature = made["e"].split(".")
    made["f"] = ".".join([header, made["f"].split(".")[1], signature])
    return made


TOKENS = mint_all()
VERDICTS = {letter: "rejected" if letter == "f" else "verified" for letter in LETTERS}
