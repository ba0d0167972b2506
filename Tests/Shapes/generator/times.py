#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""The time of the record around a token, as a reader of the file would take it: each function makes a rule for `Shape.when`.

A rule gives the time in UTC without fractions of a second, and without its year if the file has none.
"""

import datetime
import re

UTC = datetime.timezone.utc
TIMES = {
    "rfc3339": r"(?P<t>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:[.,]\d+)?(?P<z> ?(?:Z|UTC|[+-]\d\d(?::?\d\d)?))?",
    "clf": r"(?P<clf>\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})",
    "http": r"(?P<http>\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d) GMT",
    "slashes": r"(?P<slashes>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d)",
    "syslog": r"(?P<syslog>\w{3} [ \d]\d \d\d:\d\d:\d\d)",
    "klog": r"[IWEF](?P<klog>\d{4} \d\d:\d\d:\d\d)",
    "haproxy": r"(?P<haproxy>\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d)\.\d{3}",
    "seconds": r"(?P<seconds>\d{10})(?!\d)(?:\.\d+)?",
    "milliseconds": r"(?P<ms>\d{10})\d{3}(?!\d)",
    "microseconds": r"(?P<us>\d{10})\d{6}(?!\d)",
    "nanoseconds": r"(?P<ns>\d{10})\d{9}(?!\d)",
}


def read(match):
    """The time that a pattern of TIMES has matched."""
    groups = {name: value for name, value in match.groupdict().items() if value}
    if "t" in groups:
        time = datetime.datetime.fromisoformat(groups["t"].replace(" ", "T")).replace(tzinfo=UTC)
        zone = groups.get("z", "").strip()
        if zone[:1] and zone[0] in "+-":
            digits = zone[1:].replace(":", "").ljust(4, "0")
            offset = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
            time += offset if zone[0] == "-" else -offset
    elif "clf" in groups:
        time = datetime.datetime.strptime(groups["clf"], "%d/%b/%Y:%H:%M:%S %z").astimezone(UTC)
    elif "http" in groups:
        time = datetime.datetime.strptime(groups["http"], "%a, %d %b %Y %H:%M:%S")
    elif "slashes" in groups:
        time = datetime.datetime.strptime(groups["slashes"], "%Y/%m/%d %H:%M:%S")
    elif "haproxy" in groups:
        time = datetime.datetime.strptime(groups["haproxy"], "%d/%b/%Y:%H:%M:%S")
    elif "syslog" in groups:
        return datetime.datetime.strptime("2000 " + groups["syslog"], "%Y %b %d %H:%M:%S").strftime("-%m-%dT%H:%M:%S")
    elif "klog" in groups:
        return datetime.datetime.strptime("2000" + groups["klog"], "%Y%m%d %H:%M:%S").strftime("-%m-%dT%H:%M:%S")
    else:
        seconds = next(groups[name] for name in ("seconds", "ms", "us", "ns") if name in groups)
        time = datetime.datetime.fromtimestamp(int(seconds), UTC)
    return time.strftime("%Y-%m-%dT%H:%M:%S")


def in_line(pattern):
    """The first time in the token's line that stands in `pattern`, where {rfc3339} and the like are the spellings above."""
    expression = re.compile(re.sub(r"\{([a-z]\w*)\}", lambda match: TIMES[match.group(1)], pattern), re.M)

    def when(text, place):
        start = text.rfind("\n", 0, place) + 1
        end = text.find("\n", place)
        match = expression.search(text, start, end if end >= 0 else len(text))
        return match and read(match)

    return when


def before(pattern):
    """The last time of `pattern` that stands before the token."""
    expression = re.compile(re.sub(r"\{([a-z]\w*)\}", lambda match: TIMES[match.group(1)], pattern), re.M)

    def when(text, place):
        matches = list(expression.finditer(text, 0, place))
        return read(matches[-1]) if matches else None

    return when


def after(pattern):
    """The first time of `pattern` that stands after the token."""
    expression = re.compile(re.sub(r"\{([a-z]\w*)\}", lambda match: TIMES[match.group(1)], pattern), re.M)

    def when(text, place):
        match = expression.search(text, place)
        return match and read(match)

    return when
