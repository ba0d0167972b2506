#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""What is known of each recorded file: the program that wrote it, and where the time of a record stands in it."""

import json

from shape import Shape, expected
from times import after, before, in_line
from tokens import DATA, LETTERS, RECORDED

CLF = in_line(r"\[{clf}\]")
START = in_line("^{rfc3339}")
SYSLOG = in_line("^{syslog}")
DATE = after("^< [Dd]ate: {http}")
WRAPPED = [expected(letter) for letter in LETTERS]

# The program, and the rule for the time; a file without a rule has no time that an audit would be expected to find.
FILES = {
    "nginx-combined.log": ("nginx", CLF),
    "nginx-authorization.log": ("nginx", CLF),
    "nginx-escape-json.log": ("nginx", in_line('"time":"{rfc3339}')),
    "nginx-escape-none.log": ("nginx", None),
    "nginx-cookie.log": ("nginx", START),
    "nginx-fields.tsv": ("nginx", None),
    "nginx-error-debug.log": ("nginx", in_line("^{slashes}")),
    "caddy-json.log": ("caddy", in_line('"ts":{seconds}')),
    "caddy-iso.log": ("caddy", in_line('"ts":"{rfc3339}')),
    "caddy-console.log": ("caddy", in_line("^{slashes}")),
    "apache-authorization.log": ("apache2", CLF),
    "apache-dumpio.log": ("apache2", None),
    "apache-forensic.log": ("apache2", None),
    "haproxy.log": ("haproxy", in_line(r"\[{haproxy}")),
    "haproxy-cut.log": ("haproxy", None),
    "squid-native.log": ("squid-openssl", None),
    "squid-headers.log": ("squid-openssl", None),
    "varnishlog.txt": ("varnish", None),
    "varnishlog-cut.txt": ("varnish", None),
    "varnishncsa.log": ("varnish", CLF),
    "gunicorn.log": ("gunicorn", CLF),
    "uvicorn-scope.log": ("uvicorn", None),
    "curl-v.txt": ("curl", DATE),
    "curl-v-time.txt": ("curl", after("< Date: {http}")),
    "curl-v-body.txt": ("curl", DATE),
    "curl-v-kept.txt": ("curl", DATE),
    "curl-v-cookies.txt": ("curl", DATE),
    "curl-v-http2.txt": ("curl", None),
    "curl-trace-ascii.txt": ("curl", None),
    "curl-trace-ascii-time.txt": ("curl", None),
    "curl-trace-hex.txt": ("curl", None),
    "curl-libcurl.txt": ("curl", None),
    "nghttp.txt": ("nghttp2-client", None),
    "nghttpd.txt": ("nghttp2-server", None),
    "wget-debug.txt": ("wget", None),
    "httpie.txt": ("httpie", after("^Date: {http}")),
    "python-http-debug.txt": ("requests", None),
    "strace.txt": ("strace", None),
    "socat-v.txt": ("socat", None),
    "tcpdump-ascii.txt": ("tcpdump", None),
    "tcpdump.pcap": ("tcpdump", None),
    "ngrep.txt": ("ngrep", None),
    "tcpflow.txt": ("tcpflow", None),
    "tshark-fields.tsv": ("tshark", None),
    "tshark-json.json": ("tshark", None),
    "tshark-ek.ndjson": ("tshark", in_line('"timestamp":"{milliseconds}')),
    "tshark-verbose.txt": ("tshark", None),
    "mitmproxy-console.txt": ("mitmproxy", None),
    "mitmproxy-flows": ("mitmproxy", None),
    "mitmproxy.har": ("mitmproxy", before('"startedDateTime": "{rfc3339}')),
    "python-log-lines.txt": ("python3", START),
    "python-repr.txt": ("python3", None),
    "python-failures.txt": ("python3", None),
    "python-structured.txt": ("structlog", None),
    "python-coloured.txt": ("loguru", None),
    "python-json-lines.txt": ("python-json-logger", None),
    "python-metadata.txt": ("grpcio", START),
    "node-inspect.txt": ("nodejs", None),
    "ruby-inspect.txt": ("ruby", None),
    "ruby-logger.txt": ("ruby", None),
    "php-var_dump.txt": ("php-cli", None),
    "php-print_r.txt": ("php-cli", None),
    "php-json.txt": ("php-cli", in_line('"datetime":"{rfc3339}')),
    "php-error_log.txt": ("php-cli", None),
    "perl-dumper.txt": ("perl", None),
    "go-dump-q.txt": ("golang-go", None),
    "go-dump.txt": ("golang-go", None),
    "go-values.txt": ("golang-go", None),
    "go-log.txt": ("golang-go", in_line("^{slashes}")),
    "log4j-pattern.log": ("liblog4j2-java", START),
    "java-http-client.log": ("openjdk-17-jre-headless", None),
    "journal-short.txt": ("systemd", SYSLOG),
    "journal-short-iso.txt": ("systemd", START),
    "journal-short-precise.txt": ("systemd", SYSLOG),
    "journal-verbose.txt": ("systemd", None),
    "journal-json.txt": ("systemd", in_line('"__REALTIME_TIMESTAMP":"{microseconds}')),
    "journal-json-pretty.txt": ("systemd", None),
    "journal-export.txt": ("systemd", None),
    "journal-cat.txt": ("systemd", None),
    "rsyslog-rfc3164.log": ("rsyslog", SYSLOG),
    "rsyslog-rfc5424.log": ("rsyslog", in_line(r"^<\d+>1 {rfc3339}")),
    "rsyslog-iso.log": ("rsyslog", START),
    "sqlite-csv.txt": ("sqlite3", None),
    "sqlite-json.txt": ("sqlite3", None),
    "sqlite-insert.txt": ("sqlite3", None),
    "sqlite-quote.txt": ("sqlite3", None),
    "sqlite-line.txt": ("sqlite3", None),
    "sqlite-box.txt": ("sqlite3", None),
    "sqlite-html.txt": ("sqlite3", None),
    "sqlite-tabs.txt": ("sqlite3", None),
    "postgres-copy.txt": ("postgresql-15", None),
    "postgres-copy.csv": ("postgresql-15", None),
    "postgres-table.txt": ("postgresql-15", None),
    "postgres-dump.sql": ("postgresql-15", None),
    "postgres-statements.log": ("postgresql-15", START),
}

# Tokens that stand over several lines or are cut.
SPECIAL = {
    "haproxy-cut.log": {"tokens": [], "codes": {"token_cut": 6}, "mixes": False},
    "varnishlog-cut.txt": {"tokens": [], "codes": {"token_cut": 12}, "mixes": False},
    "tshark-verbose.txt": {"tokens": [], "codes": {"token_cut": 6}, "mixes": False},
    "curl-trace-ascii.txt": {"tokens": WRAPPED, "mixes": False},
    "curl-trace-ascii-time.txt": {"tokens": WRAPPED, "mixes": False},
    "curl-trace-hex.txt": {"tokens": WRAPPED, "mixes": False},
    "sqlite-box.txt": {"tokens": [], "loud": True, "mixes": False},
}


def shapes():
    versions = json.loads(RECORDED.read_text())["programs"]
    made = [
        Shape(
            name,
            (DATA / "files" / name).read_bytes(),
            f"recorded from {program} {versions[program]}",
            when,
            **SPECIAL.get(name, {}),
        )
        for name, (program, when) in FILES.items()
    ]
    for shape in made:
        if shape.name not in SPECIAL and {row["token"] for row in shape.tokens} != set(LETTERS):
            raise RuntimeError(f"not all tokens stand in {shape.name}; record it anew")
    return made
