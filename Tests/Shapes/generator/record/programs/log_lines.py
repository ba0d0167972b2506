#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""The lines of Python's logging."""

import logging
import sys

logging.basicConfig(format="%(asctime)s - %(name)s - %(levelname)s - %(message)s", level=logging.DEBUG)
log = logging.getLogger("profiles.auth")
for number, token in enumerate(sys.argv[1:]):
    log.info("request GET /profiles/%d from %s", number, "203.0.113.9")
    log.warning("refused: headers were %r", {"Host": "service.example", "Authorization": "Bearer " + token})
