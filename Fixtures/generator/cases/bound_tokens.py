#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Tokens that are bound to a client certificate (RFC 8705)."""

import base64
import hashlib

from files import CaseFile
from samples import AGENT_TOKEN, ALL, CERTIFICATE
from signing import base64url
from tokens import ABSENT

# A digest whose encodings in base64 and in base64url differ.
OTHER = next(
    digest
    for digest in (hashlib.sha256(bytes([i])).digest() for i in range(256))
    if {"-", "_"} <= set(base64url(digest))
)


def file():
    file = CaseFile("Tokens with cnf are accepted only with the client's certificate, whatever issued them.")
    for name, sample in ALL.items():
        each(file, name, sample)
    encodings(file)
    return file


def add(file, name, sample, cnf, certificate, code=None, change=None):
    members = dict(sample.defaults)
    if certificate is not None:
        members["clientCertificate"] = base64url(certificate)
    claims = {} if cnf is ABSENT else {"cnf": cnf}
    sent = sample.sent(sample.token(claims))
    change = change or sample.phrase(claims, {})
    if code is None:
        file.accept(name, sent, {"sub": sample.members["sub"]}, change=change, **members)
    else:
        file.reject(name, sent, code, change=change, **members)


def each(file, name, sample):
    bound = {"x5t#S256": base64url(CERTIFICATE)}
    failed = "confirmation_failed"
    add(file, f"{name}: bound, with the certificate", sample, bound, CERTIFICATE)
    add(file, f"{name}: bound, without a certificate", sample, bound, None, failed)
    add(file, f"{name}: bound, with another certificate", sample, bound, OTHER, failed)
    add(file, f"{name}: not bound, with a certificate", sample, ABSENT, CERTIFICATE)
    add(file, f"{name}: bound to a key", sample, {"jkt": base64url(CERTIFICATE)}, CERTIFICATE, failed)
    add(file, f"{name}: cnf is null", sample, None, CERTIFICATE, failed)


def encodings(file):
    sample, failed = AGENT_TOKEN, "confirmation_failed"
    standard = base64.b64encode(OTHER).decode()
    thumbprint = base64url(OTHER)
    for name, value in {"base64url": thumbprint, "base64 without padding": standard.rstrip("=")}.items():
        add(file, f"in {name}", sample, {"x5t#S256": value}, OTHER)
    add(file, "beside a key", sample, {"jwk": {"kty": "EC"}, "x5t#S256": thumbprint}, OTHER)
    mixed = thumbprint.replace("-", "+")
    for name, value in {
        "base64 with padding": standard,
        "base64url with padding": thumbprint + "=",
        "a mix of both": mixed,
        "hexadecimal digits": OTHER.hex(),
        "a character less": thumbprint[:-1],
        "a character more": thumbprint + "A",
        "another last character": thumbprint[:-1] + chr(ord(thumbprint[-1]) + 1),
        "a space more": thumbprint + " ",
        "empty": "",
        "null": None,
        "a number": 1,
        "a list": [thumbprint],
        "the SHA-1": base64url(OTHER[:20]),
    }.items():
        add(file, f"not in {name}", sample, {"x5t#S256": value}, OTHER, failed)
    for name, value in {
        "a string": thumbprint,
        "a list": [thumbprint],
        "a list with an object": [{"x5t#S256": thumbprint}],
        "empty": {},
        "with another name": {"x5t#s256": thumbprint},
        "with the name for SHA-1": {"x5t": thumbprint},
    }.items():
        add(file, f"cnf is {name}", sample, value, OTHER, failed)
