#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Writes the inputs that fuzzing starts from, made of the fixture cases: seeds.py FOLDER"""

import base64
import hashlib
import json
import pathlib
import re
import sys

FIXTURES = pathlib.Path(__file__).resolve().parent.parent.parent / "Fixtures"
# Of responses there are no fixtures.
RESPONSES = [
    "Cache-Control: public, max-age=19532, must-revalidate, no-transform\nAge: 3200\n"
    "Date: Tue, 14 Nov 2023 22:13:20 GMT\nExpires: Wed, 15 Nov 2023 03:38:52 GMT",
    'cache-control: MAX-AGE="60", max-age=99999999999999999999\nAge: 12, 13',
    "Cache-Control: no-store",
    "Cache-Control: no-cache, private, s-maxage=9",
    "Expires: 0",
    "Expires: Tuesday, 14-Nov-23 22:13:20 GMT\nDate: Tue Nov 14 22:13:20 2023",
    "Expires: Thu, 01 Jan 1970 00:00:00 GMT\nExpires: Fri, 31 Dec 9999 23:59:59 GMT",
    "Cache-Control: max-age=-1, max-age=1e3, max-age, x=\"a,b\"\nAge: 99999999999999999999",
]
CLOCKS = [0, 1_700_000_000, (1 << 63) - 1, 1 << 63, (1 << 64) - 1]


def main():
    seeds = {}
    add = lambda target, data: seeds.setdefault(target, set()).add(data if isinstance(data, bytes) else data.encode())
    for path in sorted((FIXTURES / "cases").glob("*.json")):
        for case in json.loads(path.read_text())["cases"]:
            of_case(case, add)
    for path in (FIXTURES / "keys").iterdir():
        add("key-document", path.read_bytes())
    for clock in CLOCKS:
        for response in RESPONSES:
            add("cache-lifetime", clock.to_bytes(8, "big") + response.encode())
    for target, inputs in seeds.items():
        folder = pathlib.Path(sys.argv[1]) / target
        folder.mkdir(parents=True, exist_ok=True)
        for data in inputs:
            (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def of_case(case, add):
    headers = case.get("headers", {"Authorization": f"Bearer {case.get('token')}"})
    fields = list(headers.items() if isinstance(headers, dict) else headers)
    lines = "\n".join(f"{name}: {value}" for name, value in fields)
    add("header-selection", lines)
    add("request", lines)
    for token in [case["token"]] if "token" in case else re.findall(r"[^ \t,]*\.[^ \t,]*", lines):
        add("compact-token", token)
        segments = [decoded(segment) for segment in token.split(".")]
        for target, part in zip(("token-header", "claims"), segments):
            add(target, part)
            add("json", part)
        for segment in token.split("."):
            add("base64url", segment)
    if isinstance(case.get("keys"), (dict, list)):
        add("key-document", json.dumps(case["keys"]))


def decoded(segment):
    """The bytes of a segment as far as it can be read."""
    characters = re.sub(r"[^A-Za-z0-9_-]", "", segment)
    if len(characters) % 4 == 1:
        characters = characters[:-1]
    return base64.urlsafe_b64decode(characters + "=" * (-len(characters) % 4))


main()
