//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import Foundation
internal import GoogleIDToken
internal import IDTokenBytes

/// The fields of a query or of a form, as `application/x-www-form-urlencoded`.
package struct FormFields: Sendable {
    private let fields: [(name: String, value: String)]

    /// Reads the fields; a field that cannot be decoded is kept as it is.
    init(_ text: ArraySlice<UInt8>) {
        self.fields = text.split(separator: UInt8(ascii: "&"))
            .map { field in
                let parts = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
                return (parts.first.map(Self.decoded) ?? "", parts.count > 1 ? Self.decoded(parts[1]) : "")
            }
    }

    /// The names of all fields.
    var names: [String] { self.fields.map(\.name).filter { !$0.isEmpty } }

    /// The first field with a name that is not empty, or nil.
    subscript(name: String) -> String? {
        self.fields.first { $0.name.isExactly(name) && !$0.value.isEmpty }?.value
    }

    /// Whether the first field with a name has a value, ignoring case.
    ///
    /// - Parameters:
    ///   - name: The name of the field.
    ///   - value: The value in lower case.
    /// - Returns: Whether it has.
    func has(_ name: String, _ value: String) -> Bool {
        self[name].map { Bytes.areEqual($0.utf8.span, ignoringCaseOf: value) } ?? false
    }

    private static func decoded(_ text: ArraySlice<UInt8>) -> String {
        let spaced = text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        let string = String(decoding: spaced, as: UTF8.self)
        return string.removingPercentEncoding ?? string
    }
}
#endif
