#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Signatures with ES256, and forgeries of them."""

import hashlib
import hmac

from cases.profiles import ProfileFile
from elliptic import K256, P256, ECKey, der_signature, octets32
from samples import PROXY, PROXY_A, PROXY_B, PROXY_STRANGER
from tokens import GOOGLE_A, segments

N = P256.n


def file():
    file = ProfileFile("Signatures: ES256, 64 bytes of r and s, and nothing else.", PROXY)
    file.ok("a valid signature [10,22,54]")
    file.ok("of the other key", key=PROXY_B, change="key: kid and signature are of proxy-b")
    valid(file)
    integers(file)
    encodings(file)
    others(file)
    return file


def forged(file, name, sign, change=None, code="signature_invalid"):
    """`sign` takes r, s and the message."""

    def signature(message):
        return sign(*PROXY_A.integers(digest(message)), message)

    numbers = "22,25,43" if "bytes" in name or "DER" in name else "25,43"
    file.no(f"{name} [{numbers}]", code, sign=signature, change=change or f"signature: {name}")


def digest(message):
    return hashlib.sha256(message).digest()


def pair(r, s):
    return octets32(r) + octets32(s)


def valid(file):
    """Signatures whose integers look unusual."""
    wanted = {
        "r starts with a zero byte": lambda r, s: r >> 248 == 0,
        "s starts with a zero byte": lambda r, s: s >> 248 == 0,
        "the highest bits of both are set": lambda r, s: r >> 255 and s >> 255,
        "the highest bits of both are clear": lambda r, s: not r >> 255 and not s >> 255,
    }
    for name, holds in wanted.items():

        def sign(message, holds=holds):
            z = digest(message)
            nonce = PROXY_A.nonce(z)
            while True:
                r, s = PROXY_A.integers(z, nonce)
                for candidate in (s, N - s):
                    if holds(r, candidate):
                        return pair(r, candidate)
                nonce += 1

        file.ok(name, sign=sign, change=f"signature: {name}")
    file.ok(
        "n - s instead of s is a signature too",
        sign=lambda message: pair(*(lambda r, s: (r, N - s))(*PROXY_A.integers(digest(message)))),
        change="signature: n - s instead of s",
    )


def integers(file):
    """Integers out of range, or wrong ones."""
    for name, value in {
        "0": 0,
        "1": 1,
        "n - 1": N - 1,
        "n": N,
        "n + 1": N + 1,
        "p": P256.p,
        "2**256 - 1": 2**256 - 1,
        "half of n": N // 2,
    }.items():
        forged(file, f"r is {name}", lambda r, s, _, value=value: pair(value, s))
        forged(file, f"s is {name}", lambda r, s, _, value=value: pair(r, value))
        forged(file, f"r and s are {name}", lambda r, s, _, value=value: pair(value, value))
    forged(file, "r is n + r, cut to 32 bytes", lambda r, s, _: pair((r + N) % 2**256, s))
    forged(file, "s is n + s, cut to 32 bytes", lambda r, s, _: pair(r, (s + N) % 2**256))
    forged(file, "r is n - r", lambda r, s, _: pair(N - r, s))
    forged(file, "r is r + 1", lambda r, s, _: pair(r + 1, s))
    forged(file, "s is s + 1", lambda r, s, _: pair(r, s + 1))
    forged(file, "r and s are swapped", lambda r, s, _: pair(s, r))
    forged(file, "r is there twice", lambda r, s, _: pair(r, r))
    forged(file, "s is there twice", lambda r, s, _: pair(s, s))
    forged(file, "little-endian integers", lambda r, s, _: octets32(r)[::-1] + octets32(s)[::-1])
    forged(
        file,
        "the sum of the points is the point at infinity",
        lambda r, s, message: pair(-int.from_bytes(digest(message), "big") * pow(PROXY_A.d, -1, N) % N, s),
    )
    for byte in (0, 31, 32, 63):

        def flipped(r, s, _, byte=byte):
            signature = bytearray(pair(r, s))
            signature[byte] ^= 1
            return bytes(signature)

        forged(file, f"a bit of byte {byte} changed", flipped)


