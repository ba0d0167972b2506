#!/usr/bin/env python3
#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Weakens one rule at a time and looks whether the tests notice.

    python3 Tests/Mutants/mutants.py [FILTER]

takes the mutants from the files *.toml beside it: each replaces one piece of text, which must occur exactly once in its file,
by another one, and names the rule that this breaks and the tests that must fail then. With FILTER, a regular expression, only
those mutants are run of whose list, file, text or rule it finds a part, such as `keys`, `TimePolicy` or `audience`.

All happens in a copy of the tree in .build-mutants, where builds are kept from one run to the next. First the tests concerned
must pass there without a mutant. Then a line for each mutant says whether it was noticed; one that the tests wait for without
end is noticed too. A mutant whose text is not found once, or that does not compile, is an error. The last line is
`N passed, N failed`: noticed, and survived or in error; those are named again before it.

The first run builds everything, without and with all traits, which takes about ten minutes on two cores. After that each
mutant takes about 10 seconds, all of them together half an hour to an hour. It needs Python 3.11.
"""

import dataclasses
import fcntl
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / ".build-mutants"
TREE = WORK / "tree"
# In seconds; the slowest test has a limit of its own of a minute.
LONGEST_BUILD = 3600
LONGEST_TEST = 150


@dataclasses.dataclass
class Mutant:
    list: str
    path: str
    before: str
    after: str
    breaks: str
    tests: str
    traits: bool

    def __str__(self):
        return f"{self.path}: {self.breaks}"


class BrokenMutant(Exception):
    """A mutant that cannot be judged, with the reason."""


def main():
    chosen = [mutant for path in sorted(HERE.glob("*.toml")) for mutant in read(path) if is_chosen(mutant, sys.argv[1:])]
    if not chosen:
        sys.exit("mutants: no mutant is chosen")
    WORK.mkdir(exist_ok=True)
    lock = open(WORK / "lock", "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("mutants: another run is under way here")
    copy_tree()
    for traits in sorted({mutant.traits for mutant in chosen}):
        check_original([mutant for mutant in chosen if mutant.traits == traits], traits)
    passed, failures = 0, []
    for number, mutant in enumerate(chosen, 1):
        start = time.monotonic()
        try:
            outcome = judge(mutant)
        except BrokenMutant as error:
            outcome = f"error: {error}"
        if outcome.startswith("noticed"):
            passed += 1
        else:
            failures.append(f"{outcome.split(':')[0]}: {mutant}")
        print(f"[{number}/{len(chosen)}] {mutant}: {outcome} ({time.monotonic() - start:.0f} s)", flush=True)
    for failure in failures:
        print(failure)
    print(f"{passed} passed, {len(failures)} failed")
    sys.exit(bool(failures))


def read(path):
    """The mutants of a list."""
    document = tomllib.loads(path.read_text())
    for entry in document["mutant"]:
        yield Mutant(path.stem, f"{document['folder']}/{entry['file']}", entry["before"], entry["after"], entry["breaks"],
                     entry["tests"], document["traits"])


def is_chosen(mutant, arguments):
    words = [mutant.list, mutant.path, mutant.before, mutant.breaks]
    return not arguments or any(re.search(arguments[0], word) for word in words)


def copy_tree():
    """Makes the copy like the tree; a file that is the same already keeps its time, so that it is not built again."""
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, text=True,
                           capture_output=True, check=True).stdout.split("\0")
    wanted = {name for name in names if name and (ROOT / name).is_file()}
    # It is not in git, and keeps the dependencies as they are.
    wanted |= {"Package.resolved"} if (ROOT / "Package.resolved").exists() else set()
    for path in [path for path in TREE.rglob("*") if path.is_file() or path.is_symlink()]:
        if str(path.relative_to(TREE)) not in wanted:
            path.unlink()
    for name in wanted:
        source, target = ROOT / name, TREE / name
        if not target.exists() or source.read_bytes() != target.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def check_original(mutants, traits):
    """Stops the run if the tests concerned do not pass without a mutant, or if there are none."""
    print(f"the tree without a mutant, {'all traits' if traits else 'no traits'}", flush=True)
    failure = build(traits)
    if failure:
        sys.exit(f"mutants: the tree itself does not build\n{failure}")
    listed = subprocess.run(command(traits, ["test", "list"], "--skip-build"), cwd=TREE, text=True, capture_output=True,
                            check=True).stdout.splitlines()
    for mutant in mutants:
        if not any(re.search(mutant.tests, line) for line in listed):
            sys.exit(f"mutants: no test has a name like {mutant.tests} ({mutant})")
    failure = test(traits, "|".join(sorted({mutant.tests for mutant in mutants})), 10 * LONGEST_TEST)
    if failure:
        sys.exit(f"mutants: the tests fail without a mutant: {failure}")


def judge(mutant):
    """Puts a mutant in, builds, tests, and takes it out again."""
    file = TREE / mutant.path
    if not file.exists():
        raise BrokenMutant("there is no such file")
    original = file.read_text()
    count = original.count(mutant.before)
    if count != 1:
        raise BrokenMutant(f"its text occurs {count} times, not once: {mutant.before}")
    try:
        file.write_text(original.replace(mutant.before, mutant.after))
        failure = build(mutant.traits)
        if failure:
            raise BrokenMutant(f"it does not compile\n{failure}")
        failure = test(mutant.traits, mutant.tests, LONGEST_TEST)
        return f"noticed, {failure}" if failure else "SURVIVED"
    finally:
        file.write_text(original)


def command(traits, verb, *arguments):
    scratch = WORK / ("all-traits" if traits else "no-traits")
    return ["swift", *verb, "--scratch-path", str(scratch), *(["--enable-all-traits"] if traits else []), *arguments]


def build(traits):
    """Builds the copy with its tests; returns what the compiler says if it fails."""
    result = subprocess.run(command(traits, ["build"], "--build-tests"), cwd=TREE, text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, timeout=LONGEST_BUILD)
    if result.returncode == 0:
        return None
    errors = [line for line in result.stdout.splitlines() if "error:" in line]
    return "\n".join(errors[:10] or result.stdout.splitlines()[-10:])


def test(traits, names, limit):
    """Runs tests up to the first failure; returns in a few words what failed, or None if all passed."""
    process = subprocess.Popen(
        command(traits, ["test"], "--skip-build", "--disable-xctest", "--filter", names), cwd=TREE, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace", start_new_session=True)
    hangs = threading.Event()
    timer = threading.Timer(limit, lambda: (hangs.set(), end(process)))
    timer.start()
    count = None
    try:
        for line in process.stdout:
            failed = re.search(r"(?:Test|Suite) (.+?) (?:recorded an issue|failed after)", line)
            if failed:
                return failed.group(1)
            ended = re.search(r"Test run with (\d+) tests?.* passed", line)
            if ended:
                count = int(ended.group(1))
        status = process.wait()
    finally:
        timer.cancel()
        end(process)
        process.wait()
    if hangs.is_set():
        return f"the tests hang (more than {limit} s)"
    if status != 0:
        return f"the tests crash (status {status})"
    if not count:
        raise BrokenMutant("no test was run")
    return None


def end(process):
    """Ends a test run and all that it has started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


main()
