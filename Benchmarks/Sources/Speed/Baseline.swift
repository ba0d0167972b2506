//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CBaseline

/// Raw OpenSSL, and the key that signs the tokens of a run.
final class Baseline: @unchecked Sendable {
    // Sendable: any number of tasks may sign; only one at a time verifies or hashes.
    private let pointer: OpaquePointer

    init(isElliptic: Bool = false) {
        guard let pointer = isElliptic ? baseline_new_elliptic() : baseline_new() else {
            fatalError("OpenSSL makes no key")
        }
        self.pointer = pointer
    }

    /// The coordinates of a public key on a curve.
    var point: (x: [UInt8], y: [UInt8]) {
        var bytes = [UInt8](repeating: 0, count: 64)
        baseline_point(self.pointer, &bytes)
        return (Array(bytes.prefix(32)), Array(bytes.suffix(32)))
    }

    /// Signs with ES256, in the form of a token and in DER.
    func signElliptic(_ message: [UInt8]) -> (fixed: [UInt8], der: [UInt8]) {
        var fixed = [UInt8](repeating: 0, count: 64)
        var der = [UInt8](repeating: 0, count: 72)
        let length = baseline_sign_elliptic(self.pointer, message, message.count, &fixed, &der)
        guard length > 0 else { fatalError("OpenSSL does not sign") }
        return (fixed, Array(der.prefix(length)))
    }

    var modulus: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 256)
        baseline_modulus(self.pointer, &bytes)
        return bytes
    }

    func sign(_ message: [UInt8]) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: 256)
        guard baseline_sign(self.pointer, message, message.count, &signature) == 1 else {
            fatalError("OpenSSL does not sign")
        }
        return signature
    }

    func verify(_ message: [UInt8], _ signature: [UInt8]) {
        guard baseline_verify(self.pointer, message, message.count, signature, signature.count) == 1 else {
            fatalError("a good signature does not hold")
        }
    }

    func hash(_ message: [UInt8]) {
        var digest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &digest) { digest in
            _ = baseline_hash(self.pointer, message, message.count, digest.bindMemory(to: UInt8.self).baseAddress)
        }
    }

    static var version: String { String(cString: baseline_version()) }
}