def encodings(file):
    """Other lengths and forms."""
    forged(file, "DER instead of r and s", lambda r, s, _: der_signature(r, s))
    forged(file, "DER, cut to 64 bytes", lambda r, s, _: der_signature(r, s)[:64])
    forged(file, "DER with two zero bytes", lambda r, s, _: (der_signature(r, s) + b"\0\0")[:72])
    forged(file, "DER of 72 bytes", lambda r, s, _: der_signature(r | 1 << 255, s | 1 << 255))
    forged(file, "32 bytes: r alone", lambda r, s, _: octets32(r))
    forged(file, "63 bytes: the last is missing", lambda r, s, _: pair(r, s)[:63])
    forged(file, "63 bytes: the first is missing", lambda r, s, _: pair(r, s)[1:])
    forged(file, "65 bytes: a zero before", lambda r, s, _: b"\0" + pair(r, s))
    forged(file, "65 bytes: a zero after", lambda r, s, _: pair(r, s) + b"\0")
    forged(file, "65 bytes: n + r in 33 bytes", lambda r, s, _: (r + N).to_bytes(33, "big") + octets32(s))
    forged(file, "65 bytes: n + s in 33 bytes", lambda r, s, _: octets32(r) + (s + N).to_bytes(33, "big"))
    forged(file, "65 bytes: a recovery ID after", lambda r, s, _: pair(r, s) + b"\x1b")
    forged(file, "66 bytes: a zero before each integer", lambda r, s, _: b"\0" + octets32(r) + b"\0" + octets32(s))
    forged(file, "72 bytes: four zeros before each", lambda r, s, _: bytes(4) + octets32(r) + bytes(4) + octets32(s))
    forged(file, "96 bytes, as ES384 has", lambda r, s, _: bytes(16) + octets32(r) + bytes(16) + octets32(s))
    forged(file, "128 bytes: both twice", lambda r, s, _: pair(r, s) * 2)
    forged(file, "hexadecimal digits", lambda r, s, _: pair(r, s).hex().encode())
    forged(file, "one byte", lambda r, s, _: b"\1")
    forged(file, "64 zero bytes", lambda r, s, _: bytes(64))
    forged(file, "256 bytes, as RS256 has", lambda r, s, message: GOOGLE_A.sign(message))


def others(file):
    """Other keys, messages and algorithms."""
    for digest_name in ("sha1", "sha384", "sha512"):
        file.no(
            f"over the {digest_name} of the message [25]",
            "signature_invalid",
            sign=lambda message, name=digest_name: PROXY_A.sign(message, name),
            change=f"signature: over the {digest_name} of the message",
        )
    forged(file, "over the digest of the digest", lambda r, s, message: PROXY_A.sign(digest(message)))
    forged(file, "over the header alone", lambda r, s, message: PROXY_A.sign(message.split(b".")[0]))
    forged(file, "over the claims alone", lambda r, s, message: PROXY_A.sign(message.split(b".")[1]))
    forged(file, "over another token", lambda r, s, message: PROXY_A.sign(message + b"A"))
    forged(file, "by the other key", lambda r, s, message: PROXY_B.sign(message))
    forged(file, "by a stranger", lambda r, s, message: PROXY_STRANGER.sign(message))
    forged(file, "with the curve secp256k1", lambda r, s, message: ECKey("k", K256, PROXY_A.d).sign(message))
    file.no(
        "a stranger with its own kid",
        "key_unknown",
        key=PROXY_STRANGER,
        change="key: kid and signature are of proxy-stranger",
    )
    jwk = {"jwk": PROXY_STRANGER.public_jwk(), "kid": PROXY_A.id}
    file.no(
        "a stranger with its key in the header [5]",
        "signature_invalid",
        header=jwk,
        sign=PROXY_STRANGER.sign,
        change="header: jwk is the key of proxy-stranger; signature: by proxy-stranger",
    )
    secret = PROXY_A.public_pem().encode()
    file.no(
        "HS256 with the public key as the secret [43]",
        "algorithm_unsupported",
        header={"alg": "HS256"},
        sign=lambda message: hmac.digest(secret, message, "sha256"),
        change="header: alg is HS256; signature: HMAC with the public key in PEM form",
    )
    file.no(
        "RS256 with a key of Google's ID tokens [46]",
        "algorithm_unsupported",
        header={"alg": "RS256", "kid": GOOGLE_A.id},
        sign=GOOGLE_A.sign,
        change="header: alg is RS256, kid that of google-a; signature: by google-a",
    )
    file.no(
        "RS256 by a Google key under the proxy's kid [46]",
        "signature_invalid",
        sign=GOOGLE_A.sign,
        change="signature: RS256 by google-a",
    )
    start, middle, end = segments(PROXY.token())
    other = segments(PROXY.token({"email": "other@example.com"}))
    for name, token in {
        "claims of another token [10]": f"{start}.{other[1]}.{end}",
        "signature of another token": f"{start}.{middle}.{other[2]}",
        "signature with padding": f"{start}.{middle}.{end}==",
        "signature in base64": f"{start}.{middle}.{end[:-2]}+/",
    }.items():
        code = "signature_invalid" if "another" in name else "token_malformed"
        file.sent(name, PROXY.sent(token), code, f"token: {name.split(' [')[0]}")
    file.sent(
        "unused bits of the last character are not zero",
        PROXY.sent(f"{start}.{middle}.{end[:-1]}{chr(ord(end[-1]) + 1)}"),
        "token_malformed",
        "signature: another last character that decodes to the same bytes",
    )
