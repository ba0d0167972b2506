#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""JSON that is one complete object with each name once, and JSON that is not: in the header and in the claims."""

from files import CaseFile
from tokens import EMAIL, claims, header, token

MANY_NAMES = "".join(f',"n{number}":0' for number in range(900))
MANY_SPELLINGS = "".join(
    ',"' + "".join("e\u0301" if number >> bit & 1 else "\u00e9" for bit in range(9)) + '":0' for number in range(300)
)
# Changes of one JSON object's text that leave what it says, or add what is not understood.
HARMLESS = {
    "white space": lambda text: " \t\r\n" + text.replace(",", " , ").replace('":', '" :\n') + "\n",
    "an unknown name": lambda text: text[:-1] + ',"unknown":{"a":[1,-0.5e-3,true,null,{}]}}',
    "an escaped name": lambda text: text.replace('"typ"', '"\\u0074yp"').replace('"iss"', '"\\u0069\\u0073s"'),
    "escaped values": lambda text: text.replace("RS256", "\\u0052S256").replace("https://", "https:\\/\\/"),
    "a character beyond the basic plane": lambda text: text[:-1] + ',"x":"\U0001f511\\ud83d\\udd11"}',
    "names that differ in case": lambda text: text[:-1] + ',"ALG":"none","Aud":"x","EXP":0}',
    "names that differ by normalisation": lambda text: text[:-1] + ',"\u00e9":1,"e\u0301":2}',
    "an empty name": lambda text: text[:-1] + ',"":1}',
    "64 levels": lambda text: text[:-1] + ',"x":' + "[" * 63 + "]" * 63 + "}",
    "a huge number": lambda text: text[:-1] + ',"x":' + "9" * 400 + "}",
    "a number of 9,000 digits": lambda text: text[:-1] + ',"x":0.' + "9" * 9_000 + "}",
    "a text of 9,000 letters": lambda text: text[:-1] + ',"x":"' + "x" * 9_000 + '"}',
    "900 names": lambda text: text[:-1] + MANY_NAMES + "}",
    "300 names that differ by normalisation": lambda text: text[:-1] + MANY_SPELLINGS + "}",
    "2,000 lists side by side": lambda text: text[:-1] + ',"x":[' + "[],[]," * 1_000 + "[]]}",
}
BROKEN = {
    # name: (change, lines of the checklist for the header, and for the claims)
    "a name twice": (lambda text: text[:-1] + ',"x":1,"x":1}', "5", "27"),
    "a known name twice, the first wrong": (lambda text: '{"alg":"none","aud":"x",' + text[1:], "5", "27"),
    "a known name twice, the last wrong": (lambda text: text[:-1] + ',"alg":"none","aud":"x"}', "5", "27"),
    "a name twice with equal values": (
        lambda text: text[:-1] + ',"typ":"JWT","email":"' + EMAIL + '"}',
        "5",
        "27",
    ),
    "a name twice, once escaped": (lambda text: text[:-1] + ',"\\u0061lg":"none","a\\u0075d":"x"}', "5", "27"),
    "a name twice, 900 others between": (lambda text: text[:-1] + ',"x":1' + MANY_NAMES + ',"x":1}', "5", "27"),
    "a name twice, deep inside": (lambda text: text[:-1] + ',"x":[{"y":{"z":1,"z":1}}]}', "5", "27"),
    "an array": (lambda text: "[" + text + "]", "4", "26"),
    "a string": (lambda text: '"x"', "4", "26"),
    "a number": (lambda text: "1", "4", "26"),
    "null": (lambda text: "null", "4", "26"),
    "only white space": (lambda text: "  ", "4", "26"),
    "an object and a bracket": (lambda text: text + "}", "4", "26"),
    "two objects": (lambda text: text + text, "4", "26"),
    "a null byte at the end": (lambda text: text + "\0", "4", "26"),
    "cut short": (lambda text: text[:-1], "4", "26"),
    "cut in a string": (lambda text: text[:-3], "4", "26"),
    "a byte order mark": (lambda text: "\ufeff" + text, "4", "26"),
    "UTF-16": (lambda text: text.encode("utf-16-le"), "4", "45"),
    "UTF-16 with a byte order mark": (lambda text: text.encode("utf-16"), "4", "45"),
    "UTF-32": (lambda text: text.encode("utf-32-be"), "4", "45"),
    "a byte that UTF-8 has not": (lambda text: text[:-1].encode() + b',"x":"\xff"}', "4", "45"),
    "UTF-8 cut short": (lambda text: text[:-1].encode() + b',"x":"\xe2\x82"}', "4", "45"),
    "overlong UTF-8": (lambda text: text[:-1].encode() + b',"x":"\xc0\xaf"}', "4", "45"),
    "a surrogate in UTF-8": (lambda text: text[:-1].encode() + b',"x":"\xed\xa0\x80"}', "4", "45"),
    "beyond Unicode": (lambda text: text[:-1].encode() + b',"x":"\xf4\x90\x80\x80"}', "4", "45"),
    "a lone high surrogate": (lambda text: text[:-1] + ',"x":"\\ud83d"}', "4", "26"),
    "a lone low surrogate": (lambda text: text[:-1] + ',"x":"\\udd11"}', "4", "26"),
    "surrogates in the wrong order": (lambda text: text[:-1] + ',"x":"\\udd11\\ud83d"}', "4", "26"),
    "a bare line break in a string": (lambda text: text[:-1] + ',"x":"\n"}', "4", "26"),
    "a bare tab in a string": (lambda text: text[:-1] + ',"x":"\t"}', "4", "26"),
    "an unknown escape": (lambda text: text[:-1] + ',"x":"\\x41"}', "4", "26"),
    "an escape cut short": (lambda text: text[:-1] + ',"x":"\\u12"}', "4", "26"),
    "a comma at the end": (lambda text: text[:-1] + ",}", "4", "26"),
    "a comma at the start": (lambda text: "{," + text[1:], "4", "26"),
    "a missing comma": (lambda text: text[:-1] + ' "x":1}', "4", "26"),
    "a missing colon": (lambda text: text[:-1] + ',"x" 1}', "4", "26"),
    "a name without quotes": (lambda text: text[:-1] + ",x:1}", "4", "26"),
    "a name that is a number": (lambda text: text[:-1] + ",1:1}", "4", "26"),
    "single quotes": (lambda text: text.replace('"', "'"), "4", "26"),
    "a comment": (lambda text: "/**/" + text, "4", "26"),
    "a line comment": (lambda text: text[:-1] + "//\n}", "4", "26"),
    "65 levels": (lambda text: text[:-1] + ',"x":' + "[" * 64 + "]" * 64 + "}", "4", "26"),
    "5,000 levels": (lambda text: text[:-1] + ',"x":' + "[" * 2_500 + "]" * 2_500 + "}", "4", "26"),
    "brackets never closed": (lambda text: "[" * 5_000, "4", "26"),
    "brackets crossed": (lambda text: text[:-1] + ',"x":[{]}}', "4", "26"),
    "another space": (lambda text: text[:-1] + ',\u00a0"x":1}', "4", "26"),
}
# What these change, where a comparison of the texts would not show it well.
SAID = {
    "an array": "`[` added at the start and `]` at the end",
    "UTF-16": "in UTF-16, little-endian, instead of UTF-8",
    "UTF-16 with a byte order mark": "in UTF-16 with a byte order mark instead of UTF-8",
    "UTF-32": "in UTF-32, big-endian, instead of UTF-8",
}
BROKEN_VALUES = [
    "01",
    "-",
    "+1",
    ".5",
    "1.",
    "1e",
    "1e+",
    "0x1",
    "1_000",
    "NaN",
    "Infinity",
    "-Infinity",
    "True",
    "tru",
    "nul",
    "undefined",
    "1 2",
    "--1",
    "- 1",
    "1.e5",
    "\u0661",
]


def file():
    file = CaseFile("Strict JSON in the header and in the claims: one object, each name once, UTF-8.")
    for name, change in HARMLESS.items():
        said = {part: f"{part}: {name}" if name.startswith("300") else None for part in ("header", "claims")}
        file.accept(f"header: {name} [10]", token(change(header())), change=said["header"])
        file.accept(f"claims: {name} [28]", token(claims_text=change(claims())), change=said["claims"])
    for name, (change, in_header, in_claims) in BROKEN.items():
        said = SAID.get(name)
        file.reject(
            f"header: {name} [{in_header}]",
            token(change(header())),
            "header_malformed",
            change=said and f"header text: {said}",
        )
        file.reject(
            f"claims: {name} [{in_claims}]",
            token(claims_text=change(claims())),
            "claims_malformed",
            change=said and f"claims text: {said}",
        )
    for value in BROKEN_VALUES:
        file.reject(
            f"claims: the value {value} [26]", token(claims_text=claims()[:-1] + f',"x":{value}}}'), "claims_malformed"
        )
    return file
