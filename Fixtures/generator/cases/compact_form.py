#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Three segments of canonical base64url, and everything else."""

from files import CaseFile
from tokens import claims, encoded, header, segments, token

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
LIMIT = 16 * 1024


def file():
    file = CaseFile("The compact form: size, three segments, unpadded canonical base64url.")
    start, middle, end = segments()
    valid = token()
    file.accept("a valid token", valid)
    size(file)
    for name, text in {
        "none": "",
        "one segment": start,
        "two segments": f"{start}.{middle}",
        "two segments and a dot before": f".{start}.{middle}",
        "four segments": f"{valid}.{end}",
        "five segments, as encrypted tokens have": f"{start}.{middle}.{end}.{middle}.{end}",
        "a dot after": f"{valid}.",
        "a dot before": f".{valid}",
        "only dots": "..",
        "many dots": "." * 5_000,
        "dots doubled": valid.replace(".", ".."),
        "an empty header": f".{middle}.{end}",
        "empty claims": f"{start}..{end}",
        "an empty signature": f"{start}.{middle}.",
    }.items():
        file.reject(f"segments: {name} [1]", text, "token_malformed")
    file.reject("an access token", "ya29.a0AfB_byC-sample", "token_malformed")
    file.reject("an access token with two dots", "ya29.a0Af.byCE", "header_malformed")
    file.reject(
        "the JSON serialization",
        f'{{"payload":"{middle}","protected":"{start}","signature":"{end}"}}',
        "token_malformed",
    )
    file.reject("a whole header value", f"Bearer {valid}", "token_malformed")
    file.reject("quoted", f'"{valid}"', "token_malformed")
    for index, part in enumerate(("header", "claims", "signature")):
        alphabet(file, index, part)
    for count in (1, 2):
        bits(file, count)
    return file


def alphabet(file, index, part):
    for name, change in {
        "padding": lambda text: text + "=" * (-len(text) % 4 or 4),
        "plus": lambda text: text[:5] + "+" + text[6:],
        "slash": lambda text: text[:5] + "/" + text[6:],
        "a space": lambda text: text[:8] + " " + text[8:],
        "a line break": lambda text: text[:8] + "\n" + text[8:],
        "a carriage return at the end": lambda text: text + "\r",
        "a null character": lambda text: text[:8] + "\0" + text[9:],
        "a percent escape": lambda text: text[:8] + "%41" + text[9:],
        "a letter outside ASCII": lambda text: text[:8] + "\u00e9" + text[9:],
        "a full-width letter": lambda text: text[:8] + "\uff21" + text[9:],
        "a combining accent": lambda text: text[:8] + "\u0301" + text[8:],
    }.items():
        parts = segments()
        parts[index] = change(parts[index])
        file.reject(f"base64url of the {part}: {name} [2]", ".".join(parts), "token_malformed")
    parts = segments()
    parts[index] = parts[index][: len(parts[index]) // 4 * 4 - 3]
    file.reject(f"base64url of the {part}: a length that no bytes have [2]", ".".join(parts), "token_malformed")


def bits(file, count):
    """Segments of each remainder whose last letter says more than the bytes need."""
    padding = " " * ((count - len(header())) % 3)
    head = encoded(header() + padding)
    body = encoded(claims() + " " * ((count - len(claims())) % 3))
    end = segments()[2]
    valid = token(header() + padding, claims() + " " * ((count - len(claims())) % 3))
    file.accept(f"bits to spare: none set, remainder {count} [3]", valid)
    for bit in range({1: 4, 2: 2}[count]):
        file.reject(
            f"bits to spare: bit {bit} of the header, remainder {count} [3]",
            f"{with_bit(head, bit)}.{body}.{end}",
            "token_malformed",
            change=f"header segment: {spare(head, bit)}",
        )
        file.reject(
            f"bits to spare: bit {bit} of the claims, remainder {count} [3]",
            f"{head}.{with_bit(body, bit)}.{end}",
            "token_malformed",
            change=f"claims segment: {spare(body, bit)}",
        )
    if count == 1:
        for bit in range(4):
            start, middle, end = segments()
            file.reject(
                f"bits to spare: bit {bit} of the signature [3]",
                f"{start}.{middle}.{with_bit(end, bit)}",
                "token_malformed",
                change=f"signature segment: {spare(end, bit)}",
            )


def with_bit(text, bit):
    return text[:-1] + ALPHABET[ALPHABET.index(text[-1]) | 1 << bit]


def spare(text, bit):
    return f"its last letter is {with_bit(text, bit)[-1]} instead of {text[-1]}, which sets bit {bit} of those to spare"


def size(file):
    file.accept("as long as allowed", of_length(LIMIT))
    file.reject("a byte longer than allowed", of_length(LIMIT + 1), "token_too_large")
    file.reject("far too long", "A" * 100_000, "token_too_large")
    file.reject("too long is said before malformed", "=" * (LIMIT + 1), "token_too_large")
    file.reject("too long in bytes, not in letters", "\u00e9" * (LIMIT // 2 + 1), "token_too_large")


def of_length(length):
    """A valid token of just so many bytes, filled up in the claims."""
    for spaces in range(3):
        rest = length - len(token(header() + " " * spaces, claims(fill=""), sign=lambda _: bytes(256)))
        for fill in range(rest * 3 // 4 - 3, rest * 3 // 4 + 4):
            made = token(header() + " " * spaces, claims(fill="a" * fill), sign=lambda _: bytes(256))
            if len(made) == length:
                return token(header() + " " * spaces, claims(fill="a" * fill))
    raise ValueError(length)
