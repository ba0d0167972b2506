#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Runs the programs whose output is part of the corpus. Nothing leaves the loopback interface.

It needs Debian's packages and Python's packages that `recorded.py` names, and root for the programs that listen on the wire.
"""

import datetime
import importlib.metadata
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import tokens  # noqa: E402


def version(program):
    """The version of a package of Debian or of Python."""
    if program == "python3":
        return sys.version.split()[0]
    try:
        return importlib.metadata.version(program)
    except importlib.metadata.PackageNotFoundError:
        words = ["dpkg-query", "-W", "-f", "${Version}", program]
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def main():
    os.environ["PATH"] = f"{pathlib.Path(sys.executable).parent}:/usr/sbin:{os.environ['PATH']}"
    today = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    tokens.RECORDED.write_text(json.dumps({"day": today, "programs": {}}))
    tokens.TOKENS.update(tokens.mint_all())

    from record import clients, languages, servers, system
    from recorded import FILES

    (tokens.DATA / "files").mkdir(exist_ok=True)
    for producer in servers.PRODUCERS + clients.PRODUCERS + languages.PRODUCERS + system.PRODUCERS:
        print(producer.__name__)
        with tempfile.TemporaryDirectory() as folder:
            for name, content in producer(pathlib.Path(folder)).items():
                # What only this machine has does not belong into the corpus.
                for here in (folder, str(tokens.ROOT)):
                    content = content.replace(here.encode(), b"/srv/profiles")
                (tokens.DATA / "files" / name).write_bytes(content)
    programs = {program: version(program) for program in sorted({program for program, _ in FILES.values()})}
    tokens.RECORDED.write_text(json.dumps({"day": today, "programs": programs}, indent=2) + "\n")


main()
