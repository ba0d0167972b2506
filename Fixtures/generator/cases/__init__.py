#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""The cases, a module a file of them."""

from cases import agent_identity, audience, bound_tokens, callers, claims, compact_form, credentials, ec_keys, ec_signature
from cases import firebase, firebase_session, header, identity_aware_proxy, issuer, json_text, keys, profile_confusions
from cases import removed_signature, senders, signature, time


def files():
    modules = [
        agent_identity,
        audience,
        bound_tokens,
        callers,
        claims,
        compact_form,
        credentials,
        ec_keys,
        ec_signature,
        firebase,
        firebase_session,
        header,
        identity_aware_proxy,
        issuer,
        json_text,
        keys,
        profile_confusions,
        removed_signature,
        senders,
        signature,
        time,
    ]
    return {module.__name__.removeprefix("cases.").replace("_", "-"): module.file() for module in modules}
