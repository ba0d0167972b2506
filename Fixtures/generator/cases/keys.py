#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Key documents: which of their keys verify, and which are passed over."""

from documents import jwk_set
from files import CaseFile
from signing import Key, base64url, certificate, unbase64url
from tokens import FIREBASE, GOOGLE_A, GOOGLE_B, STRANGER, token


def file():
    file = CaseFile("Key documents: JWK sets and Google's certificates by key ID, with single unusable keys in them.")
    documents(file)
    unusable(file)
    sizes(file)
    duplicates(file)
    certificates(file)
    return file


def documents(file):
    a, b = GOOGLE_A.public_jwk(), GOOGLE_B.public_jwk()
    for key in (GOOGLE_A, GOOGLE_B):
        file.accept(f"Google's two keys: {key.name} [12,17]", token(key=key))
        file.accept(f"Google's two certificates: {key.name}", token(key=key), keys="google-certificates.json")
    file.accept("one key", token(), keys=jwk_set(a))
    file.accept(
        "64 keys",
        token(),
        keys=jwk_set(*[{**b, "kid": str(i)} for i in range(63)], a),
        change="keys: google-b 63 times, with the key IDs 0 to 62, and google-a",
    )
    file.accept("an unknown member of the set [13]", token(), keys=jwk_set(a, b, unknown={"a": [1]}))
    file.accept("unknown members of a key [13]", token(), keys=jwk_set({**a, "x5t": "AAAA", "ext": True, "": 0}))
    file.accept("members in another order [13]", token(), keys=jwk_set(dict(reversed(a.items()))))
    file.accept("alg and use absent [15,16]", token(), keys=jwk_set(GOOGLE_A.public_jwk(alg=None, use=None)))
    file.accept("key_ops verify [15]", token(), keys=jwk_set({**a, "key_ops": ["sign", "verify"]}))
    for name in ("web-page.json", "empty-file.json", "cut-short.json", "trailing-bytes.json", "byte-order-mark.json"):
        file.reject(f"no JSON: {name} [12]", token(), "keys_unavailable", keys=name)
    file.reject("keys twice [14]", token(), "keys_unavailable", keys="keys-twice.json")
    for name, document in {
        "an empty set": {"keys": []},
        "an empty object": {},
        "an array": [a],
        "keys is an object": {"keys": a},
        "keys is null": {"keys": None},
        "another name": {"Keys": [a]},
        "an error message": {"error": {"code": 404}},
        "a set inside a set": {"keys": [{"keys": [a]}]},
        "65 keys": jwk_set(*[{**b, "kid": str(i)} for i in range(64)], a),
        "only odd things": {"keys": [1, None, "a", []]},
    }.items():
        change = "keys: google-b 64 times, with the key IDs 0 to 63, and google-a" if name == "65 keys" else None
        file.reject(f"no key set: {name} [12,18]", token(), "keys_unavailable", change=change, keys=document)
    file.reject("a key that has been withdrawn", token(), "key_unknown", keys=jwk_set(b))
    file.reject("Firebase's key is not in Google's set [46]", token(key=FIREBASE), "key_unknown")
    file.reject(
        "Firebase's set does not serve Google's tokens [46]",
        token(),
        "key_unknown",
        keys=jwk_set(FIREBASE.public_jwk()),
    )


def unusable(file):
    """A key that cannot be used is as good as absent, and the others stand."""
    leading_zero = base64url(b"\0" + unbase64url(GOOGLE_A.jwk["n"]))
    elliptic = {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43}
    for name, numbers, changes in (
        ("kty absent", "13", {"kty": None}),
        ("kty EC", "13", {**elliptic, "alg": "ES256", "n": None, "e": None}),
        ("kty oct", "13", {"kty": "oct", "k": "AAAA"}),
        ("kty in lower case", "13", {"kty": "rsa"}),
        ("n absent", "13", {"n": None}),
        ("e absent", "13", {"e": None}),
        ("n a number", "13", {"n": 1}),
        ("n empty", "13,21", {"n": ""}),
        ("n padded", "13,21", {"n": GOOGLE_A.jwk["n"] + "=="}),
        ("n with a line break", "13,21", {"n": GOOGLE_A.jwk["n"][:64] + "\n" + GOOGLE_A.jwk["n"][64:]}),
        ("n with a zero before", "21", {"n": leading_zero}),
        ("n zero", "21,44", {"n": "AA"}),
        ("n even", "21,44", {"n": base64url((GOOGLE_A.n - 1).to_bytes(256, "big"))}),
        ("e with a zero before", "21", {"e": "AAEAAQ"}),
        ("e zero", "21,44", {"e": "AA"}),
        ("e one", "21,44", {"e": "AQ"}),
        ("e even", "21,44", {"e": "AQAA"}),
        ("use enc", "15", {"use": "enc"}),
        ("use a list", "15", {"use": ["sig"]}),
        ("key_ops without verify", "15", {"key_ops": ["sign"]}),
        ("key_ops empty", "15", {"key_ops": []}),
        ("key_ops a string", "15", {"key_ops": "verify"}),
        ("alg RS512", "16,40", {"alg": "RS512"}),
        ("alg PS256", "16,40", {"alg": "PS256"}),
        ("alg RSA-OAEP", "16,40", {"alg": "RSA-OAEP"}),
        ("alg in lower case", "16,40", {"alg": "rs256"}),
        ("alg none", "16,42", {"alg": "none"}),
        ("kid absent", "17", {"kid": None}),
        ("kid a number", "17", {"kid": 1}),
    ):
        keys = jwk_set(GOOGLE_A.public_jwk(**changes), GOOGLE_B.public_jwk())
        file.reject(f"a key is passed over: {name} [{numbers}]", token(), "key_unknown", keys=keys)
        file.accept(f"and the other stands: {name} [13]", token(key=GOOGLE_B), keys=keys)
    file.reject("no usable key at all [18]", token(), "keys_unavailable", keys=jwk_set(GOOGLE_A.public_jwk(kty="EC")))
    file.reject("a name twice in one key [14]", token(), "key_unknown", keys="name-twice-in-one-key.json")
    file.accept("and the other stands: a name twice [14]", token(key=GOOGLE_B), keys="name-twice-in-one-key.json")


