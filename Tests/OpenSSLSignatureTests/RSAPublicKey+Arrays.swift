//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

extension RSAPublicKey {
    /// Checks a signature, both in arrays.
    func verify(_ signature: [UInt8], over message: [UInt8]) throws(OpenSSLError) {
        try self.verify(signature.span, over: message.span)
    }

    /// Whether a signature holds.
    func accepts(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        do throws(OpenSSLError) {
            try self.verify(signature, over: message)
            return true
        } catch {
            return false
        }
    }
}
