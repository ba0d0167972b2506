#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""The cases, a module a file of them."""

from cases import audience, callers, claims, compact_form, credentials, header, issuer, json_text, keys
from cases import removed_signature, senders, signature, time


def files():
    modules = [
        audience,
        callers,
        claims,
        compact_form,
        credentials,
        header,
        issuer,
        json_text,
        keys,
        removed_signature,
        senders,
        signature,
        time,
    ]
    return {module.__name__.removeprefix("cases.").replace("_", "-"): module.file() for module in modules}
