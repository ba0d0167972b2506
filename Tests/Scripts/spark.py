#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Audits through PySpark in local mode, and compares with a single run: python3 spark.py IDTOKEN

The command is a filter with a line out for each token in, so an engine can run it on its partitions as it is. The command is
the one of the article OfflineAudit.
"""

import collections
import json
import shlex
import subprocess
import sys
import tempfile

from pyspark import SparkContext

import pipeline


def records():
    token = (pipeline.ROOT / "Fixtures/tokens/valid.jwt").read_text().strip()
    for number in range(2_000):
        request = {"authorization": f"Bearer {token}{'A' if number % 7 == 0 else ''}"} if number % 5 else {}
        hour = 22 if number % 3 else 12
        yield json.dumps({"timestamp": f"2023-11-14T{hour}:13:20Z", "request": request})
    yield "not JSON"


def counts(rows):
    return collections.Counter((row["verdict"], row["code"], row["caller"]) for row in map(json.loads, rows))


def main():
    idtoken = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        command = pipeline.command(idtoken, pipeline.archived(idtoken, folder))
        options = pipeline.documented()[1]
        lines = list(records())
        single = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, text=True)
        context = SparkContext("local[2]", "idtoken", conf=None)
        context.setLogLevel("OFF")
        # Some partitions have no line at all.
        partitions = context.parallelize(lines, 8).union(context.parallelize([], 2))
        rows = partitions.pipe(shlex.join(command), **options).collect()
        assert counts(rows) == counts(single.stdout.splitlines())
        assert len(rows) == sum("Bearer" in line for line in lines), f"{len(rows)} rows of {len(lines)} records"
        try:
            partitions.pipe(shlex.join(pipeline.command(idtoken, f"{folder}/missing")), **options).collect()
        except Exception as error:
            assert "error code 75" in str(error), error
        else:
            raise AssertionError("a job whose workers have no keys has not failed")
        context.stop()
    print(f"{len(rows)} rows, the same counts: {sorted(counts(rows).values())}")


main()
