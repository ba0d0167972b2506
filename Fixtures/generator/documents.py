#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""The key documents that stand in files: Google's two forms, and what is too odd to stand inside a case."""

import json

from samples import AGENTS, FIREBASE, PROXY_A, PROXY_B, SESSION
from tokens import GOOGLE_A, GOOGLE_B, text


def jwk_set(*jwks, **members):
    return {"keys": list(jwks), **members}


def files():
    google = jwk_set(GOOGLE_A.public_jwk(), GOOGLE_B.public_jwk())
    certificates = {key.id: key.certificate() for key in (GOOGLE_A, GOOGLE_B)}
    a, b = text(GOOGLE_A.public_jwk()), text(GOOGLE_B.public_jwk())
    return {
        "google.json": json.dumps(google, indent=2) + "\n",
        "google-certificates.json": json.dumps(certificates, indent=2) + "\n",
        "proxy.json": json.dumps(jwk_set(PROXY_A.public_jwk(), PROXY_B.public_jwk()), indent=2) + "\n",
        "proxy-pem.json": json.dumps({key.id: key.public_pem() for key in (PROXY_A, PROXY_B)}, indent=2) + "\n",
        "firebase.json": json.dumps(jwk_set(FIREBASE.public_jwk()), indent=2) + "\n",
        "firebase-session.json": json.dumps({SESSION.id: SESSION.certificate()}, indent=2) + "\n",
        "agents.json": json.dumps(jwk_set(AGENTS.public_jwk()), indent=2) + "\n",
        "web-page.json": "<!DOCTYPE html><title>503</title><p>Try again later.\n",
        "empty-file.json": "",
        "cut-short.json": text(google)[:-40],
        "trailing-bytes.json": text(google) + "]",
        "byte-order-mark.json": "\ufeff" + text(google),
        "keys-twice.json": f'{{"keys":[{b}],"keys":[{a}]}}',
        "name-twice-in-one-key.json": f'{{"keys":[{a[:-1]},"use":"sig"}},{b}]}}',
        "certificate-twice.json": (
            f"{{{text(GOOGLE_A.id)}:{text(GOOGLE_B.certificate())},"
            f"{text(GOOGLE_A.id)}:{text(GOOGLE_A.certificate())},{text(GOOGLE_B.id)}:{text(GOOGLE_B.certificate())}}}"
        ),
    }
