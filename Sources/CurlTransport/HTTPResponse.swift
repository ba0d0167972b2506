//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// An HTTP response.
package struct HTTPResponse: Sendable {
    /// The status code.
    package let status: Int
    /// The header fields of the final response, in their original order.
    package let fields: [(name: String, value: String)]
    /// The content, decompressed.
    package let body: [UInt8]
}
