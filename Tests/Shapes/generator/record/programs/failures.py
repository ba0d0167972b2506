#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""What Python prints about an error that nobody handles."""

import sys
import traceback as trace


class Refused(Exception):
    pass


def check(header):
    raise Refused(f"no caller for header Authorization: {header}")


for token in sys.argv[1:]:
    try:
        check("Bearer " + token)
    except Refused:
        # The folder of the program is nobody's business.
        for line in trace.format_exc().splitlines():
            print(line if "File" not in line else '  File "/srv/profiles/auth.py", line 21, in check')
