#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Writes the corpus of log shapes, or checks that it is what this would write.

python3 Tests/Shapes/generator             the written shapes and the manifest
python3 Tests/Shapes/generator --check     writes nothing; fails if a file differs
python3 Tests/Shapes/generator --record    runs the programs anew, on the loopback interface, with tokens of today
"""

import argparse
import json
import subprocess
import sys

import tokens


def main():
    parser = argparse.ArgumentParser(prog="Tests/Shapes/generator")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file differs")
    parser.add_argument("--record", action="store_true", help="run the programs anew")
    arguments = parser.parse_args()
    if arguments.record:
        subprocess.run([sys.executable, "-m", "record"], cwd=tokens.DATA / "generator", check=True)

    # They make the tokens of the day when they are imported.
    import recorded
    from shape import digits
    from written import cloud, streams, text

    tokens.TOKENS.update(tokens.mint_all())
    written = [shape for module in (cloud, text, streams) for shape in module.shapes()]
    shapes = sorted(written + recorded.shapes(), key=lambda shape: shape.name)
    manifest = {
        "keys": "Fixtures/keys/google.json",
        "audience": tokens.AUDIENCE,
        "tokens": {letter: digits(token) for letter, token in tokens.TOKENS.items()},
        "shapes": [shape.entry() for shape in shapes],
    }
    files = {"manifest.json": lines_of(manifest).encode()}
    files |= {f"files/{shape.name}": shape.data for shape in shapes}
    if arguments.check:
        sys.exit(check(files))
    (tokens.DATA / "files").mkdir(exist_ok=True)
    for name, content in files.items():
        (tokens.DATA / name).write_bytes(content)
    print(f"{len(shapes)} shapes, {len(written)} of them written by hand")


def lines_of(manifest):
    """The manifest as JSON with a line for each shape, so that a changed shape is a changed line."""
    head = json.dumps({name: value for name, value in manifest.items() if name != "shapes"}, indent=2)[:-2]
    shapes = ",\n".join("    " + json.dumps(entry, ensure_ascii=False) for entry in manifest["shapes"])
    return f'{head},\n  "shapes": [\n{shapes}\n  ]\n}}\n'


def check(files):
    """How many files on disk are not what this writes; each is named."""
    present = {f"files/{path.name}" for path in (tokens.DATA / "files").iterdir()} | {"manifest.json"}
    different = [name for name in files if name in present and (tokens.DATA / name).read_bytes() != files[name]]
    wrong = sorted({*different, *(present ^ set(files))})
    for name in wrong:
        print(
            f"Tests/Shapes/{name} is not what the generator writes; run: python3 Tests/Shapes/generator",
            file=sys.stderr,
        )
    return len(wrong)


main()
