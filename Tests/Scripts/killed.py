#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Kills the command at random moments, and looks at what it leaves: python3 killed.py IDTOKEN TIMES

A run that ends before its moment does not count.

`keys archive`, two at a time, one of them killed: the archive can be read, and has every line that it had before.
`audit`, its rows into a file and into a pipe: all lines but the last are whole and in order, and the last one is cut at
most; a run that is resumed after the whole lines completes the file to what an undisturbed run writes.
"""

import itertools
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
KEYS = str(ROOT / "Fixtures/keys/google.json")
AUDIT = ["audit", "--keys", KEYS, "--audience", "https://service.example.run.app", "--format", "ndjson"]


def killed(command, longest, **options):
    """Starts a process and kills it at a random moment; whether it was still running."""
    process = subprocess.Popen(command, **options)
    try:
        process.wait(timeout=random.uniform(0, longest))
        return False
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True


def duration(command):
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - start


def archive_content(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.ndjson")}


def kill_archive(idtoken, times, folder):
    archive = folder / "archive"
    command = [idtoken, "keys", "archive", str(archive), "--from", KEYS]
    longest = duration(command)
    count = 0
    before = archive_content(archive)
    while count < times:
        other = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        count += killed(command, longest, stdout=subprocess.DEVNULL)
        assert other.wait() == 0
        after = archive_content(archive)
        for name, content in before.items():
            assert after[name].startswith(content), f"{name} has lost lines"
        for content in after.values():
            assert content.endswith(b"\n")
            assert all(json.loads(line)["kid"] for line in content.splitlines())
        before = after
    subprocess.run([idtoken, "keys", "list", "--keys", str(archive)], check=True, stdout=subprocess.DEVNULL)
    lines = sum(content.count(b"\n") for content in before.values())
    print(f"keys archive: killed {count} times, {lines} lines whole")


def kill_audit(idtoken, times, folder):
    token = (ROOT / "Fixtures/tokens/valid.jwt").read_text().strip()
    lines = folder / "lines"
    lines.write_text("".join(f"{token}{'' if i % 3 else i}\n" for i in range(5_000)))
    command = [idtoken, *AUDIT, str(lines)]
    whole = folder / "whole"
    start = time.monotonic()
    with whole.open("wb") as output:
        subprocess.run(command, stdout=output, stderr=subprocess.DEVNULL)
    longest = time.monotonic() - start
    expected = whole.read_bytes()
    rows = folder / "rows"
    count = 0
    written = 0
    cut = 0
    for turn in itertools.count():
        if count == times:
            break
        with rows.open("wb") as output:
            if turn % 2:
                reader = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=output)
                count += killed(command, longest, stdout=reader.stdin, stderr=subprocess.DEVNULL)
                reader.stdin.close()
                reader.wait()
            else:
                count += killed(command, longest, stdout=output, stderr=subprocess.DEVNULL)
        content = rows.read_bytes()
        # So each line but the last is whole, and the last one is a whole line or the beginning of one.
        assert expected.startswith(content), f"turn {turn}: the rows differ"
        written += content.count(b"\n")
        is_cut = content != b"" and not content.endswith(b"\n")
        cut += is_cut
        if turn % 20 < 2 or is_cut:
            done = content.count(b"\n")
            with rows.open("ab") as output:
                resumed = [*command, "--resume-after", str(done)]
                subprocess.run(resumed, stdout=output, stderr=subprocess.DEVNULL)
            assert rows.read_bytes() == expected, f"turn {turn}: resumed after {done}, the rows differ"
    print(f"audit: killed {count} times, {written} lines whole, {cut} lines cut")


def main():
    idtoken, times = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        kill_archive(idtoken, times, pathlib.Path(folder))
        kill_audit(idtoken, times, pathlib.Path(folder))


main()
