#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Lines of structlog: for a console, in JSON, and as key=value."""

import sys

import structlog

RENDERERS = [
    structlog.dev.ConsoleRenderer(colors=True),
    structlog.processors.JSONRenderer(),
    structlog.processors.LogfmtRenderer(),
]
for renderer in RENDERERS:
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    structlog.configure(
        processors=[structlog.processors.add_log_level, stamp, renderer], cache_logger_on_first_use=False
    )
    for number, token in enumerate(sys.argv[1:]):
        structlog.get_logger().info("refused", path=f"/profiles/{number}", authorization=f"Bearer {token}")
