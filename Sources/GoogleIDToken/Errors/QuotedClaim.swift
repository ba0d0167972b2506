//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension String {
    /// The text in quotes, safe to write to a log.
    ///
    /// Only printable ASCII is kept, everything else is escaped, and the text is cut after 200 characters, so that a
    /// claim can neither end a log line nor imitate another value with similar characters.
    package var quotedForOperators: String {
        var quoted = "\""
        var rest = self.unicodeScalars[...]
        for scalar in rest.prefix(Self.mostQuoted) {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case " "..."~": quoted.unicodeScalars.append(scalar)
            default: quoted += "\\u{\(String(scalar.value, radix: 16))}"
            }
            rest = rest.dropFirst()
        }
        return quoted + (rest.isEmpty ? "\"" : "…\"")
    }

    private static let mostQuoted = 200
}
