#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Who may call."""

from files import CaseFile
from tokens import ABSENT, EMAIL, NOW, SUBJECT, token, with_claims

ACCOUNT = {"callers": [f"serviceAccount:{EMAIL}"]}
DOMAIN = {"callers": ["domain:example.com"]}


def file():
    file = CaseFile(
        "Callers: service accounts by verified e-mail address, accounts by subject, users by hosted domain."
    )
    accounts(file)
    subjects(file)
    domains(file)
    unions(file)
    return file


def accounts(file):
    file.accept("the service account [47]", token(), **ACCOUNT)
    for name, value in {"absent": ABSENT, "null": None, "a number": 1, "a list": [EMAIL]}.items():
        file.reject(f"email {name}", with_claims(email=value), "email_missing", **ACCOUNT)
    for name, value in {
        "absent": ABSENT,
        "false": False,
        "null": None,
        "text": "true",
        "one": 1,
        "a list": [True],
    }.items():
        file.reject(f"email_verified {name}", with_claims(email_verified=value), "email_not_verified", **ACCOUNT)
    file.reject(
        "neither e-mail address nor verified",
        with_claims(email=ABSENT, email_verified=ABSENT),
        "email_missing",
        **ACCOUNT,
    )
    for name, email in {
        "of the same project": "other@my-project.iam.gserviceaccount.com",
        "of another project": "caller@other.iam.gserviceaccount.com",
        "without its domain": "caller",
        "in upper case": EMAIL.upper(),
        "with a capital": "C" + EMAIL[1:],
        "with a space after": EMAIL + " ",
        "with a null character after": EMAIL + "\0",
        "with a domain after": EMAIL + ".evil.example",
        "with a letter before": "x" + EMAIL,
        "with a label": EMAIL.replace("@", "+x@"),
        "with a dot": EMAIL.replace("caller", "cal.ler"),
        "in angle brackets": f"<{EMAIL}>",
        "two of them": f"{EMAIL},x@example.com",
        "with a look-alike letter": EMAIL.replace("a", "\u0430"),
        "with full-width letters": EMAIL.replace("c", "\uff43"),
        "with a long s": EMAIL.replace("s", "\u017f"),
        "empty": "",
        "a wildcard": "*",
        "with a soft hyphen": EMAIL.replace("@", "\u00ad@"),
    }.items():
        file.reject(f"e-mail address {name} [39,47]", with_claims(email=email), "caller_not_allowed", **ACCOUNT)
    file.reject(
        "azp is not the caller [53]", with_claims(email="other@example.com", azp=EMAIL), "caller_not_allowed", **ACCOUNT
    )
    file.reject(
        "sub is not the e-mail address",
        with_claims(email="other@example.com", sub=EMAIL),
        "caller_not_allowed",
        **ACCOUNT,
    )
    composed, decomposed = "caf\u00e9@example.com", "cafe\u0301@example.com"
    for own, presented in ((composed, decomposed), (decomposed, composed)):
        named = {"callers": [f"serviceAccount:{own}"]}
        file.accept(f"accent as named: {len(own)} characters [39]", with_claims(email=own), {"email": own}, **named)
        file.reject(
            f"accent composed otherwise: {len(presented)} characters [39]",
            with_claims(email=presented),
            "caller_not_allowed",
            **named,
        )
    file.reject(
        "the caller is judged after the time",
        token(),
        "token_expired",
        now=NOW + 7_200,
        callers=["serviceAccount:a@b.example"],
    )
    file.reject(
        "the caller is judged after the audience", with_claims(aud="x", email=ABSENT), "audience_mismatch", **ACCOUNT
    )


def subjects(file):
    one = {"callers": [f"subject:{SUBJECT}"]}
    file.accept("the subject [47]", token(), {"sub": SUBJECT}, **one)
    file.accept(
        "the subject needs no e-mail address [47]",
        with_claims(email=ABSENT, email_verified=ABSENT),
        {"sub": SUBJECT},
        **one,
    )
    for name, subject in {
        "another": "104029292853099978294",
        "cut": SUBJECT[:-1],
        "longer": SUBJECT + "0",
        "with a zero before": "0" + SUBJECT,
        "with a space": SUBJECT + " ",
        "rounded as a number would be": "104029292853099980000",
        "an e-mail address": EMAIL,
    }.items():
        file.reject(f"subject {name} [30,47]", with_claims(sub=subject), "caller_not_allowed", **one)
    file.reject("the e-mail address of a recreated account", with_claims(sub="9"), "caller_not_allowed", **one)


def domains(file):
    user = {"email": "user@example.com", "hd": "example.com"}
    file.accept("a user of the domain [47]", with_claims(**user), {"hd": "example.com"}, **DOMAIN)
    file.accept(
        "hd counts, not the e-mail address",
        with_claims(email="user@alias.example", hd="example.com"),
        {"sub": SUBJECT},
        **DOMAIN,
    )
    for name, domain in {
        "absent": ABSENT,
        "null": None,
        "a list": ["example.com"],
        "another": "example.org",
        "in upper case": "EXAMPLE.COM",
        "a part": "com",
        "longer": "sub.example.com",
        "with a dot after": "example.com.",
        "empty": "",
        "a look-alike": "ex\u0430mple.com",
    }.items():
        file.reject(f"hd {name} [39,47]", with_claims(**{**user, "hd": domain}), "caller_not_allowed", **DOMAIN)
    file.reject("a service account has no domain", token(), "caller_not_allowed", **DOMAIN)


def unions(file):
    several = {"callers": [f"serviceAccount:{EMAIL}", "subject:1", "domain:example.com"]}
    no_email = {"email": ABSENT, "email_verified": ABSENT}
    file.accept("a union: by e-mail address", token(), **several)
    file.accept("a union: by subject", with_claims(sub="1", **no_email), {"sub": "1"}, **several)
    file.accept(
        "a union: by domain", with_claims(email="u@example.com", hd="example.com"), {"hd": "example.com"}, **several
    )
    file.reject("a union: nobody", with_claims(email="x@example.org"), "caller_not_allowed", **several)
    file.reject("a union: no e-mail address", with_claims(**no_email), "email_missing", **several)
    file.reject(
        "a union: e-mail address not verified", with_claims(email_verified=False), "email_not_verified", **several
    )
    many = {"callers": [f"serviceAccount:s{i}@p.iam.gserviceaccount.com" for i in range(30)] + ACCOUNT["callers"]}
    file.accept("the last of many", token(), **many)
    file.reject("none of many", with_claims(email="s30@p.iam.gserviceaccount.com"), "caller_not_allowed", **many)
    user = "u@example.com"
    file.accept("a user named as an IAM member", with_claims(email=user), {"email": user}, callers=[f"user:{user}"])
    file.accept("several in one text", token(), callers=[f"subject:1, serviceAccount:{EMAIL}"])
    file.accept("any identity", with_claims(**no_email), {"sub": SUBJECT}, callers=["any"])
    file.accept("any, among others", with_claims(sub="7", **no_email), {"sub": "7"}, callers=["subject:1", "any"])
