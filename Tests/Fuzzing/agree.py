#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Python's reading of what fuzzing has found, beside the library's: agree.py base64url|json FOLDER < LIBRARY'S READINGS"""

import base64
import json
import pathlib
import re
import sys

DEEPEST = 64


def base64url(data):
    """RFC 4648 §5 without padding; Python takes respellings, so it has to spell what it read."""
    text = data.decode("ascii")
    read = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if base64.urlsafe_b64encode(read).rstrip(b"=") != data:
        raise ValueError("not canonical")
    return read


def strict_json(data):
    """RFC 8259 in UTF-8, with the limits that the library states: no name twice, no lone surrogate, 64 levels."""
    value = json.loads(
        data.decode("utf-8"), object_pairs_hook=once, parse_constant=refuse, parse_float=Number, parse_int=Number
    )
    if json.dumps(value, ensure_ascii=False).encode("utf-8") is None or depth(value) > DEEPEST:
        raise ValueError("too deep")
    return value


class Number(str):
    """A number as it is written."""


def once(members):
    if len({name for name, _ in members}) < len(members):
        raise ValueError("a name twice")
    return dict(members)


def refuse(word):
    raise ValueError(word)


def depth(value):
    if isinstance(value, (dict, list)):
        return 1 + max(map(depth, value.values() if isinstance(value, dict) else value), default=0)
    return 0


def same(left, right):
    """Whether both are the same value, with 1 and "1" told apart."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[name], right[name]) for name in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right


def main():
    kind, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    sys.setrecursionlimit(100_000)
    accepted = refused = 0
    for row in sys.stdin:
        name, reading = row.rstrip("\n").split("\t", 1)
        data = (folder / name).read_bytes()
        try:
            second = base64url(data) if kind == "base64url" else strict_json(data)
        except (ValueError, RecursionError) as error:
            if reading != "-":
                sys.exit(f"{folder / name}: only Python refuses it: {error}")
            refused += 1
            continue
        if reading == "-":
            sys.exit(f"{folder / name}: only the library refuses it")
        own = bytes.fromhex(reading[1:]) if kind == "base64url" else strict_json(reading[1:].encode())
        if not same(own, second):
            sys.exit(f"{folder / name}: the library reads {own!r}, Python {second!r}")
        accepted += 1
    if not accepted or not refused:
        sys.exit(f"{kind}: {accepted} read and {refused} refused; a comparison needs both")
    print(f"{kind}, {folder.parent.name}: the library and Python read {accepted} inputs alike and refuse {refused} alike")


main()
