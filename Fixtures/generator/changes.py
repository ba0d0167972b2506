#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""How a case differs from a valid request, in one phrase: the token itself does not show it."""

import json
import re

from phrases import (
    Literal,
    bytes_change,
    clear,
    joined,
    relation,
    shortened,
    similarity,
    text_change,
    value_phrase,
)
from signing import DIGEST_INFO, Key, base64url, hash_of, unbase64url
from tokens import ABSENT, FIREBASE, GOOGLE_A, GOOGLE_B, MARKER, NOW, STRANGER, claims, header, segments, token

LONGEST = 200
OTHERS = ("weak", "short", "large", "largest", "exponent-3")
KEYS = [GOOGLE_A, GOOGLE_B, FIREBASE, STRANGER, *map(Key, OTHERS)]
POLICY = {
    "audiences": None,
    "callers": ["any"],
    "issuers": ["https://accounts.google.com", "accounts.google.com"],
    "now": NOW,
    "clockSkew": 30,
    "longestLifetime": 86_400,
    "removedSignature": "reject",
}
DATES = ("exp", "iat", "nbf")
JWT = re.compile(r"(?=[\w-]*\.?eyJ)[\w-]{3,}\.[\w-]{3,}\.[\w-]{3,}", re.ASCII)
# How much of a value is shown, and whether the valid value stands beside it: the first that makes a short phrase.
DETAILS = ((60, True), (60, False), (40, False), (24, False), (16, False))


def describe(case, defaults, by_hand=None):
    """The phrase; `by_hand` says it for the token, the request headers and the keys."""
    now = case.get("now", defaults["now"])
    for limit, both in DETAILS:
        if by_hand is None:
            parts = Presented(case, now, limit, both).parts() + keys(case, defaults, limit)
        else:
            parts = [by_hand]
        parts += policy(case, defaults, limit, both)
        phrase = "; ".join(parts) or "none"
        if len(phrase) <= LONGEST:
            return phrase
    raise ValueError(f"case {case['name']!r}: write its change by hand, this is too long: {phrase}")


