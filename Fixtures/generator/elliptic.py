#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""ECDSA on curves of 256 bits as FIPS 186-4 writes it, and ways of getting it wrong."""

import base64
import dataclasses
import functools
import hashlib
import hmac
import json
import secrets

from signing import FOLDER, base64url, der, hash_of, octets, unbase64url

EC_KEYS = ("proxy-a", "proxy-b", "proxy-stranger")


@dataclasses.dataclass(frozen=True)
class Curve:
    """y**2 = x**3 + a x + b over the integers modulo p, with a base point of order n."""

    name: str
    p: int
    a: int
    b: int
    n: int
    x: int
    y: int

    def add(self, one, other):
        """The sum of two points; None is the point at infinity."""
        if one is None or other is None:
            return one or other
        if one[0] == other[0]:
            if (one[1] + other[1]) % self.p == 0:
                return None
            slope = (3 * one[0] ** 2 + self.a) * pow(2 * one[1], -1, self.p)
        else:
            slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, self.p)
        x = (slope**2 - one[0] - other[0]) % self.p
        return x, (slope * (one[0] - x) - one[1]) % self.p

    def times(self, number):
        """A multiple of the base point, in projective coordinates (x / z**2, y / z**3) until the end."""
        p, total = self.p, None
        for bit, (x2, y2) in enumerate(doubled(self)):
            if not number >> bit & 1:
                continue
            if total is None:
                total = x2, y2, 1
                continue
            x1, y1, z1 = total
            h, r = (x2 * z1**2 - x1) % p, (y2 * z1**3 - y1) % p
            x3 = (r * r - h**3 - 2 * x1 * h * h) % p
            total = x3, (r * (x1 * h * h - x3) - y1 * h**3) % p, z1 * h % p
        x, y, z = total
        inverse = pow(z, -1, p)
        return x * inverse**2 % p, y * inverse**3 % p


@functools.cache
def doubled(curve):
    """The base point times each power of two."""
    points = [(curve.x, curve.y)]
    for _ in range(255):
        points.append(curve.add(points[-1], points[-1]))
    return points


# SEC 2 §2.4.2 and §2.4.1.
P256 = Curve(
    "P-256",
    0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF,
    -3,
    0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
    0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
K256 = Curve(
    "secp256k1",
    0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F,
    0,
    7,
    0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141,
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)


class ECKey:
    """A key pair on a curve, read from its JWK or made of a private number."""

    def __init__(self, name, curve=P256, number=None):
        self.name, self.curve = name, curve
        if number is None:
            jwk = json.loads((FOLDER / f"{name}.json").read_text())
            self.id, number = jwk["kid"], int.from_bytes(unbase64url(jwk["d"]), "big")
        else:
            self.id = f"key-{number:x}"[:10]
        self.d = number
        self.x, self.y = curve.times(number)

    def public_jwk(self, **changes):
        """The JWK as Identity-Aware Proxy publishes one."""
        members = {"alg": "ES256", "crv": self.curve.name, "kid": self.id, "kty": "EC", "use": "sig"}
        members.update(x=base64url(octets32(self.x)), y=base64url(octets32(self.y)))
        members.update(changes)
        return {name: value for name, value in members.items() if value is not None}

    def public_pem(self, parameters=None):
        """The SubjectPublicKeyInfo of RFC 5480 in PEM form."""
        parameters = parameters or bytes.fromhex("06082a8648ce3d030107")
        point = b"\4" + octets32(self.x) + octets32(self.y)
        algorithm = der(0x30, bytes.fromhex("06072a8648ce3d0201"), parameters)
        return pem(der(0x30, algorithm, der(0x03, b"\0" + point)))

    @functools.cache
    def sign(self, message, digest="sha256"):
        return b"".join(map(octets32, self.integers(hash_of(message, digest)[:32])))

    def integers(self, digest, nonce=None):
        """r and s (SEC 1 §4.1.3), by default with the nonce of RFC 6979 §3.2."""
        z, n = int.from_bytes(digest, "big"), self.curve.n
        k = nonce or self.nonce(digest)
        r = self.curve.times(k)[0] % n
        return r, pow(k, -1, n) * (z + r * self.d) % n

    def nonce(self, digest):
        n = self.curve.n
        start = octets32(self.d) + octets32(int.from_bytes(digest, "big") % n)
        v, k = b"\1" * 32, b"\0" * 32
        for separator in (b"\0", b"\1"):
            k = hmac.digest(k, v + separator + start, "sha256")
            v = hmac.digest(k, v, "sha256")
        while True:
            v = hmac.digest(k, v, "sha256")
            candidate = int.from_bytes(v, "big")
            if 1 <= candidate < n:
                return candidate
            k = hmac.digest(k, v + b"\0", "sha256")
            v = hmac.digest(k, v, "sha256")


def explicit_parameters(curve, point=None):
    """Parameters that describe a curve, and maybe another base point, instead of naming it (RFC 3279 §2.3.5)."""
    x, y = point or (curve.x, curve.y)
    field = der(0x30, bytes.fromhex("06072a8648ce3d0101"), integer(curve.p))
    numbers = der(0x30, der(0x04, octets32(curve.a % curve.p)), der(0x04, octets32(curve.b)))
    base = der(0x04, b"\4" + octets32(x) + octets32(y))
    return der(0x30, integer(1), field, numbers, base, integer(curve.n), integer(1))


def der_signature(r, s):
    """A signature in DER (RFC 3279 §2.2.3)."""
    return der(0x30, integer(r), integer(s))


def integer(number):
    data = octets(number) or b"\0"
    return der(0x02, (b"\0" if data[0] & 0x80 else b"") + data)


def pem(data, label="PUBLIC KEY"):
    text = base64.b64encode(data).decode()
    lines = "\n".join(text[start : start + 64] for start in range(0, len(text), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n"


def octets32(number):
    return number.to_bytes(32, "big")


def make_keys():
    """Makes all keys on curves anew; every assertion changes with them."""
    for name in EC_KEYS:
        number = secrets.randbelow(P256.n - 1) + 1
        x, y = P256.times(number)
        jwk = {"kty": "EC", "crv": "P-256", "kid": base64url(hashlib.sha256(octets32(x)).digest())[:6]}
        jwk.update(x=base64url(octets32(x)), y=base64url(octets32(y)), d=base64url(octets32(number)))
        (FOLDER / f"{name}.json").write_text(json.dumps(jwk, indent=2) + "\n")
