#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Streams of requests, other encodings of a file, and files that somebody has made to hide tokens or to choose their time."""

import bz2
import gzip
import json
import lzma
import quopri
import subprocess

from shape import Shape, expected
from times import in_line
from tokens import DATA, LETTERS, TOKENS
from written.cloud import cloud_logging, json_lines, lines, stamp

HTTP_DATE = "%a, %d %b %Y %H:%M:%S GMT"


def request(letter, body="", framing="length", target=None):
    head = f"POST {target or '/profiles/' + letter} HTTP/1.1\r\nHost: service.example\r\nAuthorization: Bearer {TOKENS[letter]}\r\n"
    if framing == "chunked":
        parts = [body[start : start + 40] for start in range(0, len(body), 40)]
        chunks = "".join(f"{len(part):x};a=b\r\n{part}\r\n" for part in parts)
        return f"{head}Transfer-Encoding: chunked\r\n\r\n{chunks}0\r\n\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n{body}"


def answer(number, body='{"profile":1}'):
    date = stamp(number, HTTP_DATE)
    return f"HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"


def stream(name, text, origin, numbers=range(6)):
    """A stream of requests; the answer to each token's request has the date of its number."""
    times = {letter: stamp(number) for letter, number in zip(LETTERS, numbers)}
    shape = Shape(name, text, origin, lambda text, place: None)
    for row in shape.tokens:
        row["captured"] = times[row["token"]]
    return shape


def streams():
    by_hand = "by hand after RFC 9112"
    calls = list(enumerate(LETTERS))
    forged = "HTTP/1.1 200 OK\r\nDate: Mon, 01 Jan 2001 00:00:00 GMT\r\n\r\n* x\r\nHost: y\r\n> z\r\n"
    return [
        stream("stream-length.txt", "".join(request(x, '{"a":1}') + answer(n) for n, x in calls), by_hand),
        stream("stream-chunked.txt", "".join(request(x, "b" * 100, "chunked") + answer(n) for n, x in calls), by_hand),
        stream(
            "stream-body-answers.txt",
            "".join(request(x, forged) + answer(n) for n, x in calls),
            by_hand + "; each body looks like an answer of 2001",
        ),
        stream(
            "stream-chunk-answers.txt",
            "".join(request(x, forged, "chunked") + answer(n) for n, x in calls),
            by_hand + "; each body looks like an answer of 2001",
        ),
        stream(
            "stream-answer-body.txt",
            "".join(request(x) + answer(n, forged) for n, x in calls),
            by_hand + "; each answer's body looks like another answer",
        ),
        Shape("stream-requests.txt", "".join(request(x, "page=1") for _, x in calls), by_hand),
        Shape(
            "stream-token-in-body.txt",
            "".join(
                f"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: {len(TOKENS[x]) + 9}\r\n\r\nid_token={TOKENS[x]}"
                for _, x in calls
            ),
            # Each token ends where the next request begins, which only the stated length tells.
            by_hand,
            mixes=False,
        ),
        Shape(
            "headers-blocks.txt",
            "\n".join(f"Host: service.example\nAuthorization: Bearer {t}\nAccept: */*\n" for t in TOKENS.values()),
            "by hand",
        ),
        Shape(
            "headers-folded.txt",
            "".join(f"GET / HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer\r\n {t}\r\n\r\n" for t in TOKENS.values()),
            "by hand, with obsolete line folding",
        ),
    ]


def kept(name, make):
    """A compressed file. One that is there already stays: other versions of a program compress otherwise."""
    file = DATA / "files" / name
    return file.read_bytes() if file.exists() else make()


def packed(name, origin, make, plain):
    return Shape(name, kept(name, make), origin, tokens=plain.tokens, mixes=False)


def lies():
    """Streams whose frames are not as long as they say; where a body ends is unknown, so only the tokens count."""
    by_hand = "by hand, against RFC 9112"
    heads = ["Content-Length: 99999999", "Content-Length: -5", "Content-Length: 5\r\nContent-Length: 4000"]
    heads += ["Transfer-Encoding: chunked", "Content-Length: 18446744073709551615", "Transfer-Encoding: gzip, chunked"]
    requests = [
        f"POST /profiles HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {TOKENS[letter]}\r\n{head}\r\n\r\nFFFFFFFFFFFFFFF0\r\nx\r\n"
        for letter, head in zip(LETTERS, heads)
    ]
    return [
        Shape("stream-lies.txt", "".join(requests), by_hand),
        Shape("stream-lies-backwards.txt", "".join(reversed(requests)), by_hand),
    ]


