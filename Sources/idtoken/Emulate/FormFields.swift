//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation

/// The fields of a query or of a form, as `application/x-www-form-urlencoded`.
struct FormFields: Sendable {
    private let fields: [(name: String, value: String)]

    /// Reads the fields; a field that cannot be decoded is kept as it is.
    init(_ text: String) {
        self.fields = text.split(separator: "&")
            .map { field in
                let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : "")
            }
    }

    /// The names of all fields.
    var names: [String] { self.fields.map(\.name).filter { !$0.isEmpty } }

    /// The first field with a name that is not empty, or nil.
    subscript(name: String) -> String? {
        self.fields.first { $0.name == name && !$0.value.isEmpty }?.value
    }

    private static func decoded(_ text: Substring) -> String {
        let spaced = String(text.map { $0 == "+" ? " " : $0 })
        return spaced.removingPercentEncoding ?? spaced
    }
}
#endif
