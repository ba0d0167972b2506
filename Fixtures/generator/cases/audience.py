#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""For whom the token was minted."""

from files import CaseFile
from tokens import ABSENT, AUDIENCE, token, with_claims

OTHER = "https://other.example.run.app"
TWO = {"audiences": [AUDIENCE, OTHER]}


def file():
    file = CaseFile("The audience: a text or a list, each byte by byte one of the service's.")
    file.accept("a text [31,48]", token(), {"aud": AUDIENCE})
    file.accept("a list of one [31]", with_claims(aud=[AUDIENCE]), {"aud": [AUDIENCE]})
    for audience in (AUDIENCE, OTHER):
        file.accept(f"one of two: {audience} [31]", with_claims(aud=audience), **TWO)
    file.accept("both of two [31,52]", with_claims(aud=[OTHER, AUDIENCE]), **TWO)
    file.accept("the same twice [31]", with_claims(aud=[AUDIENCE, AUDIENCE]))
    for name, value in {
        "absent": ABSENT,
        "null": None,
        "a number": 1,
        "true": True,
        "an object": {"aud": AUDIENCE},
        "empty": "",
        "an empty list": [],
        "a list with a number": [AUDIENCE, 1],
        "a list with null": [AUDIENCE, None],
        "a list in a list": [[AUDIENCE]],
        "a list with an empty text": [AUDIENCE, ""],
    }.items():
        file.reject(f"{name} [31,48]", with_claims(aud=value), "audience_mismatch")
    for name, value in {
        "a service more": [AUDIENCE, OTHER],
        "a service before": [OTHER, AUDIENCE],
        "a slash more": [AUDIENCE, AUDIENCE + "/"],
        "many more": [AUDIENCE] + [f"https://{i}.example" for i in range(50)],
    }.items():
        file.reject(f"a list with {name}, which is not trusted [52]", with_claims(aud=value), "audience_mismatch")
    different(file)
    cloud_run(file)
    of_others(file)
    exact(file)
    return file


def different(file):
    for name, audience in {
        "a slash after": AUDIENCE + "/",
        "two slashes after": AUDIENCE + "//",
        "a path": AUDIENCE + "/path",
        "a query": AUDIENCE + "?a=b",
        "a fragment": AUDIENCE + "#a",
        "http": AUDIENCE.replace("https", "http"),
        "no scheme": "service.example.run.app",
        "scheme in upper case": AUDIENCE.replace("https", "HTTPS"),
        "host in upper case": AUDIENCE.replace("service", "Service"),
        "the port": AUDIENCE + ":443",
        "a tag": AUDIENCE.replace("service", "tag---service"),
        "a space after": AUDIENCE + " ",
        "a space before": " " + AUDIENCE,
        "a null character after": AUDIENCE + "\0",
        "a line break after": AUDIENCE + "\n",
        "a full stop after": AUDIENCE + ".",
        "a letter less": AUDIENCE[:-1],
        "a letter more": AUDIENCE + "p",
        "a domain after": AUDIENCE + ".evil.example",
        "a user before": "https://a@service.example.run.app",
        "an escape": AUDIENCE.replace("service", "%73ervice"),
        "both joined by a comma": f"{AUDIENCE},{OTHER}",
        "both joined by a space": f"{AUDIENCE} {OTHER}",
        "a wildcard": "https://*.example.run.app",
        "an asterisk": "*",
    }.items():
        file.reject(f"nearly: {name} [39,48]", with_claims(aud=audience), "audience_mismatch")
    file.reject("the service's has the slash", token(), "audience_mismatch", audiences=[AUDIENCE + "/"])
    file.reject("the service's has the path", token(), "audience_mismatch", audiences=[AUDIENCE + "/path"])


def cloud_run(file):
    number, hashed = "https://profiles-123456.europe-west1.run.app", "https://profiles-abcde12345-ew.a.run.app"
    tag = number.replace("profiles", "green---profiles")
    four = [f"{url}{end}" for url in (number, hashed) for end in ("", "/")]
    file.accept("Cloud Run: both forms and the slash, if they are named [39]", with_claims(aud=hashed + "/"), audiences=four)
    for name, audience, own in (
        ("a traffic tag", tag, number),
        ("a traffic tag with a slash", tag + "/", number),
        ("a traffic tag in the form with a hash", hashed.replace("profiles", "green---profiles"), hashed),
        ("the service's URL, where a tag's is named", number, tag),
        ("the form with a hash", hashed, number),
        ("the form with a project number", number, hashed),
        ("upper case", number.upper(), number),
        ("a custom domain", "https://profiles.example.com", number),
        ("white space", f" {number}", number),
    ):
        file.reject(f"Cloud Run: {name} [39,48]", with_claims(aud=audience), "audience_mismatch", audiences=[own])


def of_others(file):
    for name, audience in {
        "another service": OTHER,
        "a gcloud user": "32555940559.apps.googleusercontent.com",
        "an OAuth client": "1234-abc.apps.googleusercontent.com",
        "Identity-Aware Proxy": "/projects/652562776798/apps/my-project",
        "Firebase": "my-project",
        "Google's token endpoint": "https://oauth2.googleapis.com/token",
    }.items():
        file.reject(f"minted for {name} [48,50]", with_claims(aud=audience), "audience_mismatch")


def exact(file):
    composed, decomposed = "https://caf\u00e9.example", "https://cafe\u0301.example"
    for own, presented in ((composed, decomposed), (decomposed, composed)):
        file.accept(f"accent as given: {len(own)} characters [39]", with_claims(aud=own), audiences=[own])
        file.reject(
            f"accent composed otherwise: {len(presented)} characters [39]",
            with_claims(aud=presented),
            "audience_mismatch",
            audiences=[own],
        )
    for name, audience in {
        "a Cyrillic letter": AUDIENCE.replace("e", "\u0435", 1),
        "a Greek letter": AUDIENCE.replace("v", "\u03bd"),
        "full-width letters": AUDIENCE.replace("s", "\uff53"),
        "a soft hyphen": AUDIENCE.replace("serv", "ser\u00adv"),
        "a zero-width space": AUDIENCE.replace("serv", "ser\u200bv"),
        "a long s": AUDIENCE.replace("service", "\u017fervice"),
        "the other direction": "\u202e" + AUDIENCE,
        "a one dot leader": AUDIENCE.replace(".", "\u2024"),
        "the Kelvin sign": AUDIENCE + "/\u212a",
    }.items():
        file.reject(f"looks alike: {name} [39]", with_claims(aud=audience), "audience_mismatch")
