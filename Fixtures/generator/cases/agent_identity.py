#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""The ID tokens of agents."""

from cases.profiles import ProfileFile, usual
from samples import AGENT, AGENT_ISSUER, AGENT_TOKEN, DOMAIN, NUMBER, ORGANIZATION, STS
from tokens import AUDIENCE, token

PATH = f"spiffe://{DOMAIN}/resources/run/projects/{NUMBER}"


def file():
    file = ProfileFile("Agent identities: one organisation or project, and SPIFFE IDs in whole segments.", AGENT_TOKEN)
    usual(file, "an agent's ID token")
    headers(file)
    issuers(file)
    subjects(file)
    callers(file)
    return file


def headers(file):
    value = f"Bearer {AGENT_TOKEN.token()}"
    file.sent("in X-Serverless-Authorization", {"X-Serverless-Authorization": value}, change="request: another header")
    file.sent(
        "X-Serverless-Authorization comes first",
        {"X-Serverless-Authorization": f"Bearer {token()}", "Authorization": value},
        "key_unknown",
        "request: a Google ID token in X-Serverless-Authorization",
    )
    file.sent(
        "in the header of Identity-Aware Proxy",
        {"X-Goog-IAP-JWT-Assertion": AGENT_TOKEN.token()},
        "credentials_missing",
        "request: X-Goog-IAP-JWT-Assertion",
    )


def pool(owner, number, kind):
    return f"{STS}/{owner}/{number}/locations/global/workloadIdentityPools/agents.global.{kind}-{number}.system.id.goog"


def issuers(file):
    for name, value in {
        "of another organisation": pool("organizations", "999999999999", "org"),
        "of a longer number": pool("organizations", ORGANIZATION + "0", "org"),
        "of a project with the organisation's number": pool("projects", ORGANIZATION, "proj"),
        "of the organisation with another pool": AGENT_ISSUER.replace(f"org-{ORGANIZATION}", "org-999999999999"),
        "of a customer's own pool": f"{STS}/organizations/{ORGANIZATION}/locations/global/workloadIdentityPools/own",
        "of another location": AGENT_ISSUER.replace("/global/", "/us/"),
        "of another version": AGENT_ISSUER.replace("/v1/", "/v2/"),
        "of another host": AGENT_ISSUER.replace("sts.googleapis.com", "sts.googleapis.com.evil.example"),
        "with a user": AGENT_ISSUER.replace("https://", "https://a@"),
        "with a query": AGENT_ISSUER + "?x",
        "with a path": AGENT_ISSUER + "/openid",
        "with a segment to skip": AGENT_ISSUER.replace("/locations/", "/x/../locations/"),
        "with an escape": AGENT_ISSUER.replace("organizations", "%6frganizations"),
        "that is the trust domain": f"spiffe://{DOMAIN}",
        "of Google ID tokens": "https://accounts.google.com",
    }.items():
        file.no(f"an issuer {name}", "issuer_mismatch", {"iss": value})
    project = {"iss": pool("projects", NUMBER, "proj")}
    project["sub"] = f"spiffe://agents.global.proj-{NUMBER}.system.id.goog/resources/run/projects/{NUMBER}/locations/r/services/s"
    own = {"profile": f"agentIdentity:projects/{NUMBER}", "change": "claims: of a project without an organisation"}
    file.ok("a project without an organisation", project, expect=project, **own)
    file.no("an agent of an organisation, where a project is trusted", "issuer_mismatch", profile=own["profile"], change="none")
    file.no("an agent of a project, where an organisation is trusted", "issuer_mismatch", project, change=own["change"])


def subjects(file):
    for name, value in {
        "of another service": AGENT.replace("services/search", "services/maps"),
        "of an engine": f"spiffe://{DOMAIN}/resources/aiplatform/projects/{NUMBER}/locations/us-central1/reasoningEngines/1",
        "of one segment": f"spiffe://{DOMAIN}/a",
        "of 2,048 characters": f"spiffe://{DOMAIN}/".ljust(2_048, "a"),
    }.items():
        file.ok(f"a subject {name}", {"sub": value}, expect={"sub": value})
    for name, value in {
        "of another trust domain": AGENT.replace("org-", "org-9"),
        "of a trust domain that continues": AGENT.replace(".goog/", ".goog.evil.example/"),
        "without a path": f"spiffe://{DOMAIN}",
        "with an empty path": f"spiffe://{DOMAIN}/",
        "with a slash at the end": AGENT + "/",
        "with an empty segment": AGENT.replace("/run/", "//"),
        "with a segment of two dots": AGENT.replace("/run/", "/../"),
        "with a segment of one dot": AGENT.replace("/run/", "/./"),
        "with another scheme": AGENT.replace("spiffe://", "principal://"),
        "with a scheme in upper case": AGENT.replace("spiffe", "SPIFFE"),
        "with a trust domain in upper case": AGENT.replace("agents", "AGENTS"),
        "that is a number": "104029292853099978293",
        "that is an address": "search@my-project.iam.gserviceaccount.com",
        "of 2,049 characters": f"spiffe://{DOMAIN}/".ljust(2_049, "a"),
        "outside ASCII": AGENT + "\u00e9",
    }.items():
        file.no(f"a subject {name}", "claims_malformed", {"sub": value})


def callers(file):
    file.ok("by SPIFFE ID", callers=[f"subject:{AGENT}"], change="none")
    file.no("by another SPIFFE ID", "caller_not_allowed", callers=[f"subject:{AGENT}2"], change="none")
    file.no("by the start of a SPIFFE ID", "caller_not_allowed", callers=[f"subject:{PATH}"], change="none")
    for name, path in {
        "the whole ID": AGENT,
        "the project": PATH,
        "the region": f"{PATH}/locations/europe-west1",
        "the platform": f"spiffe://{DOMAIN}/resources/run",
        "the trust domain": f"spiffe://{DOMAIN}",
    }.items():
        file.ok(f"in {name}", callers=[f"agents:{path}"], change="none")
    for name, path in {
        "a project with a shorter number": PATH[:-1],
        "another project": PATH.replace(NUMBER, "1" + NUMBER),
        "another region": f"{PATH}/locations/europe-west4",
        "a region with a shorter name": f"{PATH}/locations/europe-west",
        "another platform": PATH.replace("/run/", "/aiplatform/"),
        "another trust domain": PATH.replace("org-", "org-9"),
        "a shorter trust domain": f"spiffe://{DOMAIN[:-1]}",
        "a longer ID": f"{AGENT}/x",
        "the scheme alone": "spiffe:",
        "the path in upper case": PATH.replace("run", "RUN"),
    }.items():
        file.no(f"in {name}", "caller_not_allowed", callers=[f"agents:{path}"], change="none")
    file.no(
        "an agent of a project with a longer number",
        "caller_not_allowed",
        {"sub": AGENT.replace(f"/projects/{NUMBER}/", f"/projects/{NUMBER}9/")},
        callers=[f"agents:{PATH}"],
    )
    file.ok("one of several paths", callers=["agents:spiffe://x/y", f"agents:{PATH}"], change="none")
    file.no("by address", "email_missing", callers=["serviceAccount:search@my-project.iam.gserviceaccount.com"], change="none")
    file.ok("for any caller of the organisation", expect={"aud": [AUDIENCE], "iss": AGENT_ISSUER}, change="none")
