#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Exports of cloud logs, traces and proxies, written after their documentation."""

import base64
import datetime
import json

from shape import Shape, expected
from times import after, before, in_line
from tokens import LETTERS, TOKENS, midnight

START = midnight() + 9 * 3600
SHORT = {"separators": (",", ":")}


def stamp(number, form="%Y-%m-%dT%H:%M:%S"):
    return datetime.datetime.fromtimestamp(START + 61 * number, datetime.timezone.utc).strftime(form)


def lines(make, letters=LETTERS):
    return "".join(make(number, letter, TOKENS[letter]) + "\n" for number, letter in enumerate(letters))


def json_lines(make):
    return lines(lambda *call: json.dumps(make(*call), **SHORT))


def cloud_logging(number, letter, token):
    """A LogEntry of a load balancer with its headers."""
    return {
        "insertId": f"1x8z{number}",
        "httpRequest": {
            "requestMethod": "GET",
            "requestUrl": f"https://service.example/profiles/{number}",
            "remoteIp": "203.0.113.9",
            "status": 200,
        },
        "jsonPayload": {
            "@type": "type.googleapis.com/google.cloud.loadbalancing.type.LoadBalancerLogEntry",
            "headers": {"authorization": f"Bearer {token}", "host": "service.example"},
            "message": 'it\'s {"quoted"}\n',
        },
        "logName": "projects/my-project/logs/requests",
        "receiveTimestamp": stamp(number) + ".987654321Z",
        "resource": {"labels": {"project_id": "my-project"}, "type": "cloud_run_revision"},
        "timestamp": stamp(number) + ".123456Z",
    }


def text_payload(number, letter, token):
    entry = cloud_logging(number, letter, token)
    del entry["jsonPayload"], entry["httpRequest"]
    return entry | {"textPayload": f"GET /profiles/{number} refused: Authorization: Bearer {token}"}


def gcloud_yaml(number, letter, token):
    return (
        f"---\ninsertId: 1x8z{number}\njsonPayload:\n  headers:\n    authorization: Bearer {token}\n  message: |-\n    it's\n    two lines\n"
        f"logName: projects/my-project/logs/requests\nreceiveTimestamp: '{stamp(number)}.987654321Z'\ntimestamp: '{stamp(number)}.123456Z'"
    )


def gcloud_csv(number, letter, token):
    return f'{stamp(number)}.123456Z,WARNING,"refused ""{letter}"", Authorization: Bearer {token}\nsecond line"'


def big_query(number, letter, token):
    seconds = START + 61 * number
    return {
        "logName": "projects/my-project/logs/requests",
        "timestamp": f"{stamp(number, '%Y-%m-%d %H:%M:%S')}.123456 UTC",
        "jsonPayload": {"headers": [{"key": "authorization", "value": f"Bearer {token}"}], "at": str(seconds)},
    }


def cloud_trail(number, letter, token):
    return {
        "eventVersion": "1.08",
        "eventTime": f"{stamp(number)}Z",
        "eventSource": "execute-api.amazonaws.com",
        "sourceIPAddress": "203.0.113.9",
        "requestParameters": {"headers": {"Authorization": [f"Bearer {token}"]}},
    }


def otlp(number, letter, token):
    return {
        "timeUnixNano": f"{START + 61 * number}123456789",
        "observedTimeUnixNano": f"{START + 61 * number}123456789",
        "severityText": "WARN",
        "body": {"stringValue": "refused"},
        "attributes": [
            {
                "key": "http.request.header.authorization",
                "value": {"arrayValue": {"values": [{"stringValue": f"Bearer {token}"}]}},
            },
            {"key": "url.path", "value": {"stringValue": f"/profiles/{number}"}},
        ],
    }


def otlp_span(number, letter, token):
    nanoseconds = f"{START + 61 * number}123456789"
    attributes = [{"key": "http.request.header.authorization", "value": {"stringValue": f"Bearer {token}"}}]
    return {"name": "GET", "startTimeUnixNano": nanoseconds, "endTimeUnixNano": nanoseconds, "attributes": attributes}


