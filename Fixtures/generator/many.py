#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Writes many distinct valid tokens, a token a line, for measurements.

python3 Fixtures/generator/many.py 1000000 > tokens.txt              every token another one
python3 Fixtures/generator/many.py 10000000 --distinct 100 > hundred.txt

They are signed with the keys in Fixtures/signing, so Fixtures/keys/google.json verifies them, for the audience
https://service.example.run.app, inside 2023-11-14. A signature takes about 0.6 ms of one core; all cores work.
Needs the package `cryptography` from PyPI, since signing in Python alone would take hours.
"""

import argparse
import base64
import json
import multiprocessing
import pathlib
import sys

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

SIGNING = pathlib.Path(__file__).resolve().parent.parent / "signing"
ISSUED = 1_700_000_000
BATCH = 500


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def read_key(name):
    jwk = json.loads((SIGNING / f"{name}.json").read_text())
    n, e, d, p, q = (
        int.from_bytes(base64.urlsafe_b64decode(jwk[part] + "=" * (-len(jwk[part]) % 4)), "big") for part in "nedpq"
    )
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q), rsa.RSAPublicNumbers(e, n)
    )
    return jwk["kid"], numbers.private_key()


KEYS = [read_key("google-a"), read_key("google-b")]


def token(number):
    key_id, key = KEYS[number % len(KEYS)]
    header = {"alg": "RS256", "kid": key_id, "typ": "JWT"}
    email = f"caller-{number % 50}@my-project.iam.gserviceaccount.com"
    claims = {
        "aud": "https://service.example.run.app",
        "azp": str(100_000_000_000_000_000_000 + number),
        "email": email,
        "email_verified": True,
        "exp": ISSUED + 3_600,
        "iat": ISSUED,
        "iss": "https://accounts.google.com",
        "sub": str(100_000_000_000_000_000_000 + number),
    }
    signed = b".".join(base64url(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims))
    return signed + b"." + base64url(key.sign(signed, padding.PKCS1v15(), hashes.SHA256())) + b"\n"


def batch(start):
    first, count = start
    return b"".join(token(first + i) for i in range(count))


def main():
    parser = argparse.ArgumentParser(prog="Fixtures/generator/many.py")
    parser.add_argument("count", type=int, help="how many lines")
    parser.add_argument("--distinct", type=int, help="how many different tokens; they are repeated in turn")
    arguments = parser.parse_args()
    distinct = min(arguments.distinct or arguments.count, arguments.count)
    batches = [(first, min(BATCH, distinct - first)) for first in range(0, distinct, BATCH)]
    with multiprocessing.Pool() as pool:
        if distinct == arguments.count:
            for lines in pool.imap(batch, batches):
                sys.stdout.buffer.write(lines)
            return
        lines = b"".join(pool.map(batch, batches)).splitlines(keepends=True)
    whole, rest = divmod(arguments.count, distinct)
    block = b"".join(lines)
    for _ in range(whole):
        sys.stdout.buffer.write(block)
    sys.stdout.buffer.writelines(lines[:rest])


if __name__ == "__main__":
    main()
