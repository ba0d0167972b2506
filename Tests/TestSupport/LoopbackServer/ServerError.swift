//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import Glibc

/// A call of the system that failed.
package struct ServerError: Error, CustomStringConvertible {
    package let description: String

    init(_ call: String, code: Int32) {
        self.description = "\(call) failed with \(code)"
    }

    /// The failure of the call that was made last.
    static func last(_ call: String) -> ServerError {
        ServerError(call, code: errno)
    }
}
