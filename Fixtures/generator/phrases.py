#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Values as a phrase shows them: short, on one line, in ASCII."""

import difflib
import json
import re

# Text that cannot be taken for another JSON value, or for a word of the phrase, stands without quotation marks.
PLAIN = re.compile(r"[\w@:/.,*?=&+~|<>%#-]+", re.ASCII)
TAKEN = {"absent", "null", "true", "false", "that", "instead", "none"}


class Literal(str):
    """A number in the spelling that it has."""

    def __new__(cls, value):
        return super().__new__(cls, value)


def clear(text):
    """The text with a code in place of each character that is not printable ASCII."""
    return "".join(
        c if " " <= c <= "~" else f"<{ord(c) - 0xDC00:02X}>" if "\udc80" <= c <= "\udcff" else f"<U+{ord(c):04X}>"
        for c in text
    )


def shortened(text, limit):
    shown = clear(text[: limit + 18])
    # What says how long it was takes room itself.
    if len(text) <= limit + 18 and len(shown) <= 2 * limit:
        return shown
    cut = ""
    for character in text:
        if len(cut) + len(clear(character)) > limit:
            break
        cut += clear(character)
    return f"{cut}... ({len(text):,} characters)"


def value_phrase(value, limit):
    """A JSON value in clear."""
    if isinstance(value, Literal):
        return shortened(value, limit)
    if isinstance(value, str):
        shown = shortened(value, limit)
        is_plain = PLAIN.fullmatch(value) and value.lower() not in TAKEN and not re.match(r"[-+.\d]*$", value)
        return shown if is_plain else f'"{shown}"'
    return shortened(spelled(value), limit)


def spelled(value):
    """JSON with each number in its own spelling."""
    if isinstance(value, Literal):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(spelled, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{spelled(name)}: {spelled(part)}" for name, part in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def joined(phrases):
    return phrases[0] if len(phrases) == 1 else f"{', '.join(phrases[:-1])} and {phrases[-1]}"


def relation(time, other, name):
    """How many seconds a time lies from another, or nothing if they are too far from each other to be told."""
    distance = float(time) - float(other)
    if not abs(distance) < 1e10:
        return ""
    if distance == 0:
        return f" (exactly {name})"
    number = f"{abs(distance):,.3f}".rstrip("0").rstrip(".")
    unit = "second" if number == "1" else "seconds"
    return f" ({number} {unit} {'after' if distance > 0 else 'before'} {name})"


def common_ends(valid, other):
    """How much of two texts, or of two rows of bytes, is the same at the start, and at the end."""
    shorter = min(len(valid), len(other))
    start = next((i for i in range(shorter) if valid[i] != other[i]), shorter)
    rest = shorter - start
    return start, next((i for i in range(rest) if valid[-1 - i] != other[-1 - i]), rest)


def similarity(valid, other):
    """How much of the longer is the same in both at the start and at the end: 0 to 1."""
    return sum(common_ends(valid, other)) / max(len(valid), len(other), 1)


def text_change(valid, text, limit):
    start, end = common_ends(valid, text)
    before, after = valid[start : len(valid) - end], text[start : len(text) - end]
    places = [(start, before, after)]
    if before and after and len(before) + len(after) < 800:
        match = difflib.SequenceMatcher(None, before, after, autojunk=False)
        if match.ratio() > 0.6:
            places = [
                (start + i, before[i:j], after[k:l]) for tag, i, j, k, l in match.get_opcodes() if tag != "equal"
            ]
    position, before, after = places[0]
    # An addition that starts like what it stands before can be told in several ways: whole members are best.
    for shift in range(1, position + 1 if after and not before else 0):
        if valid[position - shift] != after[-shift % len(after)]:
            break
        turned = after[-shift:] + after[:-shift]
        if turned.startswith('"') and turned.endswith(","):
            position, after = position - shift, turned
            break
    where = f"at character {position + 1}"
    if position == 0 and len(before) == len(valid):
        return f"`{shortened(after, limit)}` instead of all of it"
    if position == 0:
        where = "at the start"
    elif position + len(before) == len(valid):
        where = "at the end"
    elif position + len(before) == len(valid) - 1 and valid.endswith("}"):
        where = "before the last brace"
    before, after = (f"`{shortened(part, limit)}`" if part else "" for part in (before, after))
    if before and after:
        phrase = f"{after} instead of {before} {where}"
    else:
        phrase = f"{after} added {where}" if after else f"{before} missing {where}"
    if len(places) > 1:
        phrase += f", and so at {len(places) - 1} more place{'s' if len(places) > 2 else ''}"
    return phrase


def bytes_change(valid, other, limit):
    start, end = common_ends(valid, other)
    if start == len(other):
        return f"the first {start} of {len(valid)} bytes" if start > 1 else f"the first of {len(valid)} bytes"
    before, after = valid[start : len(valid) - end].hex(), other[start : len(other) - end].hex()
    place = f"at byte {start}"
    if not before:
        return f"{shortened(after, limit)} added {place}"
    if not after:
        return f"{before} missing {place}"
    return f"{shortened(after, limit)} instead of {shortened(before, limit)} {place}"
