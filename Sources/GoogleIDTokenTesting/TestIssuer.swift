//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import OpenSSLSignature
package import OpenSSLSigning

/// A stand-in for Google in tests: it mints tokens with a key of its own, and publishes that key as Google does.
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
/// A verifier accepts these tokens only if it is given ``keys``. A verifier with Google's keys rejects them, because
/// Google does not publish this key.
///
/// - Important: The key of `TestIssuer()` is built into this package, so anybody can sign with it. Give ``keys`` to
///   verifiers in tests only.
public struct TestIssuer: Sendable {
    /// The ID under which the key is published, and which the tokens name: 40 hexadecimal digits, as Google's have.
    public let keyID: String
    package let keyPair: RSAKeyPair
    let publicKey: RSAPublicKey

    /// Makes an issuer with a built-in key, which takes no time and gives the same key in every run.
    ///
    /// - Parameter key: Which of them; issuers with different keys can follow one another.
    /// - Throws: ``TestIssuerError`` if OpenSSL does not take the key.
    public init(key: BuiltInKey = .first) throws(TestIssuerError) {
        try self.init(keyPair: try Self.builtInKey(key.pem))
    }

    /// Makes an issuer with a new key of its own, which sometimes takes a whole second.
    ///
    /// - Parameter bitCount: The length of the key in bits; verifiers take 2048 to 8192.
    /// - Returns: The issuer.
    /// - Throws: ``TestIssuerError`` if OpenSSL cannot make such a key.
    public static func withFreshKey(bitCount: Int = 2_048) throws(TestIssuerError) -> TestIssuer {
        let keyPair: RSAKeyPair
        do {
            keyPair = try RSAKeyPair(bitCount: bitCount)
        } catch {
            throw TestIssuerError("A key of \(bitCount) bits cannot be made", error)
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
        // Any part of the modulus is as good an ID as a digest of the whole.
        self.keyID = self.publicKey.modulus.dropFirst(8).prefix(20)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func builtInKey(_ pem: String) throws(TestIssuerError) -> RSAKeyPair {
        do {
            return try RSAKeyPair(privateKeyPEM: Array(pem.utf8))
        } catch {
            throw TestIssuerError("The built-in key cannot be read", error)
        }
    }
}
