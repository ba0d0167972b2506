#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Files of cases for one profile."""

from files import CaseFile
from tokens import ABSENT, MARKER, NOW, segments


class ProfileFile(CaseFile):
    """Collects cases whose token is that of a sample, with changes."""

    def __init__(self, description, sample, **defaults):
        super().__init__(description, **sample.defaults, **defaults)
        self.sample = sample

    def ok(self, name, claims=None, header=None, key=None, sign=None, expect=None, change=None, **members):
        token = self.sample.token(claims, header, key, sign)
        self.accept(
            name,
            self.sample.sent(token),
            {"sub": self.sample.members["sub"]} if expect is None else expect,
            change=change or self.sample.phrase(claims, header),
            **members,
        )

    def no(self, name, code, claims=None, header=None, key=None, sign=None, change=None, **members):
        token = self.sample.token(claims, header, key, sign)
        self.reject(
            name, self.sample.sent(token), code, change=change or self.sample.phrase(claims, header), **members
        )

    def sent(self, name, headers, code=None, change=None):
        """A case about the request's headers; without a code it is accepted."""
        if code is None:
            self.accept(name, headers, {"sub": self.sample.members["sub"]}, change=change)
        else:
            self.reject(name, headers, code, change=change)


def usual(file, kind):
    """The rules of every token, each broken once."""
    sample = file.sample
    issued, expires = sample.members["iat"], sample.members["exp"]
    token = sample.token()
    file.ok(f"{kind} as it is issued")
    for name, value in {"absent": ABSENT, "null": None, "a number": 1, "empty": ""}.items():
        file.no(f"iss {name}", "issuer_mismatch", {"iss": value})
    own = sample.members["iss"]
    for name, value in {
        "with a slash at the end": own + "/",
        "with http": own.replace("https", "http"),
        "in upper case": own.upper(),
        "with a space": own + " ",
        "with another start": "https://evil.example/" + own,
        "as a list": [own],
    }.items():
        file.no(f"iss {name}", "issuer_mismatch", {"iss": value})
    aud = sample.audiences[0]
    for name, value in {
        "absent": ABSENT,
        "null": None,
        "a number": 1,
        "empty": "",
        "an empty list": [],
        "a list with a number": [aud, 1],
        "with a slash more": aud + "/",
        "in upper case": aud.upper(),
        "with a space": aud + " ",
        "a prefix": aud[:-1],
        "of another service beside": [aud, "https://other.example"],
        "an object": {"aud": aud},
    }.items():
        file.no(f"aud {name}", "audience_mismatch", {"aud": value})
    file.ok("aud is a string", {"aud": aud})
    file.ok("aud is a list of one", {"aud": [aud]})
    second = "https://second.example"
    file.no("aud is a list of two accepted ones", "audience_mismatch", {"aud": [aud, second]}, audiences=[aud, second])
    file.no("aud is one audience twice", "audience_mismatch", {"aud": [aud, aud]})
    for name in ("iat", "exp"):
        file.no(f"{name} absent", "claims_malformed", {name: ABSENT})
        file.no(f"{name} a string", "claims_malformed", {name: str(sample.members[name])})
    file.ok("expired 29 seconds ago", now=expires + 29, change="none")
    file.no("expired 30 seconds ago", "token_expired", now=expires + 30, change="none")
    file.ok("issued in 30 seconds", now=issued - 30, change="none")
    file.no("issued in 31 seconds", "issued_in_future", now=issued - 31, change="none")
    file.no("nbf in 31 seconds", "token_not_yet_valid", {"nbf": NOW + 31})
    file.no("valid for a second more than accepted", "lifetime_too_long", {"exp": issued + longest(sample) + 1})
    file.ok("valid for the longest time", {"exp": issued + longest(sample)})
    file.no("sub absent", "claims_malformed", {"sub": ABSENT})
    file.no("sub empty", "claims_malformed", {"sub": ""})
    file.no("sub a number", "claims_malformed", {"sub": 1})
    header = sample.algorithm
    for algorithm in ("none", "None", "HS256", "RS512", "PS256", "ES384", "ES256K", header.lower(), "", None):
        file.no(f"alg {algorithm!r}", "algorithm_unsupported", header={"alg": algorithm})
    file.no("alg absent", "algorithm_unsupported", header={"alg": ABSENT})
    file.no("a critical extension", "header_unsupported", header={"crit": ["exp"]})
    file.no("typ is that of an access token", "header_unsupported", header={"typ": "at+jwt"})
    file.no("kid absent", "key_id_missing", header={"kid": ABSENT})
    file.no("kid of no key", "key_unknown", header={"kid": "unknown"})
    file.no("kid in another case", "key_unknown", header={"kid": sample.key.id.swapcase()})
    file.no("claims are no object", "claims_malformed", "[]")
    file.no("a name twice", "claims_malformed", '{"sub":"a","sub":"b"}')
    start, middle, _ = segments(token)
    file.sent("signature removed", sample.sent(f"{start}.{middle}.{MARKER}"), "signature_removed", "signature: removed")
    file.sent("signature empty", sample.sent(f"{start}.{middle}."), "token_malformed", "signature: empty")
    file.sent("no headers", {}, "credentials_missing", "request: no headers")


def longest(sample):
    kinds = {"identityAwareProxy": 600, "firebase": 3_600, "firebaseSession": 14 * 86_400}
    return kinds.get(sample.profile.split(":")[0], 86_400)
