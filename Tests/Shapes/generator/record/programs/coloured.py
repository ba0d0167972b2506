#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Lines of loguru, as text and as JSON."""

import sys

from loguru import logger

for options in (
    {"format": "{time:YYYY-MM-DD HH:mm:ss.SSS} | {level: <8} | {message}", "colorize": True},
    {"serialize": True},
):
    logger.remove()
    logger.add(sys.stdout, **options)
    for token in sys.argv[1:]:
        logger.warning("refused {}", {"authorization": "Bearer " + token})
