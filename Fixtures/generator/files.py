#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""The format of a file of cases."""

import json

from changes import describe
from tokens import AUDIENCE, EMAIL, NOW


class CaseFile:
    """Collects the cases of one file, one line each."""

    def __init__(self, description, **defaults):
        self.description = description
        self.defaults = {"keys": "google.json", "audiences": [AUDIENCE], "now": NOW, **defaults}
        self.cases = []

    def accept(self, name, presented, claims=None, assurance=None, change=None, **members):
        expect = {"claims": {"email": EMAIL} if claims is None else claims}
        if assurance:
            expect["assurance"] = assurance
        self.add(name, presented, expect, change, members)

    def reject(self, name, presented, code, change=None, **members):
        self.add(name, presented, {"error": code}, change, members)

    def add(self, name, presented, expect, change, members):
        """Adds a case; `change` is given where the token and the keys do not show it well themselves."""
        kind = "token" if isinstance(presented, str) else "headers"
        case = {"name": name, kind: presented, **members, "expect": expect}
        self.cases.append({"name": name, "change": describe(case, self.defaults, change), **case})

    def text(self):
        rows = ",\n".join("    " + line(case) for case in self.cases)
        return (
            "{\n"
            f'  "description": {line(self.description)},\n'
            f'  "defaults": {line(self.defaults)},\n'
            f'  "cases": [\n{rows}\n  ]\n'
            "}\n"
        )


def line(value):
    return json.dumps(value, ensure_ascii=True)
