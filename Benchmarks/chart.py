#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Draws the tables of a run, read from standard input, as SVG: `speed` as bars, `growth` as curves."""

import math
import sys
from html import escape

INK, GRID, BLUE, GREY = "#24292f", "#d0d7de", "#0969da", "#8c959f"
BARS = [
    "raw OpenSSL", "verify(headers:), every token new", "verify(headers:), token seen twice before",
    "refused: unknown key", "jwt-kit", "google-auth", "PyJWT",
]
PLOTS = [
    ("token size in bytes", ["token size, new token", "token size, cached token"]),
    ("keys", ["keys, cached token"]),
    ("audiences, and as many callers", ["audiences and callers, cached token"]),
    ("cached tokens", ["cached tokens, in turn"]),
]


def rows():
    for line in sys.stdin:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        try:
            yield cells[0], float(cells[1])
        except (IndexError, ValueError):
            pass


def text(x, y, words, anchor="start", colour=INK):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'


def document(width, height, parts):
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
          f'font-family="sans-serif" font-size="13"><rect width="{width}" height="{height}" fill="white"/>')
    print("\n".join(parts))
    print("</svg>")


def speed():
    found = list(rows())
    bars = [row for start in BARS for row in found if row[0].startswith(start)]
    most = max(value for _, value in bars)
    parts = [text(16, 24, "µs of processor time for one token; less is better")]
    for index, (name, value) in enumerate(bars):
        y = 40 + index * 28
        own = name.startswith(("verify", "refused"))
        parts.append(text(270, y + 15, name, "end"))
        parts.append(f'<rect x="280" y="{y}" width="{max(value / most * 400, 1):.1f}" height="20" '
                     f'fill="{BLUE if own else GREY}"/>')
        parts.append(text(286 + value / most * 400, y + 15, f"{value:.1f}"))
    document(740, 52 + len(bars) * 28, parts)


def growth():
    points = {}
    for name, value in rows():
        if " @ " in name:
            label, x = name.split(" @ ")
            points.setdefault(label, []).append((float(x), value))
    parts = []
    for index, (title, labels) in enumerate(PLOTS):
        left, top = 50 + index % 2 * 370, 40 + index // 2 * 250
        parts.append(text(left, top - 14, f"µs by {title}"))
        xs = [x for label in labels for x, _ in points[label]]
        low, high = math.log(min(xs)), math.log(max(xs))
        for value in (0.1, 1, 10, 100):
            y = top + 180 - (math.log10(value) + 1) / 3 * 180
            parts.append(f'<path d="M{left} {y:.0f}h300" stroke="{GRID}"/>' + text(left - 6, y + 4, f"{value:g}", "end"))
        for x in (min(xs), max(xs)):
            parts.append(text(left + (math.log(x) - low) / (high - low) * 300, top + 198, f"{x:g}", "middle"))
        for label, colour in zip(labels, (BLUE, GREY)):
            line = [(left + (math.log(x) - low) / (high - low) * 300, top + 180 - (math.log10(y) + 1) / 3 * 180)
                    for x, y in points[label]]
            path = "L".join(f"{x:.1f} {y:.1f}" for x, y in line)
            parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
            x, y = line[-1]
            parts.append(text(x, y - 6, label.split(", ")[-1], "end", colour))
    document(740, 500, parts)


{"speed": speed, "growth": growth}[sys.argv[1]]()
