#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Audits through PySpark in local mode, and compares with a single run: python3 spark.py IDTOKEN

The command is a filter with a line out for each line in, so an engine can run it on its partitions as it is.
"""

import collections
import json
import pathlib
import subprocess
import sys

from pyspark import SparkContext

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
COMMAND = [
    sys.argv[1],
    *("audit", "--keys", str(ROOT / "Fixtures/keys/google.json"), "--audience", "https://service.example.run.app"),
    *("--input", "ndjson", "--field", ".request.authorization", "--format", "ndjson"),
]


def records():
    token = (ROOT / "Fixtures/tokens/valid.jwt").read_text().strip()
    for number in range(2_000):
        request = {"authorization": f"Bearer {token}{'A' if number % 7 == 0 else ''}"} if number % 5 else {}
        hour = 22 if number % 3 else 12
        yield json.dumps({"timestamp": f"2023-11-14T{hour}:13:20Z", "request": request})
    yield "not JSON"


def counts(rows):
    return collections.Counter((row["verdict"], row["code"], row["caller"]) for row in map(json.loads, rows))


def main():
    lines = list(records())
    single = subprocess.run(COMMAND, input="\n".join(lines) + "\n", capture_output=True, text=True)
    context = SparkContext("local[2]", "idtoken", conf=None)
    context.setLogLevel("ERROR")
    # Exit status 1 says that a credential was rejected, which is no failure of the run: it is not checked.
    rows = context.parallelize(lines, 8).pipe(" ".join(f"'{word}'" for word in COMMAND)).collect()
    context.stop()
    assert len(rows) == len(lines), f"{len(rows)} rows of {len(lines)} records"
    assert counts(rows) == counts(single.stdout.splitlines())
    print(f"{len(rows)} rows, the same counts: {sorted(counts(rows).values())}")


main()
