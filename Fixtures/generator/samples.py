#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""A valid token of each kind, and the same with changes."""

import hashlib

from elliptic import ECKey
from phrases import joined, value_phrase
from signing import Key, base64url
from tokens import ABSENT, AUDIENCE, EXPIRES, FIREBASE, GOOGLE_A, ISSUED, NOW, changed, claim_members, encoded, text

PROXY_A = ECKey("proxy-a")
PROXY_B = ECKey("proxy-b")
PROXY_STRANGER = ECKey("proxy-stranger")
SESSION = Key("firebase-session")
AGENTS = Key("agents")

PROJECT = "my-project"
USER = "user@example.com"
GOOGLE_USER = "accounts.google.com:100000000000000000001"
ORGANIZATION, NUMBER = "123456789012", "210987654321"
DOMAIN = f"agents.global.org-{ORGANIZATION}.system.id.goog"
STS = "https://sts.googleapis.com/v1"
AGENT_ISSUER = f"{STS}/organizations/{ORGANIZATION}/locations/global/workloadIdentityPools/{DOMAIN}"
AGENT = f"spiffe://{DOMAIN}/resources/run/projects/{NUMBER}/locations/europe-west1/services/search"
LEVEL = "accessPolicies/518551280924/accessLevels/corporate"
CERTIFICATE = hashlib.sha256(b"a client certificate in DER").digest()


class Sample:
    """A valid token of one kind, and how it is sent."""

    def __init__(self, profile, keys, key, members, audiences, header="Authorization", scheme="Bearer "):
        self.profile, self.keys, self.key = profile, keys, key
        self.members, self.audiences = members, audiences
        self.header, self.scheme = header, scheme

    @property
    def algorithm(self):
        return "ES256" if isinstance(self.key, ECKey) else "RS256"

    @property
    def defaults(self):
        return {"profile": self.profile, "keys": self.keys, "audiences": self.audiences}

    def header_members(self, key=None, **changes):
        return changed({"alg": self.algorithm, "kid": (key or self.key).id, "typ": "JWT"}, changes)

    def token(self, claims=None, header=None, key=None, sign=None):
        """A token with changes; `claims` and `header` are changes of members, or text."""
        claims, header = claims or {}, header or {}
        claims_text = claims if isinstance(claims, str) else text(changed(self.members, claims))
        header_text = header if isinstance(header, str) else text(self.header_members(key, **header))
        signed = f"{encoded(header_text)}.{encoded(claims_text)}"
        return f"{signed}.{base64url((sign or (key or self.key).sign)(signed.encode()))}"

    def sent(self, token):
        return {self.header: f"{self.scheme}{token}"}

    def phrase(self, claims, header):
        """What the changes of members are, in clear."""
        for limit in (50, 30, 16, 8):
            parts = []
            for label, changes, members in (("header", header, self.header_members()), ("claims", claims, self.members)):
                if isinstance(changes, str):
                    parts.append(f"{label} text: {value_phrase(changes, limit)}")
                elif changes:
                    parts.append(f"{label}: " + joined([of_member(*item, members, limit) for item in changes.items()]))
            if len("; ".join(parts)) <= 120:
                break
        return "; ".join(parts) or "none"


def of_member(name, value, members, limit):
    shown = value_phrase(name, limit)
    if value is ABSENT:
        return f"{shown} is absent"
    before = f" instead of {value_phrase(members[name], limit)}" if name in members else ""
    return f"{shown} is {value_phrase(value, limit)}{before}"


GOOGLE = Sample("googleIDToken", "google.json", GOOGLE_A, claim_members(), [AUDIENCE])
PROXY = Sample(
    "identityAwareProxy",
    "proxy.json",
    PROXY_A,
    {
        "aud": f"/projects/{NUMBER}/locations/europe-west1/services/profiles",
        "email": USER,
        "exp": ISSUED + 600,
        "google": {"access_levels": [LEVEL]},
        "hd": "example.com",
        "iat": ISSUED,
        "iss": "https://cloud.google.com/iap",
        "sub": GOOGLE_USER,
    },
    [f"/projects/{NUMBER}/locations/europe-west1/services/profiles"],
    "X-Goog-IAP-JWT-Assertion",
    "",
)


def firebase_members(issuer):
    return {
        "iss": issuer,
        "aud": PROJECT,
        "auth_time": ISSUED - 600,
        "user_id": "u1",
        "sub": "u1",
        "iat": ISSUED,
        "exp": EXPIRES,
        "email": USER,
        "email_verified": True,
        "firebase": {"identities": {"email": [USER]}, "sign_in_provider": "password", "tenant": "customers-a1b2c"},
    }


USER_TOKEN = Sample(
    f"firebase:{PROJECT}",
    "firebase.json",
    FIREBASE,
    firebase_members(f"https://securetoken.google.com/{PROJECT}"),
    [PROJECT],
)
COOKIE = Sample(
    f"firebaseSession:{PROJECT}",
    "firebase-session.json",
    SESSION,
    {
        **firebase_members(f"https://session.firebase.google.com/{PROJECT}"),
        "iat": ISSUED,
        "exp": ISSUED + 14 * 86_400,
    },
    [PROJECT],
)
AGENT_TOKEN = Sample(
    f"agentIdentity:organizations/{ORGANIZATION}",
    "agents.json",
    AGENTS,
    {"iss": AGENT_ISSUER, "sub": AGENT, "aud": [AUDIENCE], "iat": ISSUED, "exp": EXPIRES},
    [AUDIENCE],
)
ALL = {
    "Google ID token": GOOGLE,
    "proxy assertion": PROXY,
    "Firebase token": USER_TOKEN,
    "session cookie": COOKIE,
    "agent token": AGENT_TOKEN,
}
assert NOW < ISSUED + 600
