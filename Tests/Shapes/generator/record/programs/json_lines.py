#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Lines of python-json-logger; one value is JSON inside of JSON."""

import json
import logging
import sys

from pythonjsonlogger.json import JsonFormatter

handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(JsonFormatter("{asctime}{levelname}{name}{message}", style="{"))
log = logging.getLogger("profiles")
log.addHandler(handler)
for token in sys.argv[1:]:
    inner = json.dumps({"headers": {"authorization": f"Bearer {token}"}, "time": "2001-01-01T00:00:00Z"})
    log.warning("refused", extra={"request": json.dumps({"dump": inner})})
