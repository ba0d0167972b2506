//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension String {
    /// The text in quotes for an operator's eyes: printable ASCII, everything else escaped, and cut after 200
    /// characters, so that it can neither end a log line nor hide in look-alikes.
    var quotedForOperators: String {
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

extension VerificationError {
    /// What is wrong with a token whose signature was removed: it quotes no claims, since nobody has signed them.
    static func withoutClaims(_ code: Code) -> VerificationError {
        VerificationError(code, "\(code.wordsForCallers) Its signature was removed by Cloud Run.")
    }
}