def encodings():
    entries = json_lines(cloud_logging)
    text = lines(lambda n, x, t: f"{stamp(n)}Z naïve — Bearer {t}")
    start, own = in_line("^\ufeff?{rfc3339}"), in_line('"timestamp":"{rfc3339}')
    log, plain = Shape("", entries, "", own), Shape("", text, "", start)

    def zstd():
        return subprocess.run(["zstd", "-q", "-c", "-"], input=entries.encode(), capture_output=True, check=True).stdout

    def members():
        return b"".join(gzip.compress(line.encode(), mtime=0) for line in entries.splitlines(keepends=True))

    large = json_lines(
        lambda n, x, t: {"time": f"{stamp(n)}Z", "body": "x y " * (1 << 19), "authorization": f"Bearer {t}"}
    )
    alone = {"mixes": False}
    return [
        Shape("utf-16-le.log", b"\xff\xfe" + text.encode("utf-16-le"), "a text in UTF-16LE", start, **alone),
        Shape("utf-16-be.log", b"\xfe\xff" + text.encode("utf-16-be"), "a text in UTF-16BE", start, **alone),
        Shape("utf-16-le.ndjson", b"\xff\xfe" + entries.encode("utf-16-le"), "lines of JSON in UTF-16LE", own, **alone),
        Shape("utf-8-mark.log", b"\xef\xbb\xbf" + text.encode(), "a text in UTF-8 with a mark", start),
        Shape("crlf.log", text.replace("\n", "\r\n"), "a text with the line ends of Windows", start),
        Shape("cr-only.log", text.replace("\n", "\r"), "a text with the line ends of old Macintosh computers"),
        Shape("latin-1.log", text.replace("—", "-").encode("latin-1"), "a text in Latin-1", start),
        Shape("form-feeds.log", text.replace("\n", "\f\n\v\x85\u2028\n"), "a text with other ends of lines and pages"),
        Shape(
            "utf-32-le.log",
            b"\xff\xfe\0\0" + text.encode("utf-32-le"),
            "a text in UTF-32LE",
            tokens=plain.tokens,
            **alone,
        ),
        Shape(
            "utf-16-no-mark.log",
            text.encode("utf-16-le"),
            "a text in UTF-16LE without a mark",
            tokens=plain.tokens,
            **alone,
        ),
        Shape(
            "packed.xz",
            kept("packed.xz", lambda: lzma.compress(entries.encode())),
            "lines of JSON, compressed by xz",
            tokens=[],
            loud=True,
            **alone,
        ),
        Shape(
            "packed.bz2",
            kept("packed.bz2", lambda: bz2.compress(entries.encode())),
            "lines of JSON, compressed by bzip2",
            tokens=[],
            loud=True,
            **alone,
        ),
        Shape(
            "cut.gz",
            kept("cut.gz", lambda: members()[:2500]),
            "a file of gzip that is cut",
            tokens=log.tokens[:2],
            loud=True,
            **alone,
        ),
        packed(
            "large-records.ndjson.gz",
            "lines of 2 MiB of JSON with a token at the end of each, compressed by gzip",
            lambda: gzip.compress(large.encode(), mtime=0),
            Shape("", large, ""),
        ),
        packed(
            "one-member.ndjson.gz",
            "lines of JSON, compressed by gzip",
            lambda: gzip.compress(entries.encode(), mtime=0),
            log,
        ),
        packed("several-members.ndjson.gz", "lines of JSON, each compressed by gzip", members, log),
        packed("packed.ndjson.zst", "lines of JSON, compressed by zstd", zstd, log),
        packed("no-suffix-gzip", "a text, compressed by gzip", lambda: gzip.compress(text.encode(), mtime=0), plain),
    ]


