#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""What the openssl command says of the tokens that the library accepted while it was fuzzed: signed.py FOLDER"""

import base64
import pathlib
import subprocess
import sys
import tempfile

FIXTURES = pathlib.Path(__file__).resolve().parent.parent.parent / "Fixtures"


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], capture_output=True)


def main():
    tokens = sorted(pathlib.Path(sys.argv[1]).iterdir())
    with tempfile.TemporaryDirectory() as folder:
        keys = []
        for name in ("google-a", "google-b"):
            keys.append(f"{folder}/{name}.pem")
            pem = openssl("x509", "-in", str(FIXTURES / "signing" / f"{name}.pem"), "-pubkey", "-noout").stdout
            pathlib.Path(keys[-1]).write_bytes(pem)
        for token in tokens:
            signed, _, signature = token.read_text().rpartition(".")
            pathlib.Path(f"{folder}/signed").write_text(signed)
            raw = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
            pathlib.Path(f"{folder}/signature").write_bytes(raw)
            files = ["-signature", f"{folder}/signature", f"{folder}/signed"]
            if not any(openssl("dgst", "-sha256", "-verify", key, *files).returncode == 0 for key in keys):
                sys.exit(f"{token}: the library accepts it and the openssl command does not")
    if not tokens:
        sys.exit("nothing was accepted, so nothing is shown")
    print(f"request: the openssl command accepts the signature of each of {len(tokens)} tokens that the library accepted")


main()
