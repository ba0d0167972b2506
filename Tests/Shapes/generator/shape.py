#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""A shape: a file in which tokens stand, and what an audit must say about each of them."""

import hashlib
import html
import re

from tokens import LETTERS, TOKENS, VERDICTS

# How programs write the dots of a token: as they are, escaped for JSON once and twice, for nginx, a URL once and twice, HTML.
DOTS = [
    ".",
    "\\u002e",
    "\\u002E",
    "\\\\u002e",
    "\\x2E",
    "\\x2e",
    "%2E",
    "%2e",
    "%252E",
    "&#46;",
    "&#x2e;",
    "&period;",
    "=2E",
]


class Shape:
    """A file of the corpus.

    origin: which program wrote it, or after which document it was written by hand.
    when: a function from the text and the place of a token to the time of its record, or None.
    options: further arguments of the audit.
    mixes: whether its lines may stand among lines of other shapes.
    tokens: what stands in it, if a search for the tokens does not tell.
    codes: how many other rows there are of a code, such as those of tokens that are cut.
    coding: the file's encoding, if a look at its beginning misleads.
    loud: whether tokens stand in it that no reader can put together; then the exit status must not be 0.
    """

    def __init__(
        self, name, data, origin, when=None, options=(), mixes=True, tokens=None, codes=None, loud=False, coding=None
    ):
        self.name = name
        self.data = data.encode() if isinstance(data, str) else data
        self.origin = origin
        self.when = when
        self.options = list(options)
        self.mixes = mixes
        self.codes = codes or {}
        self.coding = coding
        self.loud = loud
        self.tokens = self.found() if tokens is None else tokens
        if any(row.get("captured", "").startswith("-") for row in self.tokens):
            # Which year is meant depends on the day of the audit, so the tokens are judged as of their own time.
            self.options += ["--at", "issue"]

    def text(self):
        """What stands in the file, once it is converted. Each byte that is not UTF-8 is one character."""
        data = self.data
        if self.coding:
            return data.decode(self.coding)
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8", "surrogateescape")

    def found(self):
        """Each token that stands in the file, with its line and the time of its record."""
        text = self.text()
        found = []
        for letter in LETTERS:
            spellings = {TOKENS[letter].replace(".", dot) for dot in DOTS}
            for spelling in spellings:
                for match in re.finditer(re.escape(spelling), text):
                    found.append((match.start(), letter))
        return [
            expected(letter, line=text.count("\n", 0, place) + 1, captured=self.when and self.when(text, place))
            for place, letter in sorted(found)
        ]

    def entry(self):
        """The shape's entry in the manifest."""
        entry = {"name": self.name, "origin": self.origin, "tokens": self.tokens}
        if self.options:
            entry["options"] = self.options
        if self.codes:
            entry["codes"] = self.codes
        if self.loud:
            entry["loud"] = True
        if not self.mixes:
            entry["mixes"] = False
        return entry


def expected(letter, line=None, captured=None, verdict=None):
    """What the audit must say about one token."""
    row = {"token": letter, "verdict": verdict or VERDICTS[letter]}
    if line is not None:
        row["line"] = line
    if captured is not None:
        row["captured"] = captured
    return row


def digits(token):
    """What identifies a token in a row."""
    return hashlib.sha256(token.encode()).hexdigest()[:16]


def for_html(text):
    return html.escape(text, quote=True)
