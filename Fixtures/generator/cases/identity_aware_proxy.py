#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""The assertions of Identity-Aware Proxy."""

from cases.profiles import ProfileFile, usual
from samples import GOOGLE_USER, LEVEL, NUMBER, PROXY, USER
from tokens import ABSENT, token

NAME = PROXY.header
IDENTITY_PLATFORM = f"securetoken.google.com/my-project/customers:{USER}"
WORKFORCE = "sts.google.com:AAFTZtsbXEYJ"


def file():
    file = ProfileFile("Identity-Aware Proxy: the header of the assertion alone, its audiences, and its users.", PROXY)
    usual(file, "an assertion")
    headers(file)
    audiences(file)
    emails(file)
    users(file)
    return file


def headers(file):
    assertion = PROXY.token()
    for name, sent in {
        "name in lower case [57]": {NAME.lower(): assertion},
        "name in upper case [57]": {NAME.upper(): assertion},
        "white space around": {NAME: f" \t{assertion}\t "},
        "beside a Google ID token in Authorization": {"Authorization": f"Bearer {token()}", NAME: assertion},
        "beside another scheme": {"Authorization": "Basic dTpw", NAME: assertion},
        "beside the stripped token of Cloud Run": {
            "X-Serverless-Authorization": f"bearer {token().rsplit('.', 1)[0]}.SIGNATURE_REMOVED_BY_GOOGLE",
            NAME: assertion,
        },
        "beside forged headers with a user": {
            "X-Goog-Authenticated-User-Email": "accounts.google.com:admin@example.com",
            "X-Goog-Authenticated-User-Id": "accounts.google.com:1",
            NAME: assertion,
        },
    }.items():
        file.sent(name, sent, change=f"request: {name.split(' [')[0]}")
    for name, (sent, code) in {
        "only headers with a user": (
            {"X-Goog-Authenticated-User-Email": f"accounts.google.com:{USER}"},
            "credentials_missing",
        ),
        "the assertion in Authorization": ({"Authorization": f"Bearer {assertion}"}, "credentials_missing"),
        "the assertion in X-Serverless-Authorization": (
            {"X-Serverless-Authorization": f"Bearer {assertion}"},
            "credentials_missing",
        ),
        "the assertion in a header with a similar name": (
            {"X-Goog-IAP-JWT-Assertion-": assertion},
            "credentials_missing",
        ),
        "only a Google ID token in Authorization": ({"Authorization": f"Bearer {token()}"}, "credentials_missing"),
        "empty": ({NAME: ""}, "credentials_missing"),
        "only white space": ({NAME: " \t "}, "credentials_missing"),
        "twice": ([[NAME, assertion], [NAME, assertion]], "credentials_ambiguous"),
        "twice, in different cases": ([[NAME, assertion], [NAME.lower(), "x"]], "credentials_ambiguous"),
        "two in one value": ({NAME: f"{assertion}, {assertion}"}, "credentials_ambiguous"),
        "with a scheme": ({NAME: f"Bearer {assertion}"}, "credentials_malformed"),
        "in quotation marks": ({NAME: f'"{assertion}"'}, "credentials_malformed"),
        "with a character outside ASCII": ({NAME: f"{assertion}\u00e9"}, "credentials_malformed"),
        "something else": ({NAME: "x"}, "token_malformed"),
        "too long": ({NAME: "a" * 16_385}, "token_too_large"),
    }.items():
        file.sent(f"header: {name}", sent, code, f"request: {name}")


def audiences(file):
    forms = {
        "App Engine": f"/projects/{NUMBER}/apps/my-project",
        "a backend service": f"/projects/{NUMBER}/global/backendServices/1234567890",
        "a regional backend service": f"/projects/{NUMBER}/europe-west1/backendServices/1234567890",
        "Cloud Run": f"/projects/{NUMBER}/locations/europe-west1/services/profiles",
    }
    for name, value in forms.items():
        file.ok(f"aud of {name}", {"aud": value}, audiences=[value])
    file.ok("one of several services", audiences=list(forms.values()), change="none")
    for name, value in {
        "another project": f"/projects/1{NUMBER}/locations/europe-west1/services/profiles",
        "another region": f"/projects/{NUMBER}/locations/europe-west4/services/profiles",
        "another service": f"/projects/{NUMBER}/locations/europe-west1/services/search",
        "a service with a longer name": f"/projects/{NUMBER}/locations/europe-west1/services/profiles2",
        "no slash at the start": f"projects/{NUMBER}/locations/europe-west1/services/profiles",
        "the project's ID": "/projects/my-project/locations/europe-west1/services/profiles",
        "a client ID": "1-x.apps.googleusercontent.com",
        "the URL of the service": "https://profiles-210987654321.europe-west1.run.app",
    }.items():
        file.no(f"aud is {name}", "audience_mismatch", {"aud": value})


