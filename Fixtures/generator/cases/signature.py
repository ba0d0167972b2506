#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Signatures: changed, of another key, of another length, of another scheme, and forged paddings."""

from documents import jwk_set
from files import CaseFile
from signing import DIGEST_INFO, Key, base64url, hash_of
from tokens import (
    FIREBASE,
    GOOGLE_A,
    GOOGLE_B,
    STRANGER,
    claims,
    encoded,
    header,
    segments,
    token,
    with_claims,
)


def file():
    file = CaseFile("Signatures: RSASSA-PKCS1-v1_5 with SHA-256 over the bytes as they came, and nothing else.")
    file.accept("a valid signature [10,19,54]", token())
    file.accept("of the other key", token(key=GOOGLE_B))
    changed(file)
    of_others(file)
    lengths(file)
    paddings(file)
    return file


def rejected(file, name, sign, numbers="25,43", change=None):
    file.reject(f"{name} [{numbers}]", token(sign=sign), "signature_invalid", change=change)


def changed(file):
    start, middle, end = segments()
    signature = GOOGLE_A.sign(f"{start}.{middle}".encode())
    for byte in (0, 1, 127, 128, 254, 255):
        for bit in (0, 7):
            forged = bytearray(signature)
            forged[byte] ^= 1 << bit
            file.reject(
                f"bit {bit} of byte {byte} changed [25,43]",
                f"{start}.{middle}.{base64url(bytes(forged))}",
                "signature_invalid",
            )
    other = segments(with_claims(email="other@my-project.iam.gserviceaccount.com"))
    file.reject("claims of another token [10]", f"{start}.{other[1]}.{end}", "signature_invalid")
    file.reject("signature of another token", f"{start}.{middle}.{other[2]}", "signature_invalid")
    file.reject("header with a space more [10]", f"{encoded(header() + ' ')}.{middle}.{end}", "signature_invalid")
    file.reject("claims with a space more [10]", f"{start}.{encoded(claims() + ' ')}.{end}", "signature_invalid")
    file.reject("claims in another order [10]", f"{start}.{encoded(reordered())}.{end}", "signature_invalid")
    file.reject("claims that are no JSON are not read before", f"{start}.{encoded('{')}.{end}", "signature_invalid")
    file.reject(
        "claims with a name twice are not read before",
        f"{start}.{encoded('{' + claims()[1:-1] + ',' + claims()[1:])}.{end}",
        "signature_invalid",
    )
    file.reject(
        "an expired token, forged, is not judged by time",
        token(claims_text=claims(exp=1), sign=STRANGER.sign),
        "signature_invalid",
    )
    file.reject("kid of the other key", token(header(GOOGLE_B)), "signature_invalid")


def reordered():
    return "{" + ",".join(reversed(claims()[1:-1].split(","))) + "}"


def of_others(file):
    for key in (GOOGLE_B, FIREBASE, STRANGER):
        rejected(file, f"signed by {key.name} under the kid of google-a", key.sign, "46")
    rejected(file, "signed by a key of 4096 bits", Key("large").sign, "20")
    rejected(file, "signed by a key of 1024 bits", Key("weak").sign, "20")
    rejected(file, "over the claims alone", lambda m: GOOGLE_A.sign(m.split(b".")[1]), "10")
    rejected(file, "over the decoded segments", lambda m: GOOGLE_A.sign((header() + "." + claims()).encode()), "10")
    rejected(file, "over the digest", lambda m: GOOGLE_A.sign(hash_of(m, "sha256")), "10")


