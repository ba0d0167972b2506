#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Writes the inputs that fuzzing starts from, made of the fixture cases: seeds.py FOLDER"""

import base64
import hashlib
import json
import pathlib
import re
import sys

FIXTURES = pathlib.Path(__file__).resolve().parent.parent.parent / "Fixtures"
# Of responses there are no fixtures.
RESPONSES = [
    "Cache-Control: public, max-age=19532, must-revalidate, no-transform\nAge: 3200\n"
    "Date: Tue, 14 Nov 2023 22:13:20 GMT\nExpires: Wed, 15 Nov 2023 03:38:52 GMT",
    'cache-control: MAX-AGE="60", max-age=99999999999999999999\nAge: 12, 13',
    "Cache-Control: no-store",
    "Cache-Control: no-cache, private, s-maxage=9",
    "Expires: 0",
    "Expires: Tuesday, 14-Nov-23 22:13:20 GMT\nDate: Tue Nov 14 22:13:20 2023",
    "Expires: Thu, 01 Jan 1970 00:00:00 GMT\nExpires: Fri, 31 Dec 9999 23:59:59 GMT",
    "Cache-Control: max-age=-1, max-age=1e3, max-age, x=\"a,b\"\nAge: 99999999999999999999",
]
CLOCKS = [0, 1_700_000_000, (1 << 63) - 1, 1 << 63, (1 << 64) - 1]


# Two combining marks of different classes in turn, which take quadratic time to normalise.
MARKS = "\u0301\u0323" * 40
# The shapes of Tests/Cost, small: members of an object.
SHAPES = [
    f'"x":"A{MARKS}"',
    f'"A{MARKS}":0',
    '"x":"' + r"\u0041" * 20 + '"',
    '"x":"' + r"\n" * 40 + r'\ud83d\udc4d"',
    ",".join('"' + r"\u0041" * 5 + f'{i}":0' for i in range(18)),
    ",".join(f'"{i}":0' for i in range(40)),
    ",".join(f'"{i}":0' for i in range(40)) + ',"0":0',
    '"x":[' + '{"a":0,"b":0},' * 9 + "{}]",
    '"x":' + "[" * 40 + "]" * 40,
    '"x":' + '{"a":' * 40 + "0" + "}" * 40,
    '"x":1' + "7" * 400,
    '"x":1.' + "3" * 400 + "e-99",
    f'"alg":"A{MARKS}"',
    f'"kid":"{MARKS}"',
    f'"aud":"https://{MARKS}/"',
    '"aud":"' + ":/" * 40 + '"',
]
FIELDS = [
    "\n".join(["a: b"] * 300),
    f"Cache-Control: {MARKS}",
    f"Cache-Control: max-age=9{MARKS}\nAge: 1{MARKS}",
    "Cache-Control: " + ",max-age=9" * 40,
    "Age: " + "1," * 40,
    f"Expires: {MARKS}\nExpires: {MARKS}",
]


