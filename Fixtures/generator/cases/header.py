#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""What a header says: algorithm, type, critical extensions, key ID, and keys that it brings along."""

import hmac

from files import CaseFile
from signing import base64url
from tokens import ABSENT, GOOGLE_A, STRANGER, claims, encoded, header, text, token, with_header


def file():
    file = CaseFile("The header: alg, typ, cty, crit, kid; jku, jwk, x5u and x5c are never a source of keys.")
    algorithm(file)
    types(file)
    critical(file)
    key_id(file)
    embedded(file)
    return file


def algorithm(file):
    file.accept("alg RS256 [11,40,54]", token())
    for value in ("none", "None", "nOnE", "NONE", "none ", ""):
        file.reject(f"alg {value!r} [24,42]", with_header(alg=value), "algorithm_unsupported")
    file.reject(
        "alg none and one byte of signature [24,42]",
        token(header(alg="none"), sign=lambda _: b"\0"),
        "algorithm_unsupported",
        change='header: alg is "none" instead of RS256; signature: one byte, 00',
    )
    for value in (
        "rs256",
        "Rs256",
        "RS256 ",
        " RS256",
        "RS256\0",
        "RS-256",
        "RS2560",
        "RSA256",
        "RSA-SHA256",
        "SHA256withRSA",
        "\uff32S256",
        "R\u0405256",
    ):
        file.reject(f"alg {value!r} [6]", with_header(alg=value), "algorithm_unsupported")
    for value in (
        "RS1",
        "RS384",
        "RS512",
        "PS256",
        "PS384",
        "PS512",
        "ES256",
        "ES384",
        "ES512",
        "ES256K",
        "EdDSA",
        "RSA1_5",
        "dir",
    ):
        file.reject(f"alg {value} [11,40]", with_header(alg=value), "algorithm_unsupported")
    file.reject(
        "alg RS512, signed so [11,40]",
        token(header(alg="RS512"), sign=lambda m: GOOGLE_A.sign(m, "sha512")),
        "algorithm_unsupported",
        change="header: alg is RS512 instead of RS256; signature: made with SHA-512",
    )
    secrets = {
        "the certificate": GOOGLE_A.certificate().encode(),
        "the modulus": GOOGLE_A.n.to_bytes(256, "big"),
        "the modulus in base64url": GOOGLE_A.jwk["n"].encode(),
        "the public key in PEM": GOOGLE_A.public_pem().encode(),
        "the public key in PEM without the last line break": GOOGLE_A.public_pem().strip().encode(),
        "the public key in DER": GOOGLE_A.public_der(),
        "the JWK": text(GOOGLE_A.public_jwk()).encode(),
        "nothing": b"",
    }
    for name, secret in secrets.items():
        for value in ("HS256", "HS384", "HS512"):
            file.reject(
                f"alg {value}, with {name} as the secret [41]",
                token(header(alg=value), sign=mac(secret, value)),
                "algorithm_unsupported",
                change=f"header: alg is {value} instead of RS256; signature: {value} with {name} as the secret",
            )
    for name, value in {
        "absent": ABSENT,
        "null": None,
        "number": 256,
        "true": True,
        "array": ["RS256"],
        "object": {"RS256": 1},
    }.items():
        file.reject(f"alg {name} [6]", with_header(alg=value), "algorithm_unsupported")
    file.reject("an empty header [6]", token("{}"), "algorithm_unsupported")
    for value in ("hs256", "Hs256", "HS256 ", "HMACSHA256"):
        file.reject(
            f"alg {value!r}, with the public key in PEM as the secret [6,41]",
            token(header(alg=value), sign=mac(GOOGLE_A.public_pem().encode(), "HS256")),
            "algorithm_unsupported",
            change=f'header: alg is "{value}" instead of RS256; signature: HS256 with the PEM text as the secret',
        )


def mac(secret, algorithm):
    return lambda message: hmac.new(secret, message, f"sha{algorithm[2:]}").digest()


