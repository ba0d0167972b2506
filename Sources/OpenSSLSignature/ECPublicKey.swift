//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSL

/// A public key on the curve P-256 that verifies ES256 signatures: ECDSA with SHA-256 (RFC 7518 §3.4).
@safe package final class ECPublicKey: Sendable {
    /// The length of a coordinate in bytes (RFC 7518 §6.2.1.2).
    package static let coordinateByteCount = 32

    // Sendable: the key is never changed after `init`, and OpenSSL counts references to it atomically.
    private nonisolated(unsafe) let pointer: OpaquePointer
    private let contexts: VerificationContextPool

    /// The x coordinate, big-endian, 32 bytes.
    package let x: [UInt8]
    /// The y coordinate, big-endian, 32 bytes.
    package let y: [UInt8]

    /// Creates a key from the coordinates of its point.
    ///
    /// - Parameters:
    ///   - x: The x coordinate, big-endian, 32 bytes.
    ///   - y: The y coordinate, big-endian, 32 bytes.
    /// - Throws: ``ECKeyError`` if there is no such point on the curve.
    package init(x: [UInt8], y: [UInt8]) throws(ECKeyError) {
        OpenSSLError.clearQueue()
        guard x.count == Self.coordinateByteCount, y.count == Self.coordinateByteCount else { throw .notOnCurve }
        guard let pointer = unsafe Self.makeKey([4] + x + y) else {
            OpenSSLError.clearQueue()
            throw .notOnCurve
        }
        unsafe self.pointer = pointer
        self.x = x
        self.y = y
        self.contexts = VerificationContextPool()
        // OpenSSL has checked the point when it read it; this also excludes the point at infinity.
        guard unsafe Self.isValid(pointer) else {
            OpenSSLError.clearQueue()
            throw .notOnCurve
        }
        do {
            self.contexts.giveBack(unsafe try VerificationContext(key: pointer, isRSA: false))
        } catch {
            throw .refused(error)
        }
    }

    deinit {
        unsafe EVP_PKEY_free(self.pointer)
    }

    /// Whether both keys are the same point.
    package func isSame(as other: ECPublicKey) -> Bool {
        self === other || self.x == other.x && self.y == other.y
    }

    /// Verifies the signature of a message.
    ///
    /// - Parameters:
    ///   - signature: The signature in the fixed form r ‖ s; its length must be ``ECDSASignature/byteCount``.
    ///   - message: The signed bytes.
    /// - Throws: ``OpenSSLError`` if the signature is invalid.
    package func verify(_ signature: Span<UInt8>, over message: Span<UInt8>) throws(OpenSSLError) {
        guard let der = ECDSASignature.der(signature) else {
            throw OpenSSLError(reasons: ["signature is not two integers of 32 bytes from 1 to the curve's order"])
        }
        try self.contexts.verify(der.bytes.span.extracting(first: der.count), over: message) {
            () throws(OpenSSLError) in unsafe try VerificationContext(key: self.pointer, isRSA: false)
        }
    }

    private static func isValid(_ pointer: OpaquePointer) -> Bool {
        guard let context = unsafe EVP_PKEY_CTX_new_from_pkey(nil, pointer, nil) else { return false }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        return unsafe EVP_PKEY_public_check(context) == 1
    }

    /// Creates OpenSSL's key from an uncompressed point (SEC 1 §2.3.3).
    private static func makeKey(_ point: [UInt8]) -> OpaquePointer? {
        guard
            let builder = unsafe OSSL_PARAM_BLD_new(),
            let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "EC", nil)
        else { return nil }
        defer { unsafe OSSL_PARAM_BLD_free(builder) }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        // The builder keeps a pointer to the point until it creates the parameters.
        return unsafe point.withUnsafeBufferPointer { point in
            guard
                unsafe OSSL_PARAM_BLD_push_utf8_string(builder, COPENSSL_GROUP_NAME, COPENSSL_P256, 0) == 1,
                unsafe OSSL_PARAM_BLD_push_octet_string(
                    builder,
                    COPENSSL_PUBLIC_POINT,
                    point.baseAddress,
                    point.count
                ) == 1,
                let parameters = unsafe OSSL_PARAM_BLD_to_param(builder)
            else { return nil }
            defer { unsafe OSSL_PARAM_free(parameters) }
            var pointer: OpaquePointer?
            guard
                unsafe EVP_PKEY_fromdata_init(context) == 1,
                unsafe EVP_PKEY_fromdata(context, &pointer, COPENSSL_PUBLIC_KEY, parameters) == 1
            else { return nil }
            return unsafe pointer
        }
    }
}

/// The reason why bytes are not a usable public key on the curve P-256.
package enum ECKeyError: Error, Sendable {
    /// The bytes do not contain a readable public key.
    case notPublicKey
    /// The key is not on the curve P-256, or its curve is not named.
    case otherCurve
    /// The coordinates are not those of a point on the curve.
    case notOnCurve
    /// OpenSSL rejects the key.
    case refused(OpenSSLError)
}
