//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// JSON objects of about so many bytes, in the shapes that cost a careless reader most.
enum HostileJSON {
    /// Combining marks of two classes in turn, which normalisation has to sort.
    static func marks(_ size: Int) -> String {
        "A" + String(repeating: "\u{301}\u{323}", count: max(size, 4) / 4)
    }

    /// Each name with the members of an object that is a usual one but for them.
    static let shapes: [(name: String, members: @Sendable (_ size: Int) -> String)] = [
        ("combining marks, in a value", { #""x":"\#(Self.marks($0 - 10))""# }),
        ("combining marks, in a name", { #""\#(Self.marks($0 - 10))":0"# }),
        (
            "combining marks, in many names",
            { size in
                Self.list(size, each: 120) { #""\#(Self.marks(100))\#($0)":0"# }
            }
        ),
        ("escapes, in a value", { #""x":"\#(String(repeating: #"\u0041"#, count: $0 / 6))""# }),
        ("escapes, short ones", { #""x":"\#(String(repeating: #"\n"#, count: $0 / 2))""# }),
        ("escapes, surrogate pairs", { #""x":"\#(String(repeating: #"\ud83d\udc4d"#, count: $0 / 12))""# }),
        (
            "escapes, in 16 names that differ at the end",
            { size in
                let start = String(repeating: #"\u0041"#, count: max(size / 16 / 6 - 4, 1))
                return (0..<16).map { #""\#(start)\#($0)":0"# }.joined(separator: ",")
            }
        ),
        (
            "escapes, in 12 names that differ at the end",
            { size in
                let start = String(repeating: #"\u0041"#, count: max(size / 12 / 6 - 4, 1))
                return (0..<12).map { #""\#(start)\#($0)":0"# }.joined(separator: ",")
            }
        ),
        (
            "escapes, in many names",
            { size in
                Self.list(size, each: 14) { #""\u0041\#($0)":0"# }
            }
        ),
        ("names, many", { size in Self.list(size, each: 9) { #""\#($0)":0"# } }),
        (
            "names, 16 long ones that differ at the end",
            { size in
                let start = String(repeating: "n", count: max(size / 16 - 8, 1))
                return (0..<16).map { #""\#(start)\#($0)":0"# }.joined(separator: ",")
            }
        ),
        (
            "names, long ones that differ at the end",
            { size in
                let start = String(repeating: "n", count: 240)
                return Self.list(size, each: 250) { #""\#(start)\#($0)":0"# }
            }
        ),
        (
            "names, of every object in a list",
            { size in
                #""x":[\#(String(repeating: #"{"a":0,"b":0},"#, count: size / 14))0]"#
            }
        ),
        (
            "names, one of them twice at the end",
            { size in
                Self.list(size, each: 9) { #""\#($0)":0"# } + #","0":0"#
            }
        ),
        (
            "nesting, arrays",
            { #""x":\#(String(repeating: "[", count: $0 / 2))\#(String(repeating: "]", count: $0 / 2))"# }
        ),
        (
            "nesting, 60 levels again and again",
            { size in
                let one = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
                return #""x":[\#(Array(repeating: one, count: max(size / 121, 1)).joined(separator: ","))]"#
            }
        ),
        (
            "nesting, objects",
            { size in
                let one = String(repeating: #"{"a":"#, count: 60) + "0" + String(repeating: "}", count: 60)
                return #""x":[\#(Array(repeating: one, count: max(size / 362, 1)).joined(separator: ","))]"#
            }
        ),
        ("nesting, empty objects", { #""x":[\#(String(repeating: "{},", count: $0 / 3))0]"# }),
        ("numbers, a long one", { #""x":1\#(String(repeating: "7", count: $0))"# }),
        ("numbers, a long fraction", { #""x":1.\#(String(repeating: "7", count: $0))"# }),
        ("numbers, a long exponent", { #""x":1e\#(String(repeating: "7", count: $0))"# }),
        ("numbers, many", { #""x":[\#(String(repeating: "0,", count: $0 / 2))0]"# }),
        ("white space", { #""x":\#(String(repeating: " ", count: $0))0"# }),
        ("a string without an end", { #""x":"\#(String(repeating: "y", count: $0))"# }),
        ("an escape that is none, at the end", { #""x":"\#(String(repeating: "y", count: $0))\x""# }),
    ]

    /// As many members as fit, made of their numbers.
    private static func list(_ size: Int, each length: Int, _ member: (Int) -> String) -> String {
        (0..<max(size / length, 1)).map(member).joined(separator: ",")
    }
}