class Presented:
    """What is different about a token, or about a request's headers."""

    def __init__(self, case, now, limit, both):
        self.case, self.now, self.limit, self.both = case, now, limit, both

    def parts(self):
        if "token" in self.case:
            return self.of_token(self.case["token"])
        headers = self.case["headers"]
        pairs = list(headers.items()) if isinstance(headers, dict) else headers
        if len(pairs) == 1 and pairs[0][0] == "Authorization":
            value = pairs[0][1]
            bearer = value.removeprefix("Bearer ")
            if bearer != value and re.fullmatch(r"[\w.~+/=-]+", bearer, re.ASCII):
                return self.of_token(bearer)
            valid = f"Bearer {token()}"
            if token() not in value and len(value) < 2_000 and similarity(valid, value) > 0.8:
                return [f"request: in the value of Authorization {text_change(valid, value, self.limit)}"]
        shown = [f"{clear(name)}: {self.with_placeholders(value)}".strip() for name, value in pairs]
        return ["request: " + (" | ".join(shown) if shown else "no headers")]

    def with_placeholders(self, value):
        """A header's value, with TOKEN for the valid token, and what is different about each other."""

        def placeholder(presented):
            parts = "; ".join(self.of_token(presented)).replace(MARKER, "removed")
            return f"TOKEN ({parts})" if parts else "TOKEN"

        if len(value) > 4_000:
            return shortened(value, self.limit)
        around = []
        for part in value.split(token()):
            shown, end = "", 0
            for match in JWT.finditer(part):
                shown += clear(part[end : match.start()]) + placeholder(match[0])
                end = match.end()
            around.append(shown + clear(part[end:]))
        result = "TOKEN".join(around)
        return result if value and value.strip() == value else f'"{result}"'

    def of_token(self, presented):
        if presented == token():
            return []
        parts = presented.split(".")
        is_other = not presented.startswith("eyJ") and not set(parts) & {*segments(), MARKER}
        if len(parts) != 3 or not all(parts) or is_other:
            return [f"token: {shortened(with_segments(presented), self.limit)}" if presented else "token: empty"]
        decoded = [canonical(part) for part in parts]
        changes = [
            f"{label} segment: {text_change(valid, part, self.limit)}"
            for label, part, valid, content in zip(("header", "claims", "signature"), parts, segments(), decoded)
            if content is None and part != MARKER
        ]
        if parts[2] == MARKER:
            signer, signature = GOOGLE_A, [f"signature: {MARKER}"]
        else:
            signer, signature = self.of_signature(parts, decoded[2], bool(changes))
        if signer is not GOOGLE_A and decoded[0] and signer.id.encode() in decoded[0]:
            signature = [f"key: kid and signature are of {signer.name}{self.instead_of('google-a')}"]
        else:
            signer = GOOGLE_A
        for label, valid, content in (("header", header(signer), decoded[0]), ("claims", claims(), decoded[1])):
            if content is not None:
                changes += self.of_json(label, valid, content)
        return changes + signature

    def of_signature(self, parts, signature, is_segment_changed):
        """Whose signature it is, and what is to be said of it."""
        message = f"{parts[0]}.{parts[1]}".encode()
        for key in KEYS:
            if signature is not None and len(signature) == key.size and int.from_bytes(signature, "big") < key.n:
                block = pow(int.from_bytes(signature, "big"), key.e, key.n).to_bytes(key.size, "big")
                if block == block_of(key, message):
                    return key, [] if key is GOOGLE_A else [f"signature: by {key.name}{self.instead_of('google-a')}"]
        if parts[2] == segments()[2]:
            return GOOGLE_A, [] if is_segment_changed else ["signature: of the token without this change"]
        if signature is None:
            return GOOGLE_A, []
        valid = GOOGLE_A.sign(message)
        if similarity(valid.hex(), signature.hex()) > 0.9 or valid.startswith(signature):
            return GOOGLE_A, [f"signature: {bytes_change(valid, signature, self.limit)}"]
        number = int.from_bytes(signature, "big")
        if len(signature) == GOOGLE_A.size and 1 < number < GOOGLE_A.n - 1:
            valid, block = block_of(GOOGLE_A, message), pow(number, GOOGLE_A.e, GOOGLE_A.n).to_bytes(256, "big")
            if similarity(valid.hex(), block.hex()) > 0.5 or block.startswith(b"\0"):
                return GOOGLE_A, [f"signature: the block it is made of has {bytes_change(valid, block, self.limit)}"]
        raise ValueError(f"case {self.case['name']!r}: write by hand what is changed about the signature")

    def instead_of(self, valid):
        return f" instead of {valid}" if self.both else ""

    def of_json(self, label, valid, content):
        """How a JSON text differs from a valid one: member by member where it is an object, or as text."""
        text = content.decode(errors="surrogateescape")
        if text == valid:
            return []
        expected = json.loads(valid, parse_int=Literal)
        try:
            members = json.loads(
                text, object_pairs_hook=once, parse_int=Literal, parse_float=Literal, parse_constant=refused
            )
        except (ValueError, RecursionError):
            members = None
        if not isinstance(members, dict):
            return [f"{label} text: {text_change(valid, text, self.limit)}"]
        phrases = []
        for name in [*expected, *(name for name in members if name not in expected)]:
            value, before = members.get(name, ABSENT), expected.get(name, ABSENT)
            if value != before or type(value) is not type(before):
                phrases.append(self.of_member(name, value, before))
        if phrases:
            most = 5 if self.limit > 24 else 3
            rest = len(phrases) - most
            shown = f"{', '.join(phrases[:most])} and {rest} members more" if rest > 1 else joined(phrases)
            return [f"{label}: {shown}"]
        if list(members) != list(expected):
            return [f"{label}: the members are in another order"]
        return [f"{label} text: {text_change(valid, text, self.limit)}"]

    def of_member(self, name, value, before):
        phrase = f"{value_phrase(name, self.limit)} is {'absent' if value is ABSENT else named(value, self.limit)}"
        if before is not ABSENT and value is not ABSENT:
            phrase += self.instead_of(named(before, self.limit))
        if name in DATES and isinstance(value, Literal) and self.limit > 16:
            phrase += relation(value, self.now, "now")
        return phrase


def with_segments(presented):
    for label, segment in zip(("HEADER", "CLAIMS", "SIGNATURE"), segments()):
        presented = presented.replace(segment, label)
    return presented