def types(file):
    file.accept("typ absent [37]", with_header(typ=ABSENT))
    for value in ("JWT", "jwt", "Jwt", "application/jwt", "APPLICATION/JWT"):
        file.accept(f"typ {value} [37]", with_header(typ=value))
    for value in (
        "at+jwt",
        "application/at+jwt",
        "logout+jwt",
        "secevent+jwt",
        "dpop+jwt",
        "JOSE",
        "JWS",
        "JWT ",
        "",
        "text/jwt",
        "application/application/jwt",
        "J\u0174T",
    ):
        file.reject(f"typ {value!r} [37]", with_header(typ=value), "header_unsupported")
    for name, value in {"null": None, "number": 1, "true": True, "array": ["JWT"], "object": {}}.items():
        file.reject(f"typ {name} [37]", with_header(typ=value), "header_unsupported")
    for value in ("JWT", "jwt", "application/jwt"):
        file.reject(f"cty {value} [38]", with_header(cty=value), "header_unsupported")
    file.accept("cty of another kind", with_header(cty="json"))


def critical(file):
    for name, value in {
        "unknown": ["unknown"],
        "empty": [],
        "registered": ["alg"],
        "a claim": ["exp"],
        "b64": ["b64"],
        "a string": "exp",
        "null": None,
        "an object": {},
        "a name twice": ["x", "x"],
        "a number": [1],
    }.items():
        file.reject(f"crit {name} [7]", with_header(crit=value), "header_unsupported")
    file.reject("crit and what it names [7]", with_header(crit=["x"], x=1), "header_unsupported")
    file.reject("crit b64 with b64 false [7]", with_header(crit=["b64"], b64=False), "header_unsupported")
    file.accept("b64 without crit is an unknown name", with_header(b64=True))
    file.accept("b64 false without crit is an unknown name", with_header(b64=False))
    for name, crit in {"with crit": ["b64"], "without crit": ABSENT}.items():
        start = encoded(header(b64=False, crit=crit))
        signature = base64url(GOOGLE_A.sign(f"{start}.{claims()}".encode()))
        said = "" if crit is ABSENT else ' and crit is ["b64"]'
        file.reject(
            f"b64 false {name}, the claims as they are [2]",
            f"{start}.{claims()}.{signature}",
            "token_malformed",
            change=f"header: b64 is false{said}; claims segment: the claims, not in base64url",
        )


def key_id(file):
    for name, value in {
        "absent": ABSENT,
        "null": None,
        "number": 7,
        "true": True,
        "array": [GOOGLE_A.id],
        "object": {"kid": GOOGLE_A.id},
    }.items():
        file.reject(f"kid {name} [9]", with_header(kid=value), "key_id_missing")
    for name, value in {
        "empty": "",
        "in upper case": GOOGLE_A.id.upper(),
        "with a space after": GOOGLE_A.id + " ",
        "cut": GOOGLE_A.id[:-1],
        "with a null character after": GOOGLE_A.id + "\0",
        "longer": GOOGLE_A.id + "0",
    }.items():
        file.reject(f"kid {name} [9,17]", with_header(kid=value), "key_unknown")
    for name, value in {
        "a path": "../../../../dev/null",
        "a URL": "https://keys.example/a",
        "SQL": "' OR 1=1 --",
        "a line break": "a\r\nSet-Cookie: b",
        "10 KB": "a" * 10_000,
        "an escape sequence": "\x1b[2J",
        "a format": "%s%n%x",
        "a letter outside ASCII": "\u202e",
    }.items():
        file.reject(f"kid is {name} [49]", with_header(kid=value), "key_unknown")
    file.reject("kid of a stranger [46]", token(key=STRANGER), "key_unknown")


def embedded(file):
    """Keys that a token brings: ignored beside a valid signature, useless beside a stranger's."""
    jwk = STRANGER.public_jwk(kid=GOOGLE_A.id)
    certificate = "".join(STRANGER.certificate().split("\n")[1:-2])
    for name, member in {
        "jwk": jwk,
        "jku": "http://127.0.0.1:1/certs",
        "x5u": "http://127.0.0.1:1/cert",
        "x5c": [certificate],
        "x5t": "AAAA",
        "x5t#S256": "AAAA",
    }.items():
        file.accept(f"{name} is ignored [8]", with_header(**{name: member}))
        file.reject(
            f"{name} of a stranger, Google's kid [8,49]",
            token(header(**{name: member}), sign=STRANGER.sign),
            "signature_invalid",
        )
        file.reject(
            f"{name} of a stranger, with its kid [8,49]",
            token(header(STRANGER, **{name: member}), key=STRANGER),
            "key_unknown",
        )
        file.reject(
            f"{name} of a stranger, no kid [8,49]",
            token(header(kid=ABSENT, **{name: member}), sign=STRANGER.sign),
            "key_id_missing",
        )
