#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""The ID tokens of Firebase and Identity Platform."""

from cases.profiles import ProfileFile, usual
from samples import PROJECT, USER, USER_TOKEN
from tokens import ABSENT, EXPIRES, ISSUED, NOW, encoded, text, token

BEARER = USER_TOKEN.header


def file():
    file = ProfileFile("Firebase and Identity Platform: the project, the time of the sign-in, and the user.", USER_TOKEN)
    usual(file, "an ID token")
    headers(file)
    projects(file)
    signed_in(file)
    users(file)
    emulator(file)
    return file


def headers(file):
    value = f"Bearer {USER_TOKEN.token()}"
    file.sent("scheme in lower case [58]", {BEARER: value.replace("Bearer", "bearer")}, change="request: bearer")
    stripped = f"Bearer {token().rsplit('.', 1)[0]}.SIGNATURE_REMOVED_BY_GOOGLE"
    file.sent(
        "beside the token of Cloud Run",
        {"X-Serverless-Authorization": stripped, BEARER: value},
        change="request: a stripped token in X-Serverless-Authorization",
    )
    for name, sent in {
        "in X-Serverless-Authorization": {"X-Serverless-Authorization": value},
        "in the header of Identity-Aware Proxy": {"X-Goog-IAP-JWT-Assertion": USER_TOKEN.token()},
        "without a scheme": {BEARER: USER_TOKEN.token()},
        "in a cookie": {"Cookie": f"session={USER_TOKEN.token()}"},
    }.items():
        file.sent(name, sent, "credentials_missing", f"request: {name}")
    file.sent("twice", [[BEARER, value], [BEARER, value]], "credentials_ambiguous", "request: Authorization twice")


def projects(file):
    start = "https://securetoken.google.com/"
    for name, project in {
        "another project": "other-project",
        "a project with a longer name": f"{PROJECT}-2",
        "a project with a shorter name": PROJECT[:-1],
        "the number of the project": "210987654321",
        "no project": "",
        "a path": f"{PROJECT}/",
        "upper case": PROJECT.upper(),
    }.items():
        file.no(f"iss of {name}", "issuer_mismatch", {"iss": start + project})
        file.no(f"aud of {name}", "audience_mismatch", {"aud": project})
        file.no(f"iss and aud of {name}", "issuer_mismatch", {"iss": start + project, "aud": project})
    own = "firebase:other-project"
    other = {"iss": f"{start}other-project", "aud": "other-project"}
    file.ok("another project that is trusted", other, profile=own, audiences=["other-project"])
    file.no("this project, where another is trusted", "issuer_mismatch", profile=own, audiences=["other-project"])
    old = {"iss": f"{start}example.com:old", "aud": "example.com:old"}
    file.ok("an old project with a domain", old, profile="firebase:example.com:old", audiences=["example.com:old"])


def signed_in(file):
    for name, value in {"long ago": 1, "just now": NOW, "in 30 seconds": NOW + 30, "at a fraction": ISSUED - 0.5}.items():
        file.ok(f"auth_time {name}", {"auth_time": value})
    file.no("auth_time in 31 seconds", "issued_in_future", {"auth_time": NOW + 31})
    file.no("auth_time when it expires", "issued_in_future", {"auth_time": EXPIRES})
    for name, value in {"absent": ABSENT, "null": None, "a string": str(ISSUED), "a list": [ISSUED], "true": True}.items():
        file.no(f"auth_time {name}", "claims_malformed", {"auth_time": value})
    file.ok("auth_time in 40 seconds with more skew", {"auth_time": NOW + 40}, clockSkew=60)


def users(file):
    for name, uid in {"of 128 characters": "u" * 128, "with other characters": "\u00fcser|1 ", "of one character": "1"}.items():
        file.ok(f"sub {name}", {"sub": uid, "user_id": uid}, expect={"sub": uid})
    file.no("sub of 129 characters", "claims_malformed", {"sub": "u" * 129})
    file.no("sub of 129 characters, two of them in one", "claims_malformed", {"sub": "u" * 127 + "\U0001f600"})
    file.no("only user_id", "claims_malformed", {"sub": ABSENT, "user_id": "u1"})
    file.ok("by subject", callers=["subject:u1"], change="none")
    file.no("by another subject", "caller_not_allowed", callers=["subject:u2"], change="none")
    file.no("by the subject in user_id alone", "caller_not_allowed", {"user_id": "u2"}, callers=["subject:u2"])
    own = {"callers": [f"user:{USER}"]}
    file.ok("by address", expect={"email": USER, "email_verified": True}, **own)
    file.no("by address, not verified", "email_not_verified", {"email_verified": False}, **own)
    file.no("by address, verified by a string", "email_not_verified", {"email_verified": "true"}, **own)
    file.no("by address, email_verified absent", "email_not_verified", {"email_verified": ABSENT}, **own)
    file.no("by address, without one", "email_missing", {"email": ABSENT}, **own)
    anonymous = {"email": ABSENT, "email_verified": ABSENT, "provider_id": "anonymous"}
    anonymous["firebase"] = {"identities": {}, "sign_in_provider": "anonymous"}
    file.ok("an anonymous user", anonymous, expect={"sub": "u1", "provider_id": "anonymous"}, change="claims: of an anonymous user")
    file.ok("an unverified address", {"email_verified": False}, expect={"email_verified": False})
    named = {"callers": ["signInProvider:password", "signInProvider:google.com"]}
    file.ok("by provider", **named)
    file.no("an anonymous user by provider", "caller_not_allowed", anonymous, change="claims: of an anonymous user", **named)
    tenant = {"callers": ["tenant:customers-a1b2c"]}
    file.ok("by tenant", **tenant)
    other = {"identities": {}, "sign_in_provider": "password"}
    for name, value in {
        "another": {**other, "tenant": "staff-x1y2z"},
        "absent": other,
        "null": {**other, "tenant": None},
        "a list": {**other, "tenant": ["customers-a1b2c"]},
        "in upper case": {**other, "tenant": "CUSTOMERS-A1B2C"},
        "in the provider": {"sign_in_provider": "customers-a1b2c"},
    }.items():
        file.no(f"by tenant: {name}", "caller_not_allowed", {"firebase": value}, **tenant)
    file.no("by tenant: a claim beside firebase", "caller_not_allowed", {"firebase": other, "tenant": "customers-a1b2c"}, **tenant)
    for name, value in {"absent": ABSENT, "null": None, "a string": "tenant", "a list": [{"tenant": "customers-a1b2c"}]}.items():
        file.no(f"by tenant: firebase {name}", "caller_not_allowed", {"firebase": value}, **tenant)
    file.no("by provider: a provider of a name inside", "caller_not_allowed", {"firebase": {"sign_in_provider": "passwords"}}, **named)
    claims = {"role": "admin", "level": 3}
    file.ok("claims of the application", claims, expect=claims)


def emulator(file):
    """The tokens of the Firebase emulator, which are not signed."""
    header, claims = encoded('{"alg":"none","typ":"JWT"}'), encoded(text(USER_TOKEN.members))
    for name, token_, code in (
        ("as it is", f"{header}.{claims}.", "token_malformed"),
        ("without the last dot", f"{header}.{claims}", "token_malformed"),
        ("with a signature", f"{header}.{claims}.AA", "algorithm_unsupported"),
        ("with a kid and a signature", USER_TOKEN.token(header={"alg": "none"}), "algorithm_unsupported"),
    ):
        file.sent(f"the emulator's token {name} [43]", USER_TOKEN.sent(token_), code, f"token: unsigned, {name}")