def canonical(segment):
    """The bytes of a segment, or None if it is not the one way to write them."""
    try:
        content = unbase64url(segment)
    except ValueError:
        return None
    return content if base64url(content) == segment else None


def block_of(key, message):
    """What RSASSA-PKCS1-v1_5 makes of a message before the private key comes in."""
    return key.encode(bytes.fromhex(DIGEST_INFO["sha256"]) + hash_of(message, "sha256"))


def once(pairs):
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a name twice")
    return members


def refused(name):
    raise ValueError(name)


def named(value, limit):
    """A value, with the names of keys in place of their IDs."""
    for key in KEYS:
        if value == key.id:
            return f"that of {key.name}"
    return value_phrase(value, limit)


def keys(case, defaults, limit):
    value = case.get("keys", defaults["keys"])
    if value == defaults["keys"]:
        return []
    if isinstance(value, str):
        return [f"keys: the file {value}"]
    if isinstance(value, dict) and list(value) == ["keys"] and isinstance(value["keys"], list):
        return [f"keys: {json_text(value['keys'], limit)}"]
    return [f"keys: {json_text(value, limit)}"]


def of_key(jwk, limit):
    """The name of a key, and what is changed about it."""
    key = next((key for key in KEYS if jwk.get("n") == key.jwk["n"]), None)
    key = key or next(key for key in KEYS if jwk.get("kid") == key.id)
    valid = key.public_jwk()
    changes = [
        f"{value_phrase(name, limit)} {named(jwk[name], limit)}" if name in jwk else f"no {name}"
        for name in [*valid, *(name for name in jwk if name not in valid)]
        if jwk.get(name, ABSENT) != valid.get(name, ABSENT)
    ]
    if not changes and list(jwk) != list(valid):
        return f"{key.name} with its members in another order"
    if len(changes) > 4 and limit < 60:
        changes = [*changes[:3], f"{len(changes) - 3} members more"]
    return key.name + (f" with {joined(changes)}" if changes else "")


def json_text(value, limit):
    """A key document as JSON, with the names of keys in place of their numbers."""
    if isinstance(value, str):
        for key in KEYS:
            certificate = key.certificate()
            if similarity(certificate, value) > 0.5:
                change = "" if value == certificate else f" with {text_change(certificate, value, limit)}"
                return f"certificate of {key.name}{change}"
            if value == key.id:
                return f"kid of {key.name}"
        return json.dumps(shortened(value, limit))
    if isinstance(value, list):
        return f"[{', '.join(json_text(part, limit) for part in value)}]"
    if isinstance(value, dict):
        for key in KEYS:
            if value.get("kid") == key.id or value.get("n") == key.jwk["n"]:
                return of_key(value, limit)
        return "{" + ", ".join(f"{json_text(n, limit)}: {json_text(v, limit)}" for n, v in value.items()) + "}"
    return json.dumps(value)


def policy(case, defaults, limit, both):
    phrases = []
    profile = defaults.get("profile", "googleIDToken")
    is_other = case.get("profile", profile) != profile
    if is_other:
        phrases.append(f"profile is {case['profile']}")
    if "clientCertificate" in case:
        phrases.append("a client certificate is given")
    for name, usual in POLICY.items():
        if name == "audiences" and is_other:
            continue
        usual = defaults.get(name, usual)
        value = case.get(name, usual)
        if value == usual:
            continue
        phrase = f"{name} is {value_phrase(value, 60)}"
        if both and name != "removedSignature":
            phrase += f" instead of {value_phrase(usual, limit)}"
        if isinstance(value, list):
            more = f" and {len(value) - 3} more" if len(value) > 3 else ""
            shown = [value_phrase(part, limit) for part in value[:3]]
            phrase = f"{name} are {', '.join(shown) if more else joined(shown)}{more}"
        if name == "now":
            phrase += near(case, value)
        phrases.append(phrase)
    return [f"policy: {joined(phrases)}"] if phrases else []


def near(case, now):
    """How far the verifier's time is from the end that is closer to it, of when the token holds."""
    parts = case.get("token", "").split(".")
    try:
        members = json.loads(unbase64url(parts[1]))
        end = min(("exp", "iat"), key=lambda name: abs(now - members[name]))
    except (IndexError, KeyError, TypeError, ValueError):
        return ""
    return relation(now, members[end], end)
