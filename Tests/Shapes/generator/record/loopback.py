#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""What all recordings share: programs that run for a while, free ports, a server to talk to, and requests with the tokens."""

import contextlib
import http.client
import http.server
import os
import socket
import subprocess
import threading
import time

from tokens import LETTERS, TOKENS

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in PROXIES} | {
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "HOME": "/nonexistent",
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(*words, input=None, folder=None, environment=None, check=True):
    """Runs a program to its end.

    Returns what it has written to standard output and to standard error.
    """
    done = subprocess.run(
        [str(word) for word in words],
        input=input.encode() if isinstance(input, str) else input,
        capture_output=True,
        cwd=folder,
        env=ENVIRONMENT | (environment or {}),
        timeout=120,
    )
    if check and done.returncode:
        raise RuntimeError(f"{words[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-800:]}")
    return done.stdout, done.stderr


@contextlib.contextmanager
def running(*words, folder=None, output=None, port=None, environment=None):
    """Runs a program while the block runs, once it listens on the port."""
    stream = open(output, "wb") if output else subprocess.DEVNULL
    process = subprocess.Popen(
        [str(word) for word in words],
        stdout=stream,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        cwd=folder,
        env=ENVIRONMENT | (environment or {}),
    )
    try:
        if port:
            wait_for(port, process)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for(port, process=None):
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process and process.poll() is not None:
            raise RuntimeError(f"{process.args[0]} ended with {process.returncode} and never listened")
        time.sleep(0.05)
    raise RuntimeError(f"nothing listens on port {port}")


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b'{"profile": 1}\n'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_GET

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def upstream():
    """A server on the loopback interface that answers every request; the block gets its port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def bearer(letter):
    return {"Authorization": f"Bearer {TOKENS[letter]}"}


def request_all(port, headers=bearer, target=lambda letter: f"/profiles/{letter}", method="GET", body=None, host=None):
    """Sends a request with each token over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for letter in LETTERS:
        fields = {"Host": host or "service.example", "User-Agent": "profiles/1.4"} | headers(letter)
        connection.request(method, target(letter), body=body and body(letter), headers=fields)
        connection.getresponse().read()
    connection.close()
    # Servers write their logs after they have answered.
    time.sleep(0.5)


def query(letter):
    return f"/profiles/{letter}?id_token={TOKENS[letter]}&page=2"
