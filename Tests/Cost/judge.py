#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Judges the instruction counts of a run: judge.py FOLDER

Fails where twice the input takes more than 2.3 times the instructions (over two doublings in a row, since memcpy changes its
way at some sizes), and where a token or request of at most 16 KiB takes
more than three raw verifications of as many bytes.
"""

import pathlib
import re
import sys

GROWTH = 2.3
RAW = 3
TRIGGER = re.compile(r"^desc: Trigger: Client Request: (\w+)\|(.*)\|(\d+)$", re.MULTILINE)
SUMMARY = re.compile(r"^(?:summary|totals): (\d+)$", re.MULTILINE)


def main():
    raw, families = read(pathlib.Path(sys.argv[1]))
    largest = max(raw)
    print(f"a raw verification: {raw[min(raw)]:,} instructions at {min(raw)} bytes, {raw[largest]:,} at {largest}\n")
    print(f"{'family':68} {'size':>7} {'instructions':>13} {'doubled':>8} {'x raw':>6}")
    failures = 0
    worst = []
    for (bar, name), counts in families.items():
        sizes = sorted(counts)
        growth = max((counts[b] / counts[a]) ** 0.5 for a, b in zip(sizes, sizes[2:]))
        last = sizes[-1]
        by_raw = counts[last] / raw[largest]
        is_slow = growth > GROWTH or bar == "raw" and by_raw > RAW
        failures += is_slow
        if bar == "raw":
            worst.append((by_raw, name))
        print(f"{name:68} {last:7} {counts[last]:13,} {growth:8.2f} {by_raw:6.2f}" + (" SLOW" if is_slow else ""))
    print(f"\nthe worst before a signature holds: {max(worst)[0]:.2f} x raw ({max(worst)[1]})")
    print(f"{len(families) - failures} passed, {failures} failed")
    sys.exit(bool(failures))


def read(folder):
    """The counts of raw verifications by size, and of each family by size."""
    raw, families = {}, {}
    for path in folder.iterdir():
        text = path.read_text(errors="replace")
        trigger, summary = TRIGGER.search(text), SUMMARY.search(text)
        if not trigger:
            continue
        bar, name, size = trigger.groups()
        counts = raw if bar == "raw" and name == "raw" else families.setdefault((bar, name), {})
        counts[int(size)] = int(summary.group(1))
    if not raw or len(families) < 100 or any(len(counts) != 4 for counts in families.values()):
        sys.exit(f"cost: {len(families)} families were counted, which is not all of them at four sizes each")
    return raw, dict(sorted(families.items(), key=lambda family: family[0][1]))


main()
