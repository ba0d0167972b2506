#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Values as Python prints them."""

import datetime
import pprint
import sys

for number, token in enumerate(sys.argv[1:]):
    request = {
        "at": datetime.datetime.now(datetime.timezone.utc),
        "headers": [(b"host", b"service.example"), (b"authorization", b"Bearer " + token.encode())],
        "nested": {"note": 'it\'s "quoted"\n', "page": number},
    }
    print(request)
    pprint.pprint(request, width=60)
