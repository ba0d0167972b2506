#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Compares what Terraform and deploy.sh give the services with what the services read. Needs python-hcl2.

Exit status 1: a variable is missing or unknown, or audience, caller and invoker of a service do not have one source.
"""

import pathlib
import re
import sys

import hcl2

FOLDER = pathlib.Path(__file__).resolve().parent
# These have defaults; PORT comes from Cloud Run, and the emulator exists only on a developer's machine.
OPTIONAL = {"HOST", "PORT", "EMULATOR_KEYS_URL"}
failures = []


def expect(holds, words):
    if not holds:
        failures.append(words)


def plain(value):
    """An HCL value without quotation marks and without the marks of an expression."""
    return re.sub(r"^\$\{(.*)\}$", r"\1", str(value)).strip('"')


def read_by(target):
    """The environment variables that a service reads, from its source."""
    text = "".join(path.read_text() for path in (FOLDER / "Sources" / target).glob("*.swift"))
    names = set(re.findall(r'environment\.get\("([A-Z_]+)"', text))
    names |= set(re.findall(r'"(ID_TOKEN_[A-Z_]+)"', text))
    for prefix in re.findall(r'PrivateService\("([A-Z]+)"', text):
        names |= {f"{prefix}_{suffix}" for suffix in re.findall(r'setting\("([A-Z]+)"\)', text)}
    return names - OPTIONAL


def resources():
    document = hcl2.loads((FOLDER / "terraform/main.tf").read_text())
    for entry in document["resource"]:
        for kind, named in entry.items():
            for name, body in named.items():
                yield plain(kind), plain(name), body


def variables(service):
    container = service["template"][0]["containers"][0]
    return {plain(entry["name"]): plain(entry["value"]) for entry in container["env"]}


def check_terraform():
    found = {(kind, name): body for kind, name, body in resources()}
    private = found["google_cloud_run_v2_service", "private"]
    login = found["google_cloud_run_v2_service", "login"]
    invoker = found["google_cloud_run_v2_service_iam_binding", "invoker"]
    expect(set(variables(private)) == read_by("PrivateServer"), f"Terraform's private services: {variables(private)}")
    expect(set(variables(login)) == read_by("Login"), f"Terraform's login service: {variables(login)}")
    # Both private services have one resource each, so that name, URL and caller come from the same entry.
    for body in [private, invoker]:
        expect(plain(body["for_each"]) == "local.caller", "private services and their invokers are not for the same list")
    expect(variables(private).get("ID_TOKEN_AUDIENCES") == "local.url[each.key]", "the audience is not the service's URL")
    callers = variables(private).get("ID_TOKEN_CALLERS")
    expect([callers] == [plain(member) for member in invoker["members"]], "callers and invokers differ")
    expect(plain(invoker["role"]) == "roles/run.invoker", "the invokers have another role")
    for name, value in variables(login).items():
        service = name.split("_")[0].lower()
        expect(value.replace('"', "") == f"local.url[{service}]", f"{name} is not the URL of {service}")
    expect("allUsers" not in str(private) + str(invoker), "a private service is public")
    paths = {plain(body["template"][0]["containers"][0]["startup_probe"][0]["http_get"][0]["path"]) for body in [private, login]}
    expect(paths == {"/health"}, "a probe has another path than the services")


def check_deploy_script():
    text = (FOLDER / "deploy.sh").read_text()
    private, login = text.split("# The login service first", 1)
    names = {part: set(re.findall(r"\b([A-Z]+(?:_[A-Z]+)+)=\$\(|\b(ID_TOKEN_[A-Z]+)=", part)) for part in [private, login]}
    flat = {part: {name for pair in found for name in pair if name} for part, found in names.items()}
    expect(flat[private] == read_by("PrivateServer"), f"deploy.sh's private services: {flat[private]}")
    expect(flat[login] == read_by("Login"), f"deploy.sh's login service: {flat[login]}")
    products = set(re.findall(r"^(?:deploy|private) \w+ (\w+)", text, re.MULTILINE))
    expect(products == {"Login", "Profiles", "Search"}, f"deploy.sh's products: {products}")


check_terraform()
check_deploy_script()
for failure in failures:
    print(failure, file=sys.stderr)
print(f"Terraform and deploy.sh: {'as the services read it' if not failures else f'{len(failures)} differences'}")
sys.exit(1 if failures else 0)
