#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Who issued the token."""

from files import CaseFile
from tokens import ABSENT, FIREBASE, ISSUER, token, with_claims


def file():
    file = CaseFile("The issuer: Google's two forms, byte by byte, or those that the service names.")
    for issuer in (ISSUER, "accounts.google.com"):
        file.accept(f"{issuer} [29,51]", with_claims(iss=issuer), {"iss": issuer})
    for name, issuer in {
        "a slash after": ISSUER + "/",
        "http": "http://accounts.google.com",
        "upper case": "https://Accounts.google.com",
        "scheme in upper case": "HTTPS://accounts.google.com",
        "a port": ISSUER + ":443",
        "a path": ISSUER + "/o/oauth2",
        "a query": ISSUER + "?",
        "a space after": ISSUER + " ",
        "a null character after": ISSUER + "\0",
        "a domain after": ISSUER + ".evil.example",
        "a name before": "https://x.accounts.google.com",
        "a user before": "https://a@accounts.google.com",
        "a look-alike letter": "https://\u0430ccounts.google.com",
        "a full stop after": ISSUER + ".",
        "only the domain": "google.com",
        "full-width letters": "https://accounts.\uff47oogle.com",
        "a soft hyphen": "https://acc\u00adounts.google.com",
        "empty": "",
        "without a scheme, with slashes": "//accounts.google.com",
        "a slash after the old form": "accounts.google.com/",
    }.items():
        file.reject(f"Google, but with {name} [29,39]", with_claims(iss=issuer), "issuer_mismatch")
    for name, issuer in {
        "Firebase": "https://securetoken.google.com/my-project",
        "Identity-Aware Proxy": "https://cloud.google.com/iap",
        "a service account itself": "caller@my-project.iam.gserviceaccount.com",
        "Chat": "chat@system.gserviceaccount.com",
        "GitHub": "https://token.actions.githubusercontent.com",
        "Microsoft": "https://login.microsoftonline.com/common/v2.0",
    }.items():
        file.reject(f"of {name} [50]", with_claims(iss=issuer), "issuer_mismatch")
    for name, value in {
        "absent": ABSENT,
        "null": None,
        "a number": 1,
        "a list": [ISSUER],
        "an object": {"iss": ISSUER},
        "true": True,
    }.items():
        file.reject(f"{name} [29]", with_claims(iss=value), "issuer_mismatch")
    file.reject("Firebase signs and says it is Google [46]", token(key=FIREBASE), "key_unknown")
    own = ["https://issuer.example"]
    file.accept("another issuer that the service names", with_claims(iss=own[0]), issuers=own)
    file.reject("Google's, where the service names another", token(), "issuer_mismatch", issuers=own)
    file.accept("precomposed, as named [39]", with_claims(iss="caf\u00e9"), issuers=["caf\u00e9"])
    file.reject(
        "decomposed, where precomposed is named [39]",
        with_claims(iss="cafe\u0301"),
        "issuer_mismatch",
        issuers=["caf\u00e9"],
    )
    return file