def sizes(file):
    for name, accepted in {"weak": False, "short": False, "large": True, "largest": True, "exponent-3": True}.items():
        key = Key(name)
        keys = jwk_set(key.public_jwk(), GOOGLE_B.public_jwk())
        title = f"RSA of {key.n.bit_length()} bits, exponent {key.e} [19,21]"
        if accepted:
            file.accept(title, token(key=key), keys=keys)
        else:
            file.reject(title, token(key=key), "key_unknown", keys=keys)
    over = jwk_set(
        GOOGLE_A.public_jwk(n=base64url((1 << 8_192 | GOOGLE_A.n).to_bytes(1_025, "big"))), GOOGLE_B.public_jwk()
    )
    file.reject("RSA of 8193 bits [21]", token(), "key_unknown", keys=over)


def duplicates(file):
    a, b = GOOGLE_A.public_jwk(), GOOGLE_B.public_jwk()
    stranger = STRANGER.public_jwk(kid=GOOGLE_A.id)
    for name, keys in {
        "the wrong one first": jwk_set(stranger, a, b),
        "the wrong one last": jwk_set(a, b, stranger),
        "the same key": jwk_set(a, a, b),
        "one of them unusable": jwk_set(a, {**a, "kty": "EC"}, b),
        "three": jwk_set(a, stranger, a, b),
    }.items():
        file.reject(f"a key ID twice: {name} [17]", token(), "key_unknown", keys=keys)
        file.accept(f"and another stands: {name} [17]", token(key=GOOGLE_B), keys=keys)
    file.reject("only a key ID twice [17,18]", token(), "keys_unavailable", keys=jwk_set(a, a))
    file.reject("a certificate's key ID twice [17]", token(), "key_unknown", keys="certificate-twice.json")
    file.accept(
        "key IDs that differ by normalisation are two [39]",
        token(),
        keys=jwk_set(a, GOOGLE_B.public_jwk(kid="\u00e9"), STRANGER.public_jwk(kid="e\u0301")),
    )


def certificates(file):
    a, b = GOOGLE_A.certificate(), GOOGLE_B.certificate()
    good = {GOOGLE_B.id: b}
    file.accept("one certificate", token(), keys={GOOGLE_A.id: a})
    file.accept(
        "a certificate with line breaks of another system", token(), keys={GOOGLE_A.id: a.replace("\n", "\r\n")}
    )
    for name, pem in {
        "no PEM": "certificate",
        "empty": "",
        "cut short": a[:-80],
        "no base64": a.replace("MII", "@@@"),
        "of a public key": a.replace("CERTIFICATE", "PUBLIC KEY"),
        "of 1024 bits": Key("weak").certificate(),
        "of an elliptic key": certificate("elliptic"),
    }.items():
        keys = {GOOGLE_A.id: pem, **good}
        file.reject(f"a certificate is passed over: {name} [13]", token(), "key_unknown", keys=keys)
        file.accept(f"and the other certificate stands: {name} [13]", token(key=GOOGLE_B), keys=keys)
    for name, value in {"a number": 1, "null": None, "a list": [a], "an object": {"x": a}, "false": False}.items():
        keys = {GOOGLE_A.id: value, **good}
        file.reject(f"a certificate that is no text is passed over: {name} [13]", token(), "key_unknown", keys=keys)
        file.accept(f"and the other stands beside it: {name} [13]", token(key=GOOGLE_B), keys=keys)
        file.reject(f"no document of certificates: {name} alone", token(), "keys_unavailable", keys={GOOGLE_A.id: value})
    file.reject(
        "certificates under each other's key IDs [43]",
        token(),
        "signature_invalid",
        keys={GOOGLE_A.id: b, GOOGLE_B.id: a},
    )
