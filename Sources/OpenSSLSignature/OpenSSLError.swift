//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSL

/// The reasons that OpenSSL gives for a failed call.
package struct OpenSSLError: Error, Sendable, CustomStringConvertible {
    /// The reasons in OpenSSL's error queue, as OpenSSL's fixed texts, oldest first.
    package let reasons: [String]

    /// Clears this thread's error queue, so that it contains only errors of the next call.
    package static func clearQueue() {
        // Clearing costs five times as much as peeking, and the queue is usually empty.
        if ERR_peek_error() != 0 { ERR_clear_error() }
    }

    /// Removes all errors from this thread's error queue and returns them.
    package static func drainingQueue() -> OpenSSLError {
        var reasons: [String] = []
        while case let code = ERR_get_error(), code != 0 {
            if let reason = unsafe ERR_reason_error_string(code) {
                reasons.append(unsafe String(cString: reason))
            } else {
                reasons.append("error \(code)")
            }
        }
        return OpenSSLError(reasons: reasons)
    }

    package var description: String {
        self.reasons.isEmpty ? "OpenSSL gave no reason" : self.reasons.joined(separator: "; ")
    }
}
