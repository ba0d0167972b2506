#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""What the system's log services and databases write."""

import datetime
import os
import socket
import time

from record.loopback import free_port, run, running
from tokens import LETTERS, TOKENS


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def journal(folder):
    """The journal is made by systemd-journal-remote from the export format, and read by journalctl."""
    entries = []
    for number, letter in enumerate(LETTERS):
        microseconds = int(now().timestamp() * 1_000_000) + number
        entries.append(
            f"__REALTIME_TIMESTAMP={microseconds}\n__MONOTONIC_TIMESTAMP={9_000_000 + number}\n"
            f"_BOOT_ID=0f3a6c1e5b7d4e2f9a8b7c6d5e4f3a2b\n_HOSTNAME=service\n_PID=4711\nSYSLOG_IDENTIFIER=profiles\nPRIORITY=4\n"
            f"MESSAGE=refused GET /profiles/{number} Authorization: Bearer {TOKENS[letter]}\n\n"
        )
    remote = "/usr/lib/systemd/systemd-journal-remote"
    run(remote, f"--output={folder}/profiles.journal", "-", input="".join(entries))
    read = ("journalctl", "--utc", "--all", "--no-pager", "--file", folder / "profiles.journal", "-o")
    forms = ("short", "short-iso", "short-precise", "verbose", "json", "json-pretty", "export", "cat")
    return {f"journal-{form}.txt": run(*read, form)[0] for form in forms}


def rsyslog(folder):
    port = free_port()
    forms = {
        "rfc3164": "RSYSLOG_TraditionalFileFormat",
        "rfc5424": "RSYSLOG_SyslogProtocol23Format",
        "iso": "RSYSLOG_FileFormat",
    }
    actions = "\n".join(
        f'action(type="omfile" file="{folder}/{name}" template="{form}")' for name, form in forms.items()
    )
    (folder / "rsyslog.conf").write_text(
        'global(maxMessageSize="64k")\n'
        f'module(load="imudp")\ninput(type="imudp" port="{port}" address="127.0.0.1")\n{actions}\n'
    )
    with running("rsyslogd", "-n", "-f", folder / "rsyslog.conf", "-i", folder / "pid"):
        time.sleep(2)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            for letter in LETTERS:
                stamp = now().strftime("%b %e %H:%M:%S")
                line = f"<132>{stamp} service profiles[4711]: refused Authorization: Bearer {TOKENS[letter]}"
                sender.sendto(line.encode(), ("127.0.0.1", port))
        time.sleep(2)
    return {f"rsyslog-{name}.log": (folder / name).read_bytes() for name in forms}


def sqlite(folder):
    rows = "\n".join(
        f"insert into calls values ({number}, '{now():%Y-%m-%d %H:%M:%S}', 'it''s, \"quoted\"\nover lines', 'Bearer {token}');"
        for number, token in enumerate(TOKENS.values())
    )
    script = f"create table calls(id integer, at text, note text, authorization text);\n{rows}\n.headers on\n"
    files = {}
    for mode in ("csv", "json", "insert calls", "quote", "line", "box", "html", "tabs"):
        name = mode.split()[0]
        output, _ = run("sqlite3", ":memory:", input=f"{script}.mode {mode}\nselect * from calls;\n")
        files[f"sqlite-{name}.txt"] = output
    return files


def postgres(folder):
    """A cluster of its own that listens on a socket in the folder only."""
    binaries = "/usr/lib/postgresql/15/bin"
    folder.chmod(0o777)
    user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    run(*user, f"{binaries}/initdb", "-D", folder / "data", "-U", "postgres", folder=folder)
    settings = (
        "listen_addresses=",
        f"unix_socket_directories={folder}",
        "log_statement=all",
        "log_line_prefix=%m [%p] %u@%d ",
    )
    words = [*user, f"{binaries}/postgres", "-D", folder / "data"]
    for setting in settings:
        words += ["-c", setting]
    with running(*words, folder=folder, output=folder / "log"):
        time.sleep(4)
        psql = ("psql", "-h", folder, "-U", "postgres", "-X", "-c")
        run(*psql, "create table calls(id int, at timestamptz, note text, headers jsonb)")
        for number, token in enumerate(TOKENS.values()):
            values = f"""{number}, now(), E'a\\tb\\nc "d"', '{{"authorization": "Bearer {token}"}}'"""
            run(*psql, f"insert into calls values ({values})")
        files = {
            "postgres-copy.txt": run(*psql, "copy calls to stdout")[0],
            "postgres-copy.csv": run(*psql, "copy calls to stdout (format csv, header)")[0],
            "postgres-table.txt": run(*psql, "select * from calls")[0],
            "postgres-dump.sql": run("pg_dump", "-h", folder, "-U", "postgres", "--inserts", "-t", "calls", "postgres")[
                0
            ],
        }
    files["postgres-statements.log"] = b"".join(
        line for line in (folder / "log").read_bytes().splitlines(keepends=True) if b"insert into" in line
    )
    return files


PRODUCERS = [journal, rsyslog, sqlite, postgres]
