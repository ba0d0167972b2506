#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Google's client library for Python, and PyJWT, against the emulator: see README.md for the arguments."""

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


def impersonated_account():
    """All requests but one go to fixed URLs of Google, through the proxy that the environment names."""
    from google.auth import impersonated_credentials

    target, _ = google.auth.load_credentials_from_file(f"{FOLDER}/impersonated-account.json", scopes=SCOPES)
    credentials = impersonated_credentials.IDTokenCredentials(target, AUDIENCE, include_email=True)
    credentials.refresh(Request())
    return credentials.token


def impersonated(source):
    from google.auth import iam, impersonated_credentials

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
    import jwt

    key = jwt.PyJWKClient(f"{URL}/oauth2/v3/certs").get_signing_key_from_jwt(token)
    return jwt.decode(token, key, algorithms=["RS256"], audience=AUDIENCE, issuer="https://accounts.google.com")


def of_issuer(name):
    """Verifies tokens of another issuer of Google's."""
    return lambda token: id_token.verify_token(token, Request(), AUDIENCE, certs_url=f"{URL}/issuers/{name}/keys")


FETCHES = {
    "metadata server": metadata_server,
    "key file": key_file,
    "impersonation": impersonation,
    "external account": external_account,
    "proxy: impersonated account": impersonated_account,
}
VERIFICATIONS = {
    "verify with certificates": google_auth_certificates,
    "verify with a key set": google_auth_key_set,
    "verify with PyJWT": pyjwt_client,
}

OF_ISSUER = "verify tokens of "

if CASE in FETCHES:
    print(FETCHES[CASE]())
else:
    verify = of_issuer(CASE.removeprefix(OF_ISSUER)) if CASE.startswith(OF_ISSUER) else VERIFICATIONS[CASE]
    for line in sys.stdin:
        try:
            claims = verify(line.strip())
            print("accepted", claims.get("email", "-"))
        except Exception as error:
            print("refused", type(error).__name__)