def main():
    seeds = {}
    add = lambda target, data: seeds.setdefault(target, set()).add(data if isinstance(data, bytes) else data.encode())
    for path in sorted((FIXTURES / "cases").glob("*.json")):
        for case in json.loads(path.read_text())["cases"]:
            of_case(case, add)
    for path in (FIXTURES / "keys").iterdir():
        add("key-document", path.read_bytes())
    for shape in SHAPES:
        for target in ("token-header", "claims", "json"):
            add(target, "{" + shape + "}")
        add("key-document", '{"keys":[{"kty":"RSA","kid":"k",' + shape + "}]}")
        header = base64.urlsafe_b64encode(("{" + shape + "}").encode()).rstrip(b"=").decode()
        add("compact-token", f"{header}.{header}.AAAA")
        add("request", f"Authorization: Bearer {header}.{header}.SIGNATURE_REMOVED_BY_GOOGLE")
    add("header-selection", "Authorization: Basic x" + ",Bearer\u0301" * 40)
    add("header-selection", f"Authorization{MARKS}: Bearer a")
    for clock in CLOCKS:
        for response in RESPONSES + FIELDS:
            add("cache-lifetime", clock.to_bytes(8, "big") + response.encode())
    of_callers(add)
    for target, inputs in seeds.items():
        folder = pathlib.Path(sys.argv[1]) / target
        folder.mkdir(parents=True, exist_ok=True)
        for data in inputs:
            (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def of_case(case, add):
    headers = case.get("headers", {"Authorization": f"Bearer {case.get('token')}"})
    fields = list(headers.items() if isinstance(headers, dict) else headers)
    lines = "\n".join(f"{name}: {value}" for name, value in fields)
    add("header-selection", lines)
    add("request", lines)
    for token in [case["token"]] if "token" in case else re.findall(r"[^ \t,]*\.[^ \t,]*", lines):
        add("compact-token", token)
        segments = [decoded(segment) for segment in token.split(".")]
        for target, part in zip(("token-header", "claims"), segments):
            add(target, part)
            add("json", part)
        for segment in token.split("."):
            add("base64url", segment)
    if isinstance(case.get("keys"), (dict, list)):
        add("key-document", json.dumps(case["keys"]))


def of_callers(add):
    """Credential files of each type, and what servers answer to the calling side."""
    host = "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@b.iam.gserviceaccount.com"
    url = f"{host}:generateAccessToken"
    user = {"type": "authorized_user", "client_id": "a", "client_secret": "GOCSPX-a", "refresh_token": "1//a"}
    sources = [
        {"file": "/token", "format": {"type": "json", "subject_token_field_name": "value"}},
        {"url": "https://provider.example.com/a?b=c", "headers": {"Authorization": "Bearer a"}},
        {"executable": {"command": "/bin/a 'b c' d", "timeout_millis": 5000, "output_file": "/out"}},
        {"environment_id": "aws1", "region_url": "http://169.254.169.254/a", "url": "http://[fd00:ec2::254]/b",
         "regional_cred_verification_url": "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15"},
        {"certificate": {"use_default_certificate_config": True}},
    ]
    files = [user, {**user, "type": "gdch_service_account"}, {**user, "type": "external_account_authorized_user"}]
    files.append({"type": "service_account", "client_email": "a@b", "private_key_id": "k", "token_uri": "https://a.googleapis.com/t",
                  "private_key": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"})
    files += [{"type": "external_account", "audience": "//iam.googleapis.com/a", "credential_source": source,
               "subject_token_type": "urn:ietf:params:oauth:token-type:jwt", "service_account_impersonation_url": url,
               "token_url": "https://sts.googleapis.com/v1/token", "universe_domain": "googleapis.com"} for source in sources]
    files += [{"type": "impersonated_service_account", "service_account_impersonation_url": url, "delegates": ["a@b"],
               "source_credentials": source, "quota_project_id": "p"} for source in files[:5]]
    for file in files:
        add("credential-file", json.dumps(file))
    claims = {"aud": "https://service.example.com", "iat": 1_700_000_000, "exp": 1_700_003_600, "iss": "https://accounts.google.com"}
    segment = lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
    token = f"{segment({'alg': 'RS256'})}.{segment(claims)}.AAAA"
    for body in (token, token + "\n", json.dumps({"id_token": token}), json.dumps({"token": token}), "<html>error</html>",
                 json.dumps({"access_token": "ya29.a", "expires_in": "3599", "token_type": "Bearer"}),
                 json.dumps({"error": "invalid_grant", "error_description": "you sent swordfish-swordfish here"}),
                 json.dumps({"error": {"code": 403, "status": "PERMISSION_DENIED", "message": "denied on a@b"}})):
        add("token-answer", body)
    for body in ('{"AccessKeyId":"ASIA","SecretAccessKey":"s","Token":"t"}', "eu-west-1b", "a 'b c' \"d\" e\\ f",
                 '{"version":1,"success":true,"token_type":"a","id_token":"b","expiration_time":1700000000}',
                 '{"version":1,"success":false,"code":"401","message":"no session"}',
                 "https://sts.eu-west-1.amazonaws.com/a?b=c&d"):
        add("aws-metadata", body)


def decoded(segment):
    """The bytes of a segment as far as it can be read."""
    characters = re.sub(r"[^A-Za-z0-9_-]", "", segment)
    if len(characters) % 4 == 1:
        characters = characters[:-1]
    return base64.urlsafe_b64decode(characters + "=" * (-len(characters) % 4))


main()
