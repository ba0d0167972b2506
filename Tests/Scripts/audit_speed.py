#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Measures `idtoken audit` beside raw OpenSSL: python3 audit_speed.py IDTOKEN TOKENS

TOKENS is a file that Fixtures/generator/many.py wrote, or - for its output on standard input. Raw is what `openssl speed
rsa2048` says before and after the run, of one core and of all of them at once, which is less than their number would
have it where cores share parts or are shared with others. Prints records a second by the clock, as a ratio to cores x raw; the
same by processor time, which other work on the machine disturbs less; and peak resident memory.
"""

import os
import pathlib
import re
import resource
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def raw(*options):
    """Verifications in a second."""
    text = subprocess.run(
        ["openssl", "speed", "-seconds", "3", *options, "rsa2048"], check=True, capture_output=True, text=True
    ).stdout
    return float(re.findall(r"[\d.]+", text.splitlines()[-1])[-1])


def main():
    idtoken, tokens = sys.argv[1:]
    command = [
        *(idtoken, "audit", "--keys", str(ROOT / "Fixtures/keys/google.json"), "--format", "ndjson"),
        *("--audience", "https://service.example.run.app", "--input", "tokens", tokens),
    ]
    cores = len(os.sched_getaffinity(0))
    before = raw()
    all_before = raw("-multi", str(cores))
    start = time.monotonic()
    with open(os.devnull, "wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.PIPE, text=True)
        summary = process.stderr.read()
        # This child's own usage: the highest of all children would be that of openssl as well.
        _, _, usage = os.wait4(process.pid, 0)
    clock = time.monotonic() - start
    all_after = raw("-multi", str(cores))
    after = raw()
    records = int(summary.split()[0])
    speed = (before + after) / 2
    all_speed = (all_before + all_after) / 2
    processor = usage.ru_utime + usage.ru_stime
    print(summary.splitlines()[0])
    print(f"{cores} cores; raw {before:.0f} and {after:.0f} a second on one, {all_before:.0f} and {all_after:.0f} on all")
    print(f"{records / clock:.0f} records a second by the clock, {records / clock / speed / cores:.2f} x cores x raw on one,")
    print(f"{records / clock / all_speed:.2f} x raw on all at once")
    print(f"{processor / records * 1e6:.1f} us of processor time a record, {records / processor / speed:.2f} x raw")
    print(f"{usage.ru_maxrss / 1024:.0f} MiB resident at most")


main()
