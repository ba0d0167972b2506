//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// How much time and memory one GET may take.
package struct TransportLimits: Sendable {
    /// Until the connection stands, TLS included.
    package var connecting: Duration = .seconds(2)
    /// From the start to the last byte.
    package var whole: Duration = .seconds(5)
    /// The content, decompressed, in bytes.
    package var bodySize = 256 * 1024
    /// All header lines, in bytes.
    package var headerSize = 64 * 1024
    /// How many header lines; Google's key servers send about 15.
    package var headerLineCount = 256

    package init() {}
}
