//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The head of a request as the server read it.
package struct Request: Sendable {
    package let method: String
    package let path: String
    package let fields: [(name: String, value: String)]

    /// Reads a head.
    ///
    /// - Parameter head: The request line and the header lines.
    init(head: String) {
        let lines = head.split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        self.method = words.first.map(String.init) ?? ""
        self.path = words.count > 1 ? String(words[1]) : ""
        self.fields = lines.dropFirst()
            .compactMap { line in
                guard let colon = line.firstIndex(of: ":") else { return nil }
                return (String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
            }
    }

    /// The values of a field, in order.
    package subscript(_ name: String) -> [String] {
        self.fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
}
