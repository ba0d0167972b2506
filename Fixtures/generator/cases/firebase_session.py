#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""The session cookies of Firebase and Identity Platform."""

from cases.profiles import ProfileFile, usual
from samples import COOKIE, FIREBASE, PROJECT, USER_TOKEN
from tokens import ABSENT, ISSUED, NOW


def file():
    file = ProfileFile("Session cookies of Firebase: another issuer, other keys and a longer lifetime than ID tokens.", COOKIE)
    usual(file, "a session cookie")
    cookie = COOKIE.token()
    file.accept("the value of the cookie", cookie, {"iss": COOKIE.members["iss"]}, change="none")
    file.ok("of five minutes", {"exp": ISSUED + 300})
    file.no("the issuer of ID tokens", "issuer_mismatch", {"iss": f"https://securetoken.google.com/{PROJECT}"})
    file.no("another project", "issuer_mismatch", {"iss": "https://session.firebase.google.com/other-project"})
    file.no("the audience of another project", "audience_mismatch", {"aud": "other-project"})
    file.no("auth_time absent", "claims_malformed", {"auth_time": ABSENT})
    file.no("auth_time in the future", "issued_in_future", {"auth_time": NOW + 31})
    file.no("by the keys of ID tokens", "key_unknown", key=FIREBASE, change="key: kid and signature are of firebase")
    file.no(
        "by the keys of ID tokens, under a kid of session cookies",
        "signature_invalid",
        sign=FIREBASE.sign,
        change="signature: by firebase",
    )
    file.reject("an ID token", USER_TOKEN.token(), "key_unknown", change="token: an ID token of the same user")
    file.ok("by tenant", callers=["tenant:customers-a1b2c"], change="none")
    file.no("by another tenant", "caller_not_allowed", callers=["tenant:staff-x1y2z"], change="none")
    file.no("sub of 129 characters", "claims_malformed", {"sub": "u" * 129})
    return file
