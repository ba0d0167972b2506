//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSL
package import OpenSSLSignature

/// HMAC with SHA-256 (RFC 2104).
package enum MessageAuthentication {
    /// Authenticates a message.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - key: The secret key.
    /// - Returns: The 32 bytes of the code.
    /// - Throws: `OpenSSLError` if OpenSSL fails.
    package static func code(of message: [UInt8], key: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        OpenSSLError.clearQueue()
        var code = [UInt8](repeating: 0, count: 32)
        var length = UInt32(code.count)
        guard
            let keyLength = Int32(exactly: key.count),
            unsafe HMAC(EVP_sha256(), key, keyLength, message, message.count, &code, &length) != nil
        else { throw OpenSSLError.drainingQueue() }
        return code
    }
}
