#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""What languages print of values with tokens in them."""

import pathlib
import sys

from record.loopback import run, upstream
from tokens import TOKENS

PROGRAMS = pathlib.Path(__file__).resolve().parent / "programs"
PYTHON = sys.executable


def each(*words, stream=0, **options):
    """Runs a program with all tokens as its arguments."""
    return run(*words, *TOKENS.values(), **options)[stream]


def python(folder):
    files = {}
    for name in ("log_lines", "repr", "failures", "structured", "coloured", "json_lines", "metadata"):
        output, errors = run(PYTHON, PROGRAMS / f"{name}.py", *TOKENS.values(), folder=PROGRAMS)
        files[f"python-{name.replace('_', '-')}.txt"] = output + errors
    return files


def node(folder):
    return {"node-inspect.txt": each("node", PROGRAMS / "inspect.js")}


def ruby(folder):
    return {
        "ruby-inspect.txt": each("ruby", PROGRAMS / "inspect.rb"),
        "ruby-logger.txt": each("ruby", PROGRAMS / "logger.rb"),
    }


def php(folder):
    return {
        f"php-{name}.txt": each("php", PROGRAMS / f"{name}.php")
        for name in ("var_dump", "print_r", "json", "error_log")
    }


def perl(folder):
    return {"perl-dumper.txt": each("perl", PROGRAMS / "dumper.pl")}


def go(folder):
    environment = {"GOCACHE": str(folder / "cache"), "GOPATH": str(folder), "GO111MODULE": "off"}
    run("go", "build", "-o", folder / "dump", PROGRAMS / "dump.go", environment=environment)
    return {
        "go-dump-q.txt": each(folder / "dump", "q"),
        "go-dump.txt": each(folder / "dump", "s"),
        "go-values.txt": each(folder / "dump", "v"),
        "go-log.txt": each(folder / "dump", "log", stream=1),
    }


def java(folder):
    jars = ":".join(f"/usr/share/java/log4j-{name}.jar" for name in ("api", "core"))
    run("javac", "-cp", jars, "-d", folder, PROGRAMS / "Profiles.java")
    words = ("java", "-cp", f"{jars}:{folder}", f"-Dlog4j2.configurationFile={PROGRAMS}/log4j2.xml")
    with upstream() as port:
        lines = each(*words, "Profiles", f"http://127.0.0.1:{port}/profiles", folder=folder)
        client = each(
            *words, "-Djdk.httpclient.HttpClient.log=headers,requests", "Profiles", f"http://127.0.0.1:{port}/profiles",
            stream=1, folder=folder
        )  # fmt: skip
    return {
        "log4j-pattern.log": lines,
        "java-http-client.log": client,
    }


PRODUCERS = [python, node, ruby, php, perl, go, java]
