//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// The header fields of a response, whose names are compared without case (RFC 9110 §5.1).
struct HeaderFields: Sendable {
    private let fields: [(name: String, value: String)]

    init(_ fields: [(name: String, value: String)]) {
        self.fields = fields
    }

    /// Returns the values of all fields with a name, in their original order.
    ///
    /// - Parameter name: The name in lower case.
    /// - Returns: The values.
    func all(_ name: String) -> [String] {
        self.fields.filter { Bytes.areEqual($0.name.utf8.span, ignoringCaseOf: name) }.map(\.value)
    }
}
