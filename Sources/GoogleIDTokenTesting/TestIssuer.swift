//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import OpenSSLSignature
package import OpenSSLSigning

/// A substitute for Google in tests, which signs tokens with its own key and publishes the key in Google's formats.
///
/// ```swift
/// let issuer = try TestIssuer()
/// let verifier = try IDTokenVerifier(
///     audience: "https://service.example.com",
///     callers: .serviceAccounts(TestCaller.serviceAccount.email),
///     keys: issuer.keys)
/// let good = try issuer.token(for: "https://service.example.com", from: .cloudTasks)
/// let bad = try issuer.token(for: "https://service.example.com", from: .cloudTasks, defect: .expired)
/// ```
/// A verifier accepts these tokens only with ``keys``. A verifier with Google's keys rejects them, because Google does
/// not publish this key.
///
/// - Important: The key of `TestIssuer()` is part of this package, so anybody can sign with it. Give ``keys`` only to
///   verifiers in tests.
public struct TestIssuer: Sendable {
    /// The ID of the key: 40 hexadecimal digits, like Google's key IDs.
    public let keyID: String
    package let keyPair: RSAKeyPair
    let publicKey: RSAPublicKey

    /// Creates an issuer with a built-in key, which takes no time and is the same in every run.
    ///
    /// - Parameter key: The built-in key; use different keys to test a change of keys.
    /// - Throws: ``TestIssuerError`` if OpenSSL rejects the key.
    public init(key: BuiltInKey = .first) throws(TestIssuerError) {
        let keyPair: RSAKeyPair
        do {
            keyPair = try RSAKeyPair(privateKeyPEM: Array(key.pem.utf8))
        } catch {
            throw TestIssuerError("The built-in key cannot be read", error)
        }
        try self.init(keyPair: keyPair)
    }

    /// Creates an issuer with a new key, which may take a second.
    ///
    /// - Parameter bitCount: The length of the key in bits; verifiers accept 2048 to 8192.
    /// - Returns: The issuer.
    /// - Throws: ``TestIssuerError`` if OpenSSL cannot create such a key.
    public static func withFreshKey(bitCount: Int = 2_048) throws(TestIssuerError) -> TestIssuer {
        let keyPair: RSAKeyPair
        do {
            keyPair = try RSAKeyPair(bitCount: bitCount)
        } catch {
            throw TestIssuerError("A key of \(bitCount) bits cannot be created", error)
        }
        return try TestIssuer(keyPair: keyPair)
    }

    private init(keyPair: RSAKeyPair) throws(TestIssuerError) {
        do {
            self.publicKey = try keyPair.publicKey()
        } catch {
            throw TestIssuerError("The public key cannot be read", error)
        }
        self.keyPair = keyPair
        // A part of the modulus identifies the key as well as a digest would.
        self.keyID = self.publicKey.modulus.dropFirst(8).prefix(20)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
