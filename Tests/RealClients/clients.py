#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Google's own client library, and PyJWT, against the stand-in: one way to fetch a token or to verify one a run.

Usage: clients.py CASE URL AUDIENCE FOLDER, where URL is the stand-in's and FOLDER has its credential files. A case
that fetches prints the token. A case that verifies takes a token from standard input and prints its claims as JSON;
if the token is refused, it prints the reason to standard error and exits with 1.
"""

import json
import os
import sys
from urllib.parse import urlsplit

CASE, URL, AUDIENCE, FOLDER = sys.argv[1:]
EMAIL = "target@my-project.iam.gserviceaccount.com"
SCOPES = ["https://www.googleapis.com/auth/cloud-platform"]

# google-auth reads these when it is imported.
os.environ["GCE_METADATA_HOST"] = os.environ["GCE_METADATA_IP"] = urlsplit(URL).netloc
os.environ.pop("GOOGLE_APPLICATION_CREDENTIALS", None)

import google.auth
import jwt
from google.auth import iam, impersonated_credentials
from google.auth.transport.requests import Request
from google.oauth2 import id_token, service_account


def metadata_server():
    return id_token.fetch_id_token(Request(), AUDIENCE)


def key_file():
    os.environ["GOOGLE_APPLICATION_CREDENTIALS"] = f"{FOLDER}/service-account-key.json"
    return id_token.fetch_id_token(Request(), AUDIENCE)


def impersonation():
    source = service_account.Credentials.from_service_account_file(
        f"{FOLDER}/service-account-key.json", scopes=SCOPES
    )
    return impersonated(source)


def external_account():
    source, _ = google.auth.load_credentials_from_file(f"{FOLDER}/external-account.json", scopes=SCOPES)
    return impersonated(source)


def impersonated(source):
    # generateAccessToken's endpoint can be set; generateIdToken's is a constant of the library.
    base = f"{URL}/v1/projects/-/serviceAccounts/{{}}"
    iam._IAM_IDTOKEN_ENDPOINT = f"{base}:generateIdToken"
    target = impersonated_credentials.Credentials(
        source,
        EMAIL,
        SCOPES,
        iam_endpoint_override=f"{base.format(EMAIL)}:generateAccessToken",
    )
    target.refresh(Request())
    credentials = impersonated_credentials.IDTokenCredentials(target, AUDIENCE, include_email=True)
    credentials.refresh(Request())
    return credentials.token


def google_auth_certificates(token):
    return id_token.verify_token(token, Request(), AUDIENCE, certs_url=f"{URL}/oauth2/v1/certs")


def google_auth_key_set(token):
    return id_token.verify_token(token, Request(), AUDIENCE, certs_url=f"{URL}/oauth2/v3/certs")


def pyjwt_client(token):
    key = jwt.PyJWKClient(f"{URL}/oauth2/v3/certs").get_signing_key_from_jwt(token)
    return jwt.decode(token, key, algorithms=["RS256"], audience=AUDIENCE, issuer="https://accounts.google.com")


FETCHES = {
    "metadata server": metadata_server,
    "key file": key_file,
    "impersonation": impersonation,
    "external account": external_account,
}
VERIFICATIONS = {
    "google-auth with certificates": google_auth_certificates,
    "google-auth with a key set": google_auth_key_set,
    "PyJWT with PyJWKClient": pyjwt_client,
}

if CASE in FETCHES:
    print(FETCHES[CASE]())
else:
    try:
        print(json.dumps(VERIFICATIONS[CASE](sys.stdin.read().strip())))
    except Exception as error:
        sys.exit(f"{type(error).__name__}: {error}")
