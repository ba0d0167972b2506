//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// A request as the server read it.
package struct Request: Sendable {
    package let method: String
    package let path: String
    package let fields: [(name: String, value: String)]
    /// The content; as much as `Content-Length` says.
    package internal(set) var body: [UInt8] = []

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

    /// The content as text.
    package var text: String { String(decoding: self.body, as: UTF8.self) }

    /// The members of a form in the content, decoded; the last value of a name counts.
    package var form: [String: String] {
        var form: [String: String] = [:]
        for member in self.text.split(separator: "&") {
            let parts = member.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(Self.decoded)
            form[parts[0]] = parts.count > 1 ? parts[1] : ""
        }
        return form
    }

    /// Decodes percent-encoded text.
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%"),
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else {
                bytes.append(byte)
                continue
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
