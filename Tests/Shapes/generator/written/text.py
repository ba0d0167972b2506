#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Logs of containers and message brokers, lists of tokens, documents and notes."""

import json

from shape import Shape, expected, for_html
from times import in_line
from tokens import LETTERS, TOKENS
from written.cloud import START, json_lines, lines, stamp


def zoned(number, zone="+01:00"):
    """The same time, in the zone of Berlin."""
    return stamp(number + 59).replace("Z", "") + ".123456789" + zone  # 59 steps of 61 seconds: an hour less a second


def docker(number, letter, token):
    return {"log": f"Authorization: Bearer {token}\n", "stream": "stderr", "time": f"{stamp(number)}.123456789Z"}


def docker_json(number, letter, token):
    inner = json.dumps({"level": "warn", "authorization": f"Bearer {token}"})
    return {"log": inner + "\n", "stream": "stdout", "time": f"{stamp(number)}.123456789Z"}


def cri_partial(number, letter, token):
    """The runtime breaks long lines: P marks a part, F the end."""
    start = f"{stamp(number)}.123456789Z stdout"
    return f"{start} P refused Authorization: Bearer {token[:300]}\n{start} F {token[300:]}"


def klog(number, letter, token):
    return f'I{stamp(number, "%m%d %H:%M:%S")}.123456    4711 auth.go:21] "Refused" authorization="Bearer {token}" path="/profiles"'


def kafka(number, letter, token):
    return (
        f"CreateTime:{START + 61 * number}123\tauthorization:Bearer {token},trace:5f2c\tkey-{letter}\t" + '{"page":1}'
    )


def soap(number, letter, token):
    return (
        f'<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Header><wsse:BinarySecurityToken>{token}'
        "</wsse:BinarySecurityToken></soap:Header><soap:Body/></soap:Envelope>"
    )


def event_xml(number, letter, token):
    return f'<Event>\n  <TimeCreated SystemTime="{stamp(number)}.1Z"/>\n  <Data Name="header">Authorization: Bearer {token}</Data>\n</Event>'


def rows(make, header=""):
    return header + lines(make).replace("\n", "\r\n")


def junit(number, letter, token):
    return f'<testcase name="{letter}"><failure message="expected 200 &amp; got 401: {for_html("Bearer " + token)}"/></testcase>'


def har_less_script(number, letter, token):
    return f"await fetch('https://service.example/profiles', {{headers: {{'Authorization': `Bearer {token}`}}}});"


def container():
    cri = lines(lambda n, x, t: f"{stamp(n)}.123456789Z stderr F Authorization: Bearer {t}")
    kubectl = lines(lambda n, x, t: f"{stamp(n)}.123456789Z WARN refused Bearer {t}")
    prefixed = lines(lambda n, x, t: f"[pod/profiles-7d9f-x2x/app] {stamp(n)}.123456789Z WARN refused Bearer {t}")
    compose = lines(lambda n, x, t: f"\x1b[36mprofiles-1  | \x1b[0m{stamp(n)}.1Z refused authorization=Bearer {t}")
    start = in_line("^{rfc3339}")
    return [
        Shape(
            "docker-json-file.log",
            json_lines(docker),
            "by hand after Docker's driver json-file",
            in_line(r'"time":"{rfc3339}'),
        ),
        Shape(
            "docker-json-in-json.log",
            json_lines(docker_json),
            "by hand after Docker's driver json-file",
            in_line(r'"time":"{rfc3339}'),
        ),
        Shape("cri.log", cri, "by hand after Kubernetes' CRI log format", start),
        Shape(
            "cri-partial.log",
            lines(cri_partial),
            "by hand after Kubernetes' CRI log format",
            tokens=[expected(letter, 2 * number + 1, stamp(number)) for number, letter in enumerate(LETTERS)],
            mixes=False,
        ),
        Shape("kubectl-timestamps.log", kubectl, "by hand after kubectl logs --timestamps", start),
        Shape("kubectl-prefix.log", prefixed, "by hand after kubectl logs --prefix --timestamps"),
        Shape("docker-compose.log", compose, "by hand after docker compose logs"),
        Shape("klog.log", lines(klog), "by hand after klog", in_line("^{klog}")),
        Shape("kafka-console.txt", lines(kafka), "by hand after kafka-console-consumer with print.headers"),
        Shape("zoned.log", lines(lambda n, x, t: f"{zoned(n)} Bearer {t}"), "by hand", start),
        Shape(
            "spaced-times.log",
            lines(lambda n, x, t: f"{stamp(n, '%Y-%m-%d %H:%M:%S')} UTC [12] Bearer {t}"),
            "by hand",
            start,
        ),
        Shape(
            "logfmt.log",
            lines(lambda n, x, t: f'time={stamp(n)}Z level=warn msg="it\'s \\"x\\"" authorization="Bearer {t}"'),
            "by hand after logfmt",
            in_line("^time={rfc3339}"),
        ),
    ]


