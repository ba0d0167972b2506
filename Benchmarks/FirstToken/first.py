#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Prints one ID token for the audience in the first argument, with google-auth."""

import sys

from google.auth.transport.requests import Request
from google.oauth2 import id_token

print(id_token.fetch_id_token(Request(), sys.argv[1]))
