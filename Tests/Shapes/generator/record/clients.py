#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""What HTTP clients print about their requests, and what programs that listen on the wire do."""

import contextlib
import subprocess
import sys
import time

from record.loopback import ENVIRONMENT, free_port, request_all, run, running, upstream
from tokens import LETTERS, TOKENS

PYTHON = sys.executable


def fields(letter):
    return ["-H", f"Authorization: Bearer {TOKENS[letter]}"]


def curl(folder):
    """Each file is six runs of curl, one after the other, but for the last two."""
    files = {}
    with upstream() as port:
        url = f"http://127.0.0.1:{port}/profiles/"

        def all_runs(*options, stream=1):
            runs = (run("curl", "-s", *options, *fields(letter), url + letter)[stream] for letter in LETTERS)
            return b"".join(runs)

        files["curl-v.txt"] = all_runs("-v")
        files["curl-v-time.txt"] = all_runs("-v", "--trace-time")
        files["curl-v-body.txt"] = all_runs("-v", "--stderr", "-", stream=0)
        files["curl-trace-ascii.txt"] = all_runs("--trace-ascii", "-", "-o", "/dev/null", stream=0)
        files["curl-trace-ascii-time.txt"] = all_runs("--trace-ascii", "-", "--trace-time", "-o", "/dev/null", stream=0)
        files["curl-trace-hex.txt"] = all_runs("--trace", "-", "-o", "/dev/null", stream=0)
        code = []
        for letter in LETTERS:
            run("curl", "-s", "--libcurl", folder / "code.c", *fields(letter), url + letter)
            code.append((folder / "code.c").read_bytes())
        files["curl-libcurl.txt"] = b"".join(code)
        # One connection, used again for each request.
        words = []
        for letter in LETTERS:
            words += ["-s", "-v", *fields(letter), "-d", f"page={letter}", url + letter, "--next"]
        files["curl-v-kept.txt"] = run("curl", *words[:-1], check=False)[1]
        words = [word for letter in LETTERS for word in ("-s", "-v", "-b", f"session={TOKENS[letter]}", url, "--next")]
        files["curl-v-cookies.txt"] = run("curl", *words[:-1])[1]
    return files


def curl_http2(folder):
    port = free_port()
    (folder / "profiles").write_text("ok\n")
    with running("nghttpd", "--no-tls", "-d", folder, "-v", port, output=folder / "log", port=port):
        url = f"http://127.0.0.1:{port}/profiles"
        runs = [run("curl", "-s", "-v", "--http2-prior-knowledge", *fields(letter), url)[1] for letter in LETTERS]
        printed = [run("nghttp", "-nv", f"-Hauthorization: Bearer {TOKENS[letter]}", url)[0] for letter in LETTERS]
        time.sleep(1)
    return {
        "curl-v-http2.txt": b"".join(runs),
        "nghttp.txt": b"".join(printed),
        "nghttpd.txt": (folder / "log").read_bytes(),
    }


def others(folder):
    files = {}
    with upstream() as port:
        url = f"http://127.0.0.1:{port}/profiles/"
        files["wget-debug.txt"] = b"".join(
            run("wget", "-d", "-O", "/dev/null", f"--header=Authorization: Bearer {TOKENS[letter]}", url + letter)[1]
            for letter in LETTERS
        )
        files["httpie.txt"] = b"".join(
            run("http", "--ignore-stdin", "-v", "GET", url + letter, f"Authorization:Bearer {TOKENS[letter]}")[0]
            for letter in LETTERS
        )
        script = (
            "import sys, http.client, logging, requests\n"
            "http.client.HTTPConnection.debuglevel = 1\n"
            "logging.basicConfig(level=logging.DEBUG)\n"
            "session = requests.Session()\n"
            "for token in sys.argv[2:]:\n"
            "    session.get(sys.argv[1], headers={'Authorization': 'Bearer ' + token})\n"
        )
        files["python-http-debug.txt"] = run(PYTHON, "-c", script, url, *TOKENS.values())[0]
        files["strace.txt"] = b"".join(
            run("strace", "-s", "4096", "-tt", "-e", "trace=network", "curl", "-s", *fields(letter), url + letter)[1]
            for letter in LETTERS
        )
        relay = free_port()
        words = ["socat", "-v", f"TCP-LISTEN:{relay},reuseaddr,bind=127.0.0.1", f"TCP:127.0.0.1:{port}"]
        with subprocess.Popen(words, stderr=subprocess.PIPE, env=ENVIRONMENT) as relayed:
            time.sleep(0.5)
            request_all(relay, body=lambda letter: f'{{"page": "{letter}"}}', method="POST")
            files["socat-v.txt"] = relayed.stderr.read()
    return files


def listeners(folder):
    """Programs that listen on the wire, while the requests go over the loopback interface."""
    with upstream() as port:
        rule = f"tcp port {port}"
        outputs = {
            "tcpdump-ascii.txt": ["tcpdump", "-i", "lo", "-n", "-l", "-A", "-s0", rule],
            "ngrep.txt": ["ngrep", "-d", "lo", "-q", "-t", "-W", "byline", "", rule],
            "capture": ["tcpdump", "-i", "lo", "-n", "-U", "-Z", "root", "-w", folder / "raw", rule],
        }
        with contextlib.ExitStack() as stack:
            for name, words in outputs.items():
                stack.enter_context(running(*words, output=folder / name))
            time.sleep(2)
            request_all(port, body=lambda letter: f'{{"page": "{letter}"}}', method="POST")
            time.sleep(2)
    capture = folder / "raw"
    run("tcpflow", "-r", capture, "-o", folder / "flows")
    streams = sorted((folder / "flows").glob("*.*.*.*-*"))
    read = ("tshark", "-r", capture, "-Y", "http.request")
    return {
        **{name: (folder / name).read_bytes() for name in ("tcpdump-ascii.txt", "ngrep.txt")},
        "tcpdump.pcap": capture.read_bytes(),
        "tcpflow.txt": b"".join(path.read_bytes() for path in streams),
        "tshark-fields.tsv": run(*read, "-T", "fields", *("-e", "frame.time_epoch", "-e", "http.authorization"))[0],
        "tshark-json.json": run(
            *read, "-T", "json", "-J", "http", "-e", "frame.time_epoch", "-e", "http.authorization"
        )[0],
        "tshark-ek.ndjson": run(*read, "-T", "ek", "-J", "http")[0],
        "tshark-verbose.txt": run(*read, "-V", "-O", "http")[0],
    }


def mitmproxy(folder):
    port = free_port()
    with upstream() as behind:
        words = ["mitmdump", "-p", port, "--listen-host", "127.0.0.1", "--set", f"confdir={folder}"]
        words += ["--set", f"hardump={folder}/archive.har", "-w", folder / "flows", "--flow-detail", "4"]
        with running(*words, output=folder / "console", port=port):
            request_all(port, target=lambda letter: f"http://127.0.0.1:{behind}/profiles/{letter}")
            time.sleep(1)
    console = (folder / "console").read_bytes()
    return {
        "mitmproxy-console.txt": console,
        "mitmproxy-flows": (folder / "flows").read_bytes(),
        "mitmproxy.har": (folder / "archive.har").read_bytes(),
    }


PRODUCERS = [curl, curl_http2, others, listeners, mitmproxy]
