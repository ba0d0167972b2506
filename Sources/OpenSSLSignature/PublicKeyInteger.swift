//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSL

/// The integers of which an OpenSSL public key consists.
enum PublicKeyInteger {
    /// Reads an integer.
    ///
    /// - Parameters:
    ///   - name: OpenSSL's name of the parameter.
    ///   - pointer: The key.
    /// - Returns: The integer, big-endian, without leading zeros; nothing if the key has no such parameter.
    static func read(_ name: String, of pointer: OpaquePointer) -> [UInt8] {
        var number: OpaquePointer?
        guard unsafe EVP_PKEY_get_bn_param(pointer, name, &number) == 1, let number = unsafe number else {
            OpenSSLError.clearQueue()
            return []
        }
        defer { unsafe BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: (unsafe Int(BN_num_bits(number)) + 7) / 8)
        _ = unsafe bytes.withUnsafeMutableBufferPointer { unsafe BN_bn2bin(number, $0.baseAddress) }
        return bytes
    }
}
