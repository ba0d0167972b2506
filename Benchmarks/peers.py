#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Measures google-auth and PyJWT on one token, with the keys at hand."""

import importlib.metadata
import json
import statistics
import sys
import time

import jwt
from cryptography.hazmat.primitives import serialization
from google.auth import jwt as google_jwt

AUDIENCE = "https://profiles-123456789012.europe-west1.run.app"

token = open(sys.argv[1]).read()
keys = {key.key_id: key.key for key in jwt.PyJWKSet.from_dict(json.load(open(sys.argv[2]))).keys}
pem = {
    key_id: key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    for key_id, key in keys.items()
}


def pyjwt():
    key = keys[jwt.get_unverified_header(token)["kid"]]
    jwt.decode(token, key, algorithms=["RS256"], audience=AUDIENCE, issuer="https://accounts.google.com")


def google_auth():
    google_jwt.decode(token, certs=pem, audience=AUDIENCE, clock_skew_in_seconds=30)


for name, call in ("google-auth", google_auth), ("PyJWT", pyjwt):
    samples = []
    for _ in range(60):
        start = time.process_time_ns()
        for _ in range(50):
            call()
        samples.append((time.process_time_ns() - start) / 50 / 1000)
    version = importlib.metadata.version(name)
    low, median, high = statistics.quantiles(samples, n=4)
    print(f"| {name} {version} | {median:.3f} | {min(samples):.3f} | | {low:.1f}–{high:.1f} µs | | |")
