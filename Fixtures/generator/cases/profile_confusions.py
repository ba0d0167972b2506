#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Tokens of one issuer where another is trusted, for every pair of them."""

from documents import jwk_set
from files import CaseFile
from samples import ALL
from tokens import ABSENT, changed


def file():
    file = CaseFile("A token of one issuer is never accepted where another is trusted, whatever the keys.")
    for name, sample in ALL.items():
        for other_name, other in ALL.items():
            if sample is not other:
                confusions(file, name, sample, other_name, other)
    return file


def confusions(file, name, sample, other_name, other):
    """A token of `sample` at a verifier of the tokens of `other`."""
    pair = f"{name} instead of {other_name}"
    same_algorithm = sample.algorithm == other.algorithm
    add(
        file,
        f"{pair}: as it is",
        other,
        sample.token(),
        "key_unknown" if same_algorithm else "algorithm_unsupported",
        f"token: {name}",
    )
    # A verifier with one set of keys for all issuers would have the key.
    keys = jwk_set(other.key.public_jwk(), sample.key.public_jwk())
    # A user of Firebase has at most 128 characters.
    shorter = {"sub": sample.members["sub"][:128], "aud": other.members["aud"]}
    audience = {**shorter, "auth_time": sample.members["iat"]}
    add(
        file,
        f"{pair}: its key is among the keys",
        other,
        sample.token(audience),
        "issuer_mismatch" if same_algorithm else "algorithm_unsupported",
        f"token: {name}, with the audience of the {other_name}; keys: of both",
        keys=keys,
    )
    add(
        file,
        f"{pair}: signed with the right key",
        other,
        other.token(changed(sample.members, shorter) | removed(sample, other)),
        "issuer_mismatch",
        f"claims: those of the {name}, with the audience of the {other_name}",
    )
    add(
        file,
        f"{pair}: with the issuer of the other, signed with its own key",
        other,
        other.token(key=sample.key, header={"alg": sample.algorithm}),
        "key_unknown" if same_algorithm else "algorithm_unsupported",
        f"key: kid and signature are those of the {name}",
    )
    add(
        file,
        f"{pair}: its own key under the other's kid",
        other,
        other.token(header={"alg": sample.algorithm}, sign=sample.key.sign),
        "signature_invalid" if same_algorithm else "algorithm_unsupported",
        f"signature: by the key of the {name}",
    )
    if sample.header != other.header:
        file.reject(
            f"{pair}: in its own header",
            sample.sent(sample.token()),
            "credentials_missing",
            change=f"request: the {name} in {sample.header}",
            **other.defaults,
        )


def removed(sample, other):
    """The members of the other kind that this one does not have."""
    return {name: ABSENT for name in other.members if name not in sample.members}


def add(file, name, other, token, code, change, **members):
    file.reject(name, other.sent(token), code, change=change, **{**other.defaults, **members})
