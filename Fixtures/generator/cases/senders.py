#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Tokens as each of Google's senders shapes them, and tokens of other kinds, which are told apart."""

from files import CaseFile
from tokens import (
    ABSENT,
    AUDIENCE,
    EMAIL,
    EXPIRES,
    FIREBASE,
    GOOGLE_A,
    ISSUED,
    ISSUER,
    SUBJECT,
    claim_members,
    header,
    text,
    token,
)

ACCOUNT = {"callers": [f"serviceAccount:{EMAIL}"]}
NO_EMAIL = {"email": ABSENT, "email_verified": ABSENT}
INSTANCE = {
    "instance_creation_timestamp": 1_565_384_538,
    "instance_id": "152986662232938449",
    "instance_name": "example",
    "project_id": "my-project",
    "project_number": 1_053_222_222_222,
    "zone": "us-central1-a",
}
AGENT = "service-53222@gcp-sa-pubsub.iam.gserviceaccount.com"


def file():
    file = CaseFile(
        "Senders: the claims of each, with the e-mail address where it has one.",
        audiences=[
            AUDIENCE,
            "https://service.example.run.app/push?a=b",
            "32555940559.apps.googleusercontent.com",
        ],
    )
    with_email(file)
    without_email(file)
    users(file)
    others(file)
    return file


def minted(**changes):
    return token(claims_text=text(claim_members(**changes)))


def with_email(file):
    for name, changes in {
        "metadata server, format full": {"google": {"compute_engine": INSTANCE}},
        "metadata server, format full with licences": {
            "google": {"compute_engine": {**INSTANCE, "license_id": ["1000204", "9"]}}
        },
        "metadata server, confidential machine": {
            "google": {"compute_engine": {**INSTANCE, "instance_confidentiality": 1}}
        },
        "Cloud Run's metadata server": {},
        "generateIdToken with e-mail address": {},
        "generateIdToken with the e-mail address as azp": {"azp": EMAIL},
        "generateIdToken with an organization number": {"google": {"organization_number": 1_234}},
        "generateIdToken outside any organization": {"google": {"organization_number": None}},
        "key grant with target_audience": {"azp": EMAIL},
        "Pub/Sub push": {},
        "Pub/Sub push, the endpoint as audience": {"aud": "https://service.example.run.app/push?a=b"},
        "Cloud Tasks": {},
        "Cloud Tasks, the target as audience": {"aud": "https://service.example.run.app/push?a=b"},
        "Cloud Scheduler": {},
        "Eventarc through Pub/Sub": {},
        "Workflows": {},
        "the old form of the issuer": {"iss": "accounts.google.com"},
    }.items():
        expected = {"email": EMAIL, "sub": SUBJECT}
        if "google" in changes:
            expected["google"] = changes["google"]
        file.accept(name, {"Authorization": f"Bearer {minted(**changes)}"}, expected, **ACCOUNT)
    for email in (
        "123-compute@developer.gserviceaccount.com",
        "my-project@appspot.gserviceaccount.com",
        AGENT,
        "name@my-project.example.com.iam.gserviceaccount.com",
    ):
        file.accept(
            f"service account {email}", minted(email=email), {"email": email}, callers=[f"serviceAccount:{email}"]
        )


def without_email(file):
    for name in ("metadata server, format standard", "generateIdToken without e-mail address"):
        presented = minted(**NO_EMAIL)
        file.accept(f"{name}, any identity", presented, {"sub": SUBJECT})
        file.accept(f"{name}, by subject", presented, {"sub": SUBJECT}, callers=[f"subject:{SUBJECT}"])
        file.reject(f"{name}, by e-mail address", presented, "email_missing", **ACCOUNT)


def users(file):
    client = "32555940559.apps.googleusercontent.com"
    user = {"aud": client, "azp": client, "email": "user@example.com", "hd": "example.com", "at_hash": "x"}
    file.accept(
        "gcloud user, where its audience is accepted",
        minted(**user),
        {"hd": "example.com"},
        callers=["domain:example.com"],
    )
    file.reject(
        "gcloud user, where only the service's is [50]", minted(**user), "audience_mismatch", audiences=[AUDIENCE]
    )
    file.reject(
        "a consumer account has no domain",
        minted(**{**user, "hd": ABSENT, "email": "a@gmail.com"}),
        "caller_not_allowed",
        callers=["domain:gmail.com"],
    )


def others(file):
    """Not Google's ID tokens: each is rejected for what it is."""
    proxy = {
        "aud": "/projects/652562776798/apps/my-project",
        "iss": "https://cloud.google.com/iap",
        "sub": "accounts.google.com:1",
        "exp": ISSUED + 600,
    }
    file.reject(
        "Identity-Aware Proxy, as it comes [50]",
        token(header(alg="ES256", kid="mpf0DA"), text(claim_members(**proxy))),
        "algorithm_unsupported",
    )
    file.reject("Identity-Aware Proxy, if Google's key signed it [50]", minted(**proxy), "issuer_mismatch")
    firebase = {
        "iss": "https://securetoken.google.com/my-project",
        "aud": "my-project",
        "azp": ABSENT,
        "user_id": "u",
        "firebase": {"sign_in_provider": "password"},
    }
    file.reject(
        "Firebase, as it comes [50]", token(claims_text=text(claim_members(**firebase)), key=FIREBASE), "key_unknown"
    )
    file.reject("Firebase, if Google's key signed it [50]", minted(**firebase), "issuer_mismatch")
    itself = {"iss": EMAIL, "sub": EMAIL, "aud": AUDIENCE}
    file.reject(
        "signed by a service account itself [46,50]",
        token(header(FIREBASE), text(claim_members(**itself)), key=FIREBASE),
        "key_unknown",
    )
    file.reject("Chat [50]", minted(iss="chat@system.gserviceaccount.com", aud="1234567890"), "issuer_mismatch")
    assertion = text(
        {
            "iss": EMAIL,
            "aud": "https://oauth2.googleapis.com/token",
            "iat": ISSUED,
            "exp": EXPIRES,
            "target_audience": AUDIENCE,
        }
    )
    file.reject("the assertion of a key grant [50]", token(claims_text=assertion), "claims_malformed")
    access = {
        "iss": ISSUER,
        "aud": "https://api.example",
        "iat": ISSUED,
        "exp": EXPIRES,
        "sub": SUBJECT,
        "client_id": "x",
        "jti": "y",
        "scope": "a",
    }
    file.reject(
        "an access token of RFC 9068 [37,50]", token(header(GOOGLE_A, typ="at+jwt"), text(access)), "header_unsupported"
    )
    logout = {**claim_members(), "events": {"http://schemas.openid.net/event/backchannel-logout": {}}}
    file.reject("a logout token [37,50]", token(header(GOOGLE_A, typ="logout+jwt"), text(logout)), "header_unsupported")
    file.reject("an access token [50]", {"Authorization": "Bearer ya29.c.b0AXv0zTPsample"}, "token_malformed")
    file.reject("an API key [50]", {"Authorization": "Bearer AIzaSyA-sample"}, "token_malformed")
