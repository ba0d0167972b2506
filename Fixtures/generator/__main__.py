#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Writes the fixtures anew, or checks that they are what this would write.

python3 Fixtures/generator               tokens, key documents and cases from the keys in Fixtures/signing
python3 Fixtures/generator --check       writes nothing; fails if a file differs
python3 Fixtures/generator --new-keys    new keys first (needs the openssl command)
"""

import argparse
import pathlib
import sys

import elliptic
import signing

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser(prog="Fixtures/generator")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file differs")
    parser.add_argument("--new-keys", action="store_true", help="make new keys first, with the openssl command")
    arguments = parser.parse_args()
    if arguments.new_keys:
        signing.make_keys()
        elliptic.make_keys()

    # They read the keys when they are imported.
    import cases
    import documents
    import tokens

    files = {"tokens/valid.jwt": tokens.token() + "\n"}
    files |= {f"keys/{name}": content for name, content in documents.files().items()}
    files |= {f"cases/{name}.json": file.text() for name, file in cases.files().items()}
    if arguments.check:
        sys.exit(check(files))
    for name, content in files.items():
        (ROOT / name).parent.mkdir(exist_ok=True)
        (ROOT / name).write_bytes(content.encode())
    print(f"{sum(len(file.cases) for file in cases.files().values())} cases in {len(files)} files")


def check(files):
    """How many files on disk are not what the generator writes; each is named."""
    present = {
        str(path.relative_to(ROOT)) for folder in ("cases", "keys", "tokens") for path in (ROOT / folder).iterdir()
    }
    different = [name for name in files if name in present and (ROOT / name).read_bytes() != files[name].encode()]
    wrong = sorted({*different, *(present ^ set(files))})
    for name in wrong:
        print(f"Fixtures/{name} is not what the generator writes; run: python3 Fixtures/generator", file=sys.stderr)
    return len(wrong)


main()
