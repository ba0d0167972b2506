#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Interrupts an audit, and looks at its progress bar: python3 interrupted.py IDTOKEN"""

import json
import os
import pathlib
import pty
import signal
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
KEYS = str(ROOT / "Fixtures/keys/google.json")
AUDIT = ["audit", "--keys", KEYS, "--audience", "https://service.example.run.app", "--format", "ndjson"]
TOKEN = (ROOT / "Fixtures/tokens/valid.jwt").read_text().strip()


def interrupt(idtoken, number):
    pipe = subprocess.PIPE
    process = subprocess.Popen([idtoken, *AUDIT], stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    process.stdin.write(f"{TOKEN}\n" * 3)
    process.stdin.flush()
    # The rows come although the input has not ended: what waits for input keeps nothing back.
    rows = [json.loads(process.stdout.readline()) for _ in range(3)]
    assert [row["verdict"] for row in rows] == ["verified"] * 3
    process.send_signal(number)
    status = process.wait(timeout=60)
    errors = process.stderr.read()
    assert status == 128 + number, status
    assert process.stdout.read() == ""
    assert errors.startswith("3 tokens in 3 records: 3 verified\n"), errors
    end = "the rows up to record 3 are written. To continue it, append (>>) to the same file with --resume-after 3\n"
    assert errors.endswith(end), errors


def show_progress(idtoken):
    with tempfile.NamedTemporaryFile("w") as lines:
        lines.write(f"{TOKEN}\n" * 2_000)
        lines.flush()
        terminal, other = pty.openpty()
        command = [idtoken, *AUDIT, lines.name]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=other)
        os.close(other)
        shown = b""
        try:
            while block := os.read(terminal, 4096):
                shown += block
        except OSError:
            pass  # So a terminal ends.
        assert process.wait() == 0
    first, *_ = shown.split(b"\r\x1b[K")[1:]
    assert first.startswith(b"[#") and b" % " in first and b" a second, " in first and b" left" in first, shown
    assert b"\r\x1b[K2000 tokens in 2000 records: 2000 verified" in shown, shown
    quiet = subprocess.run([idtoken, *AUDIT], input=TOKEN, capture_output=True, text=True)
    assert "\x1b" not in quiet.stderr


def main():
    # Whoever started this may have kept signals from it.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    interrupt(sys.argv[1], signal.SIGINT)
    interrupt(sys.argv[1], signal.SIGTERM)
    show_progress(sys.argv[1])


main()
