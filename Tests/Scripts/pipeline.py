#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Runs the command of the article OfflineAudit as Spark's pipe() does: python3 pipeline.py IDTOKEN

Only two paths are replaced, those of the program and of the archive. pipe() splits the command like a shell and starts it
with an empty environment; a system that gives it a PATH gives the one of two folders.
"""

import ast
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ARTICLE = ROOT / "Sources/GoogleIDToken/GoogleIDToken.docc/OfflineAudit.md"
PROGRAM = "/usr/local/bin/idtoken"
ARCHIVE = "/var/lib/idtoken"


def documented():
    """The command in the article, and whether pipe() is told to check its exit status."""
    code = re.search(r"```python\n(.*?)```", ARTICLE.read_text(), re.DOTALL).group(1)
    call = ast.parse(code).body[-1].value
    assert call.func.attr == "pipe", ast.dump(call.func)
    return ast.literal_eval(call.args[0]), {word.arg: ast.literal_eval(word.value) for word in call.keywords}


def command(idtoken, archive):
    words = shlex.split(documented()[0])
    assert words[0] == PROGRAM and words.count(ARCHIVE) == 1, words
    return [{PROGRAM: idtoken, ARCHIVE: archive}.get(word, word) for word in words]


def archived(idtoken, folder):
    archive = f"{folder}/archive"
    document = str(ROOT / "Fixtures/keys/google.json")
    arguments = ["keys", "archive", archive, "--from", document, "--seen", "2023-11-14T00:00:00Z"]
    subprocess.run([idtoken, *arguments], check=True, stdout=subprocess.DEVNULL)
    return archive


def main():
    idtoken = sys.argv[1]
    assert documented()[1].get("checkCode") is True, "pipe() does not fail on a worker that fails, unless it is told to"
    token = (ROOT / "Fixtures/tokens/valid.jwt").read_text().strip()
    lines = [
        json.dumps({"timestamp": "2023-11-14T22:13:20Z", "request": {"authorization": f"Bearer {text}"}})
        for text in (token, token[:-9] + "AAAAAAAAA", "none")
    ]
    with tempfile.TemporaryDirectory() as folder:
        for start in ([], ["env", "-i", "PATH=/usr/bin:/bin"]):
            words = start + command(idtoken, archived(idtoken, folder))
            run = subprocess.run(words, env={}, input="\n".join(lines) + "\n", capture_output=True, text=True, cwd="/")
            assert run.returncode == 0, (run.returncode, run.stderr)
            verdicts = [json.loads(line)["verdict"] for line in run.stdout.splitlines()]
            assert verdicts[:2] == ["verified", "rejected"], (verdicts, run.stderr)
            # A partition may have no token at all.
            run = subprocess.run(words, env={}, input="", capture_output=True, text=True, cwd="/")
            assert (run.returncode, run.stdout) == (0, ""), (run.returncode, run.stderr)
            words = start + command(idtoken, f"{folder}/missing")
            run = subprocess.run(words, env={}, input="\n".join(lines), capture_output=True, text=True, cwd="/")
            assert run.returncode == 75, (run.returncode, run.stderr)


if __name__ == "__main__":
    main()
