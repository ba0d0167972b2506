//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The time and size limits of one request.
package struct TransportLimits: Sendable {
    /// The time until the connection, including TLS, is established.
    package var connecting: Duration = .seconds(2)
    /// The time from the start to the last byte.
    package var whole: Duration = .seconds(5)
    /// The size of the decompressed content, in bytes.
    package var bodySize = 256 * 1024
    /// The size of all header lines, in bytes.
    package var headerSize = 64 * 1024
    /// The number of header lines; Google's key servers send about 15.
    package var headerLineCount = 256

    package init() {}
}
