#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Key documents with keys on a curve."""

from cases.profiles import ProfileFile
from documents import jwk_set
from elliptic import K256, P256, ECKey, explicit_parameters, octets32, pem
from samples import PROXY, PROXY_A, PROXY_B
from signing import base64url, certificate
from tokens import GOOGLE_A


def file():
    file = ProfileFile("Key documents for ES256: JWKs on the curve P-256, or key IDs with public keys in PEM form.", PROXY)
    jwks(file)
    pems(file)
    return file


def jwks(file):
    valid = PROXY_A.public_jwk()
    x, y = octets32(PROXY_A.x), octets32(PROXY_A.y)
    for name, keys in {
        "alg is not named": [PROXY_A.public_jwk(alg=None)],
        "use is not named": [PROXY_A.public_jwk(use=None)],
        "key_ops says verify": [PROXY_A.public_jwk(key_ops=["verify"])],
        "a member that is unknown": [PROXY_A.public_jwk(extra=1)],
        "beside an RSA key": [GOOGLE_A.public_jwk(), valid],
        "beside an unusable key": [PROXY_B.public_jwk(x="AA"), valid],
        "beside a key with another curve": [PROXY_B.public_jwk(crv="P-384"), valid],
        "beside no key at all": [1, valid],
    }.items():
        file.ok(name, keys=jwk_set(*keys), change=f"keys: {name}")
    for name, changes in {
        "kty is RSA": {"kty": "RSA"},
        "kty is OKP": {"kty": "OKP"},
        "kty in lower case": {"kty": "ec"},
        "kty absent": {"kty": None},
        "crv is P-384": {"crv": "P-384"},
        "crv is P-521": {"crv": "P-521"},
        "crv is secp256k1": {"crv": "secp256k1"},
        "crv is another name of P-256": {"crv": "prime256v1"},
        "crv absent": {"crv": None},
        "alg is RS256": {"alg": "RS256"},
        "alg is ES384": {"alg": "ES384"},
        "alg is a list": {"alg": ["ES256"]},
        "use is enc": {"use": "enc"},
        "key_ops says sign": {"key_ops": ["sign"]},
        "kid absent": {"kid": None},
        "x absent": {"x": None},
        "y absent": {"y": None},
        "x is a number": {"x": PROXY_A.x},
        "x has 31 bytes": {"x": base64url(x[1:])},
        "x has 33 bytes": {"x": base64url(b"\0" + x)},
        "y has 33 bytes": {"y": base64url(b"\0" + y)},
        "x has padding": {"x": base64url(x) + "="},
        "x in base64": {"x": "+" + base64url(x)[1:]},
        "x is the whole point": {"x": base64url(b"\4" + x + y)},
        "y is changed by one": {"y": base64url(octets32(PROXY_A.y ^ 1))},
        "x and y are swapped": {"x": base64url(y), "y": base64url(x)},
        "x and y are zero": {"x": base64url(bytes(32)), "y": base64url(bytes(32))},
        "x is not less than p": {"x": base64url(octets32(P256.p))},
        "x and y are the largest": {"x": base64url(b"\xff" * 32), "y": base64url(b"\xff" * 32)},
        "a point of the curve secp256k1": {
            "x": base64url(octets32(K256.x)),
            "y": base64url(octets32(K256.y)),
        },
    }.items():
        jwk = PROXY_A.public_jwk(**changes)
        file.no(f"{name} [13,23]", "key_unknown", keys=jwk_set(jwk, PROXY_B.public_jwk()), change=f"keys: {name}")
        if name in ("crv is P-384", "x and y are zero", "kty is RSA"):
            file.no(f"no other key: {name}", "keys_unavailable", keys=jwk_set(jwk), change=f"keys: {name}, alone")
    file.no(
        "the other point with the same x",
        "signature_invalid",
        keys=jwk_set(PROXY_A.public_jwk(y=base64url(octets32(P256.p - PROXY_A.y)))),
        change="keys: y is p - y",
    )
    file.no(
        "a key ID twice [15]",
        "key_unknown",
        keys=jwk_set(valid, PROXY_B.public_jwk(kid=PROXY_A.id), PROXY_B.public_jwk()),
        change="keys: proxy-b has the kid of proxy-a too",
    )
    file.no("only RSA keys", "keys_unavailable", keys="google.json", change="keys: Google's for ID tokens")
    file.no(
        "an RSA key under the assertion's kid",
        "key_unknown",
        keys=jwk_set(GOOGLE_A.public_jwk(kid=PROXY_A.id, alg=None), PROXY_B.public_jwk()),
        change="keys: google-a with the kid of proxy-a, without alg",
    )


def pems(file):
    file.ok("key IDs with public keys", keys="proxy-pem.json", change="none")
    file.ok(
        "key IDs with public keys, of the other key",
        key=PROXY_B,
        keys="proxy-pem.json",
        change="key: kid and signature are of proxy-b",
    )
    k256 = ECKey("k", K256, 12345)
    for name, value in {
        "a certificate": certificate("elliptic"),
        "a certificate with an RSA key": certificate("google-a"),
        "an RSA key": GOOGLE_A.public_pem(),
        "a key on secp256k1": k256.public_pem(bytes.fromhex("06052b8104000a")),
        "a point that is not on the curve": k256.public_pem(),
        "a curve that is described, not named": PROXY_A.public_pem(explicit_parameters(P256)),
        "a described curve with the key as its base point": PROXY_A.public_pem(
            explicit_parameters(P256, (PROXY_A.x, PROXY_A.y))
        ),
        "a PEM text of no key": pem(b"no key"),
        "a PEM text with another label": PROXY_A.public_pem().replace("PUBLIC KEY", "CERTIFICATE"),
        "a PEM text that is cut short": PROXY_A.public_pem()[:100],
        "an empty text": "",
        "a number": 1,
        "null": None,
    }.items():
        document = {PROXY_A.id: value, PROXY_B.id: PROXY_B.public_pem()}
        file.no(f"instead of a public key, {name}", "key_unknown", keys=document, change=f"keys: {name} for proxy-a")
        if name in ("a certificate", "an RSA key"):
            file.no(f"for no other key, {name}", "keys_unavailable", keys={PROXY_A.id: value}, change=f"keys: {name} alone")
    file.no("certificates of RSA keys", "keys_unavailable", keys="google-certificates.json", change="keys: Google's")