def emails(file):
    own = {"callers": [f"user:{USER}"]}
    file.ok("an address without email_verified", expect={"email": USER, "hd": "example.com"}, **own)
    file.ok("an address with email_verified", {"email_verified": True}, **own)
    for name, value in {"false": False, "a string": "true", "null": None, "1": 1}.items():
        file.no(f"email_verified is {name}", "email_not_verified", {"email_verified": value}, **own)
    file.no("no address", "email_missing", {"email": ABSENT}, **own)
    file.no("an address that is a list", "email_missing", {"email": [USER]}, **own)
    file.no("another address", "caller_not_allowed", {"email": "other@example.com"}, **own)
    file.no("an address in upper case", "caller_not_allowed", {"email": USER.upper()}, **own)
    file.no("an address with the prefix of the header", "caller_not_allowed", {"email": f"accounts.google.com:{USER}"}, **own)
    platform = {"sub": IDENTITY_PLATFORM}
    file.no("a user of Identity Platform", "email_not_verified", platform, **own)
    for name, user in {
        "verified": {"email": USER, "email_verified": True},
        "not verified": {"email": USER, "email_verified": False},
        "verified by a string": {"email_verified": "true"},
        "of which nothing is known": {},
        "that is a list": [{"email_verified": True}],
    }.items():
        changes = {**platform, "gcip": user}
        if name == "verified":
            file.ok(f"a user of Identity Platform whose address is {name}", changes, expect={"sub": IDENTITY_PLATFORM}, **own)
        else:
            file.no(f"a user of Identity Platform with an address {name}", "email_not_verified", changes, **own)
    workforce = {"sub": WORKFORCE, "hd": ABSENT, "identity_source": "WORKFORCE_IDENTITY"}
    file.no("a workforce user by address", "email_not_verified", workforce, **own)
    file.no("a subject that looks like that of a Google account", "email_not_verified", {"sub": "accounts.google.com.evil:1"}, **own)


def users(file):
    file.ok("by subject", callers=[f"subject:{GOOGLE_USER}"], change="none")
    file.no("by another subject", "caller_not_allowed", callers=[f"subject:{GOOGLE_USER}2"], change="none")
    file.no("by the number of the subject", "caller_not_allowed", callers=["subject:100000000000000000001"], change="none")
    domain = {"callers": ["domain:example.com"]}
    file.ok("by hosted domain", **domain)
    file.no("by hosted domain, without hd", "caller_not_allowed", {"hd": ABSENT}, **domain)
    file.no("by hosted domain, a subdomain", "caller_not_allowed", {"hd": "a.example.com"}, **domain)
    file.no("by hosted domain, a list", "caller_not_allowed", {"hd": ["example.com"]}, **domain)
    level = {"callers": [f"accessLevel:{LEVEL}"]}
    other = LEVEL.replace("corporate", "other")
    file.ok("by access level", **level)
    file.ok("by access level, one of several", {"google": {"access_levels": [other, LEVEL]}}, **level)
    file.ok("by one of several access levels", callers=[f"accessLevel:{other}", f"accessLevel:{LEVEL}"], change="none")
    for name, value in {
        "another": {"access_levels": [other]},
        "none": {"access_levels": []},
        "in upper case": {"access_levels": [LEVEL.upper()]},
        "a string instead of a list": {"access_levels": LEVEL},
        "a list with a number": {"access_levels": [LEVEL, 1]},
        "in a list in a list": {"access_levels": [[LEVEL]]},
        "a prefix": {"access_levels": [LEVEL[:-1]]},
        "absent": {},
        "null": None,
        "a list instead of an object": [{"access_levels": [LEVEL]}],
    }.items():
        file.no(f"by access level: {name}", "caller_not_allowed", {"google": value}, **level)
    file.no("by access level, without the claim", "caller_not_allowed", {"google": ABSENT}, **level)
    file.ok("by address or access level", {"google": ABSENT}, callers=[f"user:{USER}", f"accessLevel:{LEVEL}"])
    pool = "locations/global/workforcePools/staff"
    principal = f"principal://iam.googleapis.com/{pool}/subject/jo"
    workforce = {
        "sub": WORKFORCE,
        "email": ABSENT,
        "hd": ABSENT,
        "identity_source": "WORKFORCE_IDENTITY",
        "workforce_identity": {"iam_principal": principal, "workforce_pool_name": pool},
    }
    expect = {"sub": WORKFORCE, "workforce_identity": {"iam_principal": principal, "workforce_pool_name": pool}}
    file.ok("a workforce user by subject", workforce, expect=expect, callers=[f"subject:{WORKFORCE}"], change="claims: of a workforce user")
    file.no(
        "a workforce user without a name", "email_missing", workforce, callers=[f"user:{USER}"], change="claims: of a workforce user"
    )
    long = "sts.google.com:" + "A" * 1_009
    file.ok("a subject of 1,024 characters", {"sub": long}, expect={"sub": long})
    file.no("a subject of 1,025 characters", "claims_malformed", {"sub": long + "A"})
    file.no("a subject outside ASCII", "claims_malformed", {"sub": "accounts.google.com:\u0661"})