def hostile():
    """Each of these is written by hand."""
    value = TOKENS.__getitem__
    entries = [cloud_logging(number, letter, TOKENS[letter]) for number, letter in enumerate(LETTERS)]
    access = (
        '203.0.113.9 - - [{0}] "GET /profiles HTTP/1.1" 200 13 "-" "[01/Jan/2001:00:00:00 +0000] \\"x" "Bearer {1}"\n'
    )
    marks = [
        ("* ", "star"),
        ("Host: x", "host"),
        ("> GET / HTTP/1.1", "request"),
        ("GET / HTTP/1.1", "raw"),
        ("{", "brace"),
        ("[", "bracket"),
    ]
    marks += [
        ('{"log":{"entries":[', "har"),
        ('"', "quote"),
        ("HTTP/1.1 200 OK", "status"),
        ("a,b,authorization", "header-row"),
        ("0000: GET", "trace"),
    ]
    made = [
        Shape(
            f"begins-with-{name}.txt",
            mark + "\n" + "".join(f"{t}\n" for t in TOKENS.values()),
            "a list of tokens after a line that somebody chose",
        )
        for mark, name in marks
    ]
    inner = json.dumps({"timestamp": "2001-01-01T00:00:00Z", "time": "2001-01-01T00:00:00Z"})
    own, clf = in_line('"timestamp":"{rfc3339}'), in_line(r"^\S+ - - \[{clf}\]")
    nested_time = json_lines(
        lambda n, x, t: entries[n] | {"textPayload": inner, "labels": {"timestamp": "2001-01-01T00:00:00Z"}}
    )
    twice = lines(
        lambda n, x, t: f'{{"token":"{t}","token":"x","token":"{t}","authorization":"Bearer {t}","authorization":1}}'
    )
    deep = lines(lambda n, x, t: '{"a":' * 300 + json.dumps(t) + "}" * 300) + lines(
        lambda n, x, t: "[" * 5000 + json.dumps(t) + "]" * 5000
    )
    zero = lines(lambda n, x, t: f"\0\0{t}\0{t}\0 \0Bearer {t}\0")
    invalid = b"".join(
        b"\xff\xfe\x80 caf\xe9 " + t.encode() + b"\xc3\n\xf0\x28\x8c\x28" + t.encode() + b"\xff\n"
        for t in TOKENS.values()
    )
    tokens = "".join(f"{t}\n" for t in TOKENS.values()).encode()
    printable = b"Content-Transfer-Encoding: quoted-printable\n\n" + quopri.encodestring(tokens)
    dotted = lines(lambda n, x, t: f"a.b.{t}.x\n{t}.{t}\n..{t}..\neyJ.{t}\neyJhbGciOiJ.eyJ.{t}")
    broken = lines(lambda n, x, t: f'{{"time":"{stamp(n)}Z","authorization":"Bearer {t}"')
    unclosed = '{"log":{"entries":[{"request":{"headers":[\n' + lines(
        lambda n, x, t: f'{{"name":"authorization","value":"Bearer {t}"}},'
    )
    last = lines(lambda n, x, t: f"Bearer {t}", "abcde") + f"Bearer {value('f')[:400]}"
    cuts = lines(lambda n, x, t: f"Bearer {t[:-40]}\nBearer {t[:200]}...\nBearer {t[:300]}…")
    removed = lines(lambda n, x, t: f"Authorization: Bearer {t.rsplit('.', 1)[0]}.SIGNATURE_REMOVED_BY_GOOGLE")
    return made + [
        Shape(
            "time-in-agent.log",
            lines(lambda n, x, t: access.format(stamp(n, "%d/%b/%Y:%H:%M:%S +0000"), t).rstrip("\n")),
            "an access log whose user agent has a time",
            clf,
        ),
        Shape("time-in-payload.ndjson", nested_time, "lines of JSON whose payload has other times", own),
        Shape("members-twice.ndjson", twice, "lines of JSON with members of the same name"),
        Shape(
            "quoted-printable.txt",
            printable,
            "a mail whose lines are broken",
            tokens=[expected(letter) for letter in LETTERS],
            mixes=False,
        ),
        Shape("deep.ndjson", deep, "lines of JSON, nested deeply"),
        Shape("zero-bytes.log", zero, "a text with zero bytes"),
        Shape("invalid-utf-8.log", b"caf\xe9 " + invalid, "a text that is not UTF-8", coding="latin-1"),
        Shape(
            "false-utf-16-mark.log",
            invalid,
            "a text that begins with the mark of UTF-16",
            coding="latin-1",
            mixes=False,
        ),
        Shape(
            "false-gzip-mark.log",
            b"\x1f\x8b\n" + tokens,
            "a text that begins like a file of gzip",
            tokens=[],
            loud=True,
            mixes=False,
        ),
        Shape("dotted.txt", dotted, "tokens in longer runs of dots and letters"),
        Shape("broken.ndjson", broken, "lines of JSON without their last brace"),
        Shape("unclosed.har", unclosed, "an archive that never ends"),
        Shape("last-line-cut.txt", last, "a text whose last line is cut", codes={"token_cut": 1}, mixes=False),
        Shape(
            "cut-tokens.txt", cuts, "tokens that are cut in three ways", tokens=[], codes={"token_cut": 18}, mixes=False
        ),
        Shape(
            "signature-removed.txt",
            removed,
            "tokens whose signature Google has removed",
            tokens=[],
            codes={"signature_removed": 6},
            mixes=False,
        ),
    ]


def shapes():
    return streams() + lies() + encodings() + hostile()