def har_entry(number, letter, token):
    """An entry as Chromium's developer tools write it."""
    headers = [{"name": ":method", "value": "GET"}, {"name": "authorization", "value": f"Bearer {token}"}]
    request = {
        "method": "GET",
        "url": f"https://service.example/profiles/{number}",
        "httpVersion": "http/2.0",
        "headers": headers,
    }
    request |= {"queryString": [], "cookies": [], "headersSize": -1, "bodySize": 0}
    content = {"size": 13, "mimeType": "application/json", "text": '{"profile":1}'}
    response = {
        "status": 200,
        "statusText": "",
        "httpVersion": "http/2.0",
        "headers": [],
        "cookies": [],
        "content": content,
    }
    return {
        "_initiator": {"type": "script"},
        "_priority": "High",
        "connection": "443",
        "request": request,
        "response": response,
        "serverIPAddress": "203.0.113.9",
        "startedDateTime": stamp(number) + ".123Z",
        "time": 12.3,
    }


def har():
    entries = [har_entry(number, letter, TOKENS[letter]) for number, letter in enumerate(LETTERS)]
    log = {"version": "1.2", "creator": {"name": "WebInspector", "version": "537.36"}, "pages": [], "entries": entries}
    return json.dumps({"log": log}, indent=2)


def postman():
    items = []
    for letter in LETTERS:
        url = {"raw": "{{base}}/profiles/1", "host": ["{{base}}"], "path": ["profiles", "1"]}
        header = [{"key": "Authorization", "value": f"Bearer {TOKENS[letter]}", "type": "text"}]
        items.append(
            {"name": f"Profile {letter}", "request": {"method": "GET", "header": header, "url": url}, "response": []}
        )
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    return json.dumps({"info": {"name": "Profiles", "schema": schema}, "item": items}, indent="\t")


def insomnia():
    resources = [
        {
            "_id": f"req_{letter}",
            "_type": "request",
            "modified": (START + number) * 1000,
            "url": "{{ base }}/profiles/1",
            "authentication": {"type": "bearer", "token": TOKENS[letter], "prefix": "Bearer"},
        }
        for number, letter in enumerate(LETTERS)
    ]
    return json.dumps({"_type": "export", "__export_format": 4, "resources": resources}, **SHORT)


def istio(number, letter, token):
    """Istio's default format with the header as the last field."""
    return (
        f'[{stamp(number)}.123Z] "GET /profiles/{number} HTTP/1.1" 200 - via_upstream - "-" 0 13 4 3 "203.0.113.9" "profiles/1.4" '
        f'"5f2c" "service.example" "10.8.0.4:8080" inbound|8080|| 127.0.0.6:41111 10.8.0.4:8080 203.0.113.9:0 - default "Bearer {token}"'
    )


def envoy_json(number, letter, token):
    fields = {"authority": "service.example", "authorization": f"Bearer {token}", "bytes_received": 0, "duration": 4}
    return fields | {
        "method": "GET",
        "path": f"/profiles/{number}",
        "response_code": 200,
        "start_time": f"{stamp(number)}.123Z",
    }


def pubsub(number, letter, token):
    """A log entry in the base64 of a Pub/Sub message; the token does not stand there as such."""
    data = base64.b64encode(json.dumps(text_payload(number, letter, token)).encode()).decode()
    return {
        "message": {"data": data, "messageId": str(number), "publishTime": f"{stamp(number)}.5Z"},
        "subscription": "s",
    }


def elastic_bulk(number, letter, token):
    document = {
        "@timestamp": f"{stamp(number)}.123Z",
        "http": {"request": {"headers": {"authorization": [f"Bearer {token}"]}}},
    }
    return json.dumps({"index": {"_index": "requests", "_id": str(number)}}) + "\n" + json.dumps(document)


def elastic_answer():
    hits = [
        {
            "_index": "requests",
            "_id": str(number),
            "_source": {"@timestamp": f"{stamp(number)}.123Z", "message": f"Bearer {TOKENS[letter]}"},
        }
        for number, letter in enumerate(LETTERS)
    ]
    return json.dumps({"took": 3, "hits": {"total": {"value": 6}, "hits": hits}})


def loki(number, letter, token):
    return [f"{START + 61 * number}123456789", f'level=warn path=/profiles/{number} authorization="Bearer {token}"']


def loki_answer():
    values = [loki(number, letter, TOKENS[letter]) for number, letter in enumerate(LETTERS)]
    result = [{"stream": {"app": "profiles"}, "values": values}]
    return json.dumps({"status": "success", "data": {"resultType": "streams", "result": result}})


def splunk(number, letter, token):
    raw = f"level=warn Authorization=Bearer {token}"
    result = {
        "_time": f"{stamp(number, '%Y-%m-%dT%H:%M:%S')}.000+00:00",
        "_raw": raw,
        "host": "service",
        "source": "/var/log/app",
    }
    return {"preview": False, "offset": number, "result": result}