def plain():
    by_hand = "by hand"
    several = " ".join(TOKENS.values()) + "\n" + ",".join(TOKENS.values()) + "\n" + "\t".join(TOKENS.values()) + "\n"
    cookies = "\n".join(f"Cookie: a=1; __session={token}; GCP_IAP={token}; b" for token in TOKENS.values())
    history = "".join(
        f": {START + 61 * n}:0;curl -H 'Authorization: Bearer {t}' https://service.example/profiles\n"
        for n, t in enumerate(TOKENS.values())
    )
    markdown = "".join(f"- caller `{x}`:\n\n  ```\n  Authorization: Bearer {t}\n  ```\n" for x, t in TOKENS.items())
    cells = "".join(f"| {x} | `{t}` |\n" for x, t in TOKENS.items())
    page = "".join(
        f'<tr><td>{x}</td><td title="{for_html(t)}">Bearer&nbsp;{for_html(t)}</td></tr>\n' for x, t in TOKENS.items()
    )
    env = "".join(f"PROFILE_TOKEN_{x.upper()}={t}\nexport TOKEN_{x}='{t}'\n" for x, t in TOKENS.items())
    yaml = "callers:\n" + "".join(
        f"  - name: {x}\n    headers: {{authorization: Bearer {t}}}\n    plain: {t}\n" for x, t in TOKENS.items()
    )
    toml = "".join(f'[callers.{x}]\ntoken = "{t}"\n' for x, t in TOKENS.items())
    rest = "".join(
        f"### {x}\nGET https://service.example/profiles\nAuthorization: Bearer {t}\n\n" for x, t in TOKENS.items()
    )
    csv = rows(
        lambda n, x, t: f'{stamp(n)}Z,"it, ""was""\r\nhere","Bearer {t}",{n}', "time,note,authorization,page\r\n"
    )
    semicolons = lines(lambda n, x, t: f"{n};{t};x")
    urls = lines(lambda n, x, t: f"https://service.example/callback?id_token={t}&state=Bearer%20{t}#id_token={t}")
    encoded = lines(
        lambda n, x, t: f"GET /login?next=%2Fcb%3Fid_token%3D{t.replace('.', '%2E')}%26a%3Db&t=Bearer+{t.replace('.', '%2e')}"
    )
    twice = lines(lambda n, x, t: f"next=https%253A%252F%252Fx%252Fcb%253Fid_token%253D{t.replace('.', '%252E')}%2526a")
    form = lines(lambda n, x, t: f"grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion={t}")
    escaped = lines(lambda n, x, t: '{"m":"' + t.replace(".", "\\u002e") + '","n":"' + t.replace(".", "\\u002E") + '"}')
    nested = lines(lambda n, x, t: json.dumps({"a": json.dumps({"b": json.dumps({"token": t, "q": 'a"b'})})}))
    nested_escape = lines(lambda n, x, t: json.dumps({"a": '{"b":"' + t.replace(".", "\\u002e") + '"}'}))
    mail = "".join(
        f"Subject: refused\nContent-Type: text/plain\n\nThe header was:\n> Authorization: Bearer {t}\n>> {t}\n\n"
        for t in TOKENS.values()
    )
    diff = "".join(
        f"@@ -1,2 +1,2 @@\n-Authorization: Bearer {t}\n+Authorization: Bearer REDACTED\n" for t in TOKENS.values()
    )
    quoted = "".join(f"'{t}'\n\"{t}\"\n`{t}`\n({t})\n[{t}]\n<{t}>\n{t}, and so on.\n{t};\n" for t in TOKENS.values())
    json_array = json.dumps(list(TOKENS.values()))
    return [
        Shape("tokens.txt", "".join(f"{t}\n" for t in TOKENS.values()), by_hand),
        Shape("tokens-no-end.txt", "\n\n".join(TOKENS.values()), by_hand),
        Shape("several-a-line.txt", several, by_hand),
        Shape("quoted.txt", quoted, by_hand),
        Shape("cookies.txt", cookies, by_hand),
        Shape("shell-history.txt", history, "by hand after zsh's extended history"),
        Shape("env.sh", env, by_hand),
        Shape("notes.md", markdown + "\n| who | token |\n|---|---|\n" + cells, by_hand),
        Shape("page.html", f"<table>\n{page}</table>\n", by_hand),
        Shape("callers.yaml", yaml, by_hand),
        Shape("callers.toml", toml, by_hand),
        Shape("requests.http", rest, "by hand after the HTTP client of editors"),
        Shape("script.js", lines(har_less_script), "by hand"),
        Shape("soap.xml", lines(soap), by_hand),
        Shape("windows-events.xml", lines(event_xml), by_hand + " after Windows' event log"),
        Shape("junit.xml", lines(junit), by_hand + " after JUnit's report"),
        Shape("quoted.csv", csv, by_hand + " after RFC 4180"),
        Shape("semicolons.csv", "page;token;x\n" + semicolons, by_hand),
        Shape("urls.txt", urls, by_hand),
        Shape("urls-encoded.txt", encoded, by_hand),
        Shape("urls-encoded-twice.txt", twice, by_hand),
        Shape("form.txt", form, by_hand),
        Shape("json-escapes.ndjson", escaped, by_hand),
        Shape("json-in-json-in-json.ndjson", nested, by_hand),
        Shape("json-in-json-escapes.ndjson", nested_escape, by_hand),
        Shape("json-array.json", json_array, by_hand),
        Shape("mail.txt", mail, by_hand),
        Shape("change.diff", diff, by_hand),
        Shape(
            "kubernetes-secret.txt", lines(lambda n, x, t: f"token:      {t}"), "by hand after kubectl describe secret"
        ),
        Shape(
            "github-actions.log",
            lines(lambda n, x, t: f"{stamp(n)}.1234567Z ##[debug]header: 'Bearer {t}'"),
            "by hand after GitHub Actions",
            in_line("^{rfc3339}"),
        ),
        Shape(
            "rails.log",
            lines(
                lambda n, x, t: f'I, [{stamp(n)}.123456 #4711]  INFO -- : [5f2c] Started GET "/cb?id_token={t}" for 203.0.113.9 at {stamp(n, "%Y-%m-%d %H:%M:%S")} +0000'
            ),
            "by hand after Rails",
        ),
        Shape(
            "iis-w3c.log",
            "#Software: Microsoft Internet Information Services 10.0\r\n#Fields: date time cs-method cs-uri-query cs(Authorization)\r\n"
            + rows(lambda n, x, t: f"{stamp(n, '%Y-%m-%d %H:%M:%S')} GET - Bearer+{t}"),
            "by hand after IIS",
            in_line("^{rfc3339}"),
        ),
        Shape(
            "aws-alb.log",
            lines(
                lambda n, x, t: f'https {stamp(n)}.123456Z app/lb/5f2c 203.0.113.9:41111 10.0.0.4:80 0.0 0.0 0.0 200 200 34 366 "GET https://service.example:443/cb?id_token={t} HTTP/1.1" "profiles/1.4" - -'
            ),
            "by hand after AWS's load balancer",
        ),
        Shape(
            "traefik.log",
            json_lines(
                lambda n, x, t: {
                    "ClientAddr": "203.0.113.9:41111",
                    "request_Authorization": f"Bearer {t}",
                    "StartUTC": f"{stamp(n)}.123Z",
                    "level": "info",
                    "msg": "",
                    "time": f"{stamp(n)}Z",
                }
            ),
            "by hand after Traefik's JSON access log",
            in_line('"time":"{rfc3339}'),
        ),
        Shape(
            "zap.log",
            json_lines(
                lambda n, x, t: {
                    "level": "warn",
                    "ts": START + 61 * n + 0.25,
                    "caller": "auth/a.go:21",
                    "msg": "refused",
                    "authorization": f"Bearer {t}",
                }
            ),
            "by hand after zap",
            in_line('"ts":{seconds}'),
        ),
        Shape(
            "pino.log",
            json_lines(
                lambda n, x, t: {
                    "level": 40,
                    "time": (START + 61 * n) * 1000 + 5,
                    "pid": 1,
                    "req": {"headers": {"authorization": f"Bearer {t}"}},
                    "msg": "refused",
                }
            ),
            "by hand after pino",
            in_line('"time":{milliseconds}'),
        ),
        Shape(
            "bunyan.log",
            json_lines(
                lambda n, x, t: {
                    "name": "p",
                    "level": 40,
                    "msg": "refused",
                    "time": f"{stamp(n)}.123Z",
                    "req": f"Bearer {t}",
                    "v": 0,
                }
            ),
            "by hand after Bunyan",
            in_line('"time":"{rfc3339}'),
        ),
    ]


def shapes():
    return container() + plain()