def lengths(file):
    for count in (1, 20, 32, 64, 128, 254, 255):
        rejected(file, f"the first {count} bytes", lambda m, count=count: GOOGLE_A.sign(m)[:count], "20")
    rejected(file, "the last 255 bytes", lambda m: GOOGLE_A.sign(m)[1:], "20")
    rejected(file, "a zero byte before", lambda m: b"\0" + GOOGLE_A.sign(m), "20")
    rejected(file, "a zero byte after", lambda m: GOOGLE_A.sign(m) + b"\0", "20")
    rejected(file, "twice", lambda m: GOOGLE_A.sign(m) * 2, "20", "signature: the valid one twice")
    rejected(file, "only zeros", lambda m: bytes(256), "20,44", "signature: 256 bytes 00")
    rejected(file, "the number one", lambda m: bytes(255) + b"\1", "44", "signature: 255 bytes 00 and a byte 01")
    rejected(file, "only ones", lambda m: b"\xff" * 256, "44", "signature: 256 bytes ff")
    rejected(file, "the modulus", lambda m: GOOGLE_A.n.to_bytes(256, "big"), "44", "signature: the modulus of google-a")
    minus_one = lambda m: (GOOGLE_A.n - 1).to_bytes(256, "big")
    rejected(file, "the modulus less one", minus_one, "44", "signature: the modulus of google-a less one")
    raised = next(extra for extra in range(10_000) if number(token(with_extra(extra))) + GOOGLE_A.n < 1 << 2048)
    valid = token(with_extra(raised))
    file.accept("a number small enough to add the modulus", valid)
    start, middle, _ = segments(valid)
    file.reject(
        "the same number and the modulus [20,44]",
        f"{start}.{middle}.{base64url((number(valid) + GOOGLE_A.n).to_bytes(256, 'big'))}",
        "signature_invalid",
        change=f"header: x is {raised}; signature: the valid number and the modulus of google-a",
    )


def with_extra(extra):
    return header(x=extra)


def number(text):
    return int.from_bytes(GOOGLE_A.sign(text.rpartition(".")[0].encode()), "big")


def paddings(file):
    """Everything but the one encoding of RFC 8017 §9.2, signed with the right private key."""
    prefix = bytes.fromhex(DIGEST_INFO["sha256"])
    digest = lambda m: hash_of(m, "sha256")
    key = GOOGLE_A
    signed = lambda make: lambda m: key.apply(make(m))
    for name in ("sha1", "sha384", "sha512"):
        rejected(file, f"PKCS #1 v1.5 with {name}", lambda m, name=name: key.sign(m, name), "19")
    rejected(file, "PSS", key.sign_pss, "19", "signature: made by RSASSA-PSS with SHA-256")
    info = {
        "no NULL after the algorithm": lambda m: bytes.fromhex("302f300b0609608648016503040201")
        + b"\x04\x20"
        + digest(m),
        "a length in long form": lambda m: b"\x30\x81" + prefix[1:] + digest(m),
        "a length in indefinite form": lambda m: b"\x30\x80" + prefix[2:] + digest(m) + b"\0\0",
        "a NULL with content": lambda m: b"\x30\x33\x30\x0f" + prefix[4:15] + b"\x05\x02\0\0" + prefix[19:] + digest(m),
        "bytes after the digest": lambda m: prefix + digest(m) + b"\0\0\0\0",
        "the digest without algorithm": digest,
        "the name of SHA-1 with a digest of SHA-256": lambda m: bytes.fromhex("3029300906052b0e03021a05000420")
        + digest(m),
        "the name of SHA-512 with a digest of SHA-256": lambda m: prefix[:14] + b"\x03" + prefix[15:] + digest(m),
        "a digest cut short": lambda m: prefix[:-1] + b"\x1f" + digest(m)[:-1],
        "a digest of other bytes": lambda m: prefix + digest(m + b" "),
        "nothing": lambda m: b"",
    }
    for name, make in info.items():
        rejected(file, f"padding: {name}", signed(lambda m, make=make: key.encode(make(m))), "19")
    for name, make in {
        "block type 0": lambda m: key.encode(prefix + digest(m), start=b"\0\0", filler=b"\0"),
        "block type 2": lambda m: key.encode(prefix + digest(m), start=b"\0\2", filler=b"\xaa"),
        "another first byte": lambda m: key.encode(prefix + digest(m), start=b"\1\1"),
        "other filler": lambda m: key.encode(prefix + digest(m), filler=b"\xfe"),
        "no zero byte": lambda m: key.encode(prefix + digest(m)).replace(b"\xff\0", b"\xff\xff", 1),
        "filler cut short, bytes after": lambda m: short_filler(prefix + digest(m)),
        "digest on the left": lambda m: b"\0\1" + prefix + digest(m) + b"\xff" * 202 + b"\0",
    }.items():
        rejected(file, f"padding: {name}", signed(make), "19")
    small = Key("exponent-3")
    file.reject(
        "forged by a cube root, for exponent 3 [19,44]",
        token(key=small, sign=small.forge_by_cube_root),
        "signature_invalid",
        change="keys: exponent-3; signature: the cube root of a block that starts like a valid one",
        keys=jwk_set(small.public_jwk()),
    )


def short_filler(info):
    start = b"\0\1" + b"\xff" * 8 + b"\0" + info
    return start + b"\xff" * (256 - len(start))