def cloudfront(number, letter, token):
    return "\t".join(
        [
            stamp(number, "%Y-%m-%d"),
            stamp(number, "%H:%M:%S"),
            "FRA2",
            "13",
            "203.0.113.9",
            "GET",
            "/profiles",
            f"id_token={token}",
        ]
    )


def shapes():
    google = "https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry"
    by_hand = "by hand after the documentation of "
    entries = [cloud_logging(number, letter, TOKENS[letter]) for number, letter in enumerate(LETTERS)]
    texts = [text_payload(number, letter, TOKENS[letter]) for number, letter in enumerate(LETTERS)]
    own = in_line(r'"timestamp": ?"{rfc3339}')
    nanoseconds = before(r'"(?:timeUnixNano|startTimeUnixNano)": ?"{nanoseconds}')
    logs = {
        "resourceLogs": [
            {"resource": {}, "scopeLogs": [{"logRecords": [otlp(n, x, TOKENS[x]) for n, x in enumerate(LETTERS)]}]}
        ]
    }
    spans = {
        "resourceSpans": [{"scopeSpans": [{"spans": [otlp_span(n, x, TOKENS[x]) for n, x in enumerate(LETTERS)]}]}]
    }
    trail = {"Records": [cloud_trail(number, letter, TOKENS[letter]) for number, letter in enumerate(LETTERS)]}
    return [
        Shape("gcloud-read.json", json.dumps(entries, indent=2), by_hand + google, after(r'"timestamp": "{rfc3339}')),
        Shape("gcloud-text.json", json.dumps(texts, indent=2), by_hand + google, before(r'"timestamp": "{rfc3339}')),
        Shape("gcloud-read.yaml", lines(gcloud_yaml), by_hand + google),
        Shape(
            "gcloud-read.csv",
            "timestamp,severity,text_payload\n" + lines(gcloud_csv),
            by_hand + google,
            before(r"^{rfc3339}"),
        ),
        Shape(
            "gcloud-value.tsv",
            lines(lambda n, x, t: f"{stamp(n)}.1Z\tWARNING\tBearer {t}"),
            by_hand + google,
            in_line("{rfc3339}"),
        ),
        Shape("log-sink.ndjson", json_lines(cloud_logging), by_hand + google, own),
        Shape("log-sink-text.ndjson", json_lines(text_payload), by_hand + google, own),
        Shape("big-query.ndjson", json_lines(big_query), by_hand + "BigQuery's exports", own),
        Shape("cloud-trail.json", json.dumps(trail), by_hand + "CloudTrail", before(r'"eventTime": "{rfc3339}')),
        Shape("otlp-logs.json", json.dumps(logs), by_hand + "OTLP", nanoseconds),
        Shape("otlp-spans.json", json.dumps(spans, indent=1), by_hand + "OTLP", nanoseconds),
        Shape("chromium.har", har(), by_hand + "HAR 1.2", after(r'"startedDateTime": "{rfc3339}')),
        Shape("postman.json", postman(), by_hand + "Postman's collection format 2.1"),
        Shape("insomnia.json", insomnia(), by_hand + "Insomnia's export format 4"),
        Shape("istio.log", lines(istio), by_hand + "Istio's access log", in_line(r"^\[{rfc3339}")),
        Shape(
            "envoy.ndjson",
            json_lines(envoy_json),
            by_hand + "Envoy's JSON access log",
            in_line(r'"start_time":"{rfc3339}'),
        ),
        Shape(
            "elasticsearch-bulk.ndjson",
            lines(elastic_bulk),
            by_hand + "Elasticsearch",
            in_line(r'"@timestamp": "{rfc3339}'),
        ),
        Shape(
            "elasticsearch-search.json",
            elastic_answer(),
            by_hand + "Elasticsearch",
            before(r'"@timestamp": "{rfc3339}'),
        ),
        Shape("loki-query.json", loki_answer(), by_hand + "Loki"),
        Shape("splunk-export.ndjson", json_lines(splunk), by_hand + "Splunk", in_line(r'"_time":"{rfc3339}')),
        Shape(
            "cloudfront.tsv",
            "#Version: 1.0\n#Fields: date time x-edge-location\n" + lines(cloudfront),
            by_hand + "CloudFront",
        ),
        Shape(
            "pubsub-base64.ndjson",
            json_lines(pubsub),
            by_hand + "Pub/Sub",
            tokens=[expected(letter, number + 1, stamp(number)) for number, letter in enumerate(LETTERS)],
        ),
    ]
