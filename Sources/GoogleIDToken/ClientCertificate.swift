//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

/// The certificate of a client that has proved in a TLS handshake that it has the certificate's private key.
///
/// Some tokens are bound to such a certificate by the claim `cnf` (RFC 8705 §3.1). A verifier accepts them only over a
/// connection with it, see ``IDTokenVerifier/withClientCertificate(_:)``.
public struct ClientCertificate: Sendable {
    /// The SHA-256 of the certificate in DER, 32 bytes.
    let sha256: [UInt8]

    /// Creates a certificate from its SHA-256, as a TLS library or a trusted proxy gives it; nil if it has not 32 bytes.
    ///
    /// - Parameter sha256: The 32 bytes of the SHA-256 of the certificate in DER (RFC 8705 §3.1).
    public init?(sha256: some Sequence<UInt8>) {
        self.sha256 = Array(sha256)
        guard self.sha256.count == 32 else { return nil }
    }

    /// Creates a certificate from its encoding; nil if there are no bytes.
    ///
    /// - Parameter der: The certificate in DER (RFC 5280 §4.1); it is not parsed.
    public init?(der: some Sequence<UInt8>) {
        let bytes = Array(der)
        guard !bytes.isEmpty, let digest = try? SHA256Digest(), let hash = digest.hash(bytes.span) else { return nil }
        self.sha256 = hash.indices.map { hash[$0] }
    }
}

extension IDTokenVerifier {
    /// Returns a verifier for requests of one connection, which also accepts tokens that are bound to its certificate.
    ///
    /// ```swift
    /// let verifier = verifier.withClientCertificate(ClientCertificate(der: certificate))
    /// ```
    /// Without a certificate, a token with the claim `cnf` is rejected with `confirmation_failed`. Tokens without the claim
    /// are accepted with and without a certificate.
    ///
    /// - Important: The certificate must be that of the TLS connection on which the request came. If a proxy ends TLS and
    ///   passes the certificate on in a header, make sure that clients cannot send this header themselves.
    ///
    /// - Parameter certificate: The certificate; nil if the client has none.
    /// - Returns: The verifier, which shares keys and cached tokens with this one.
    public func withClientCertificate(_ certificate: ClientCertificate?) -> IDTokenVerifier {
        var verifier = self
        verifier.clientCertificate = certificate
        return verifier
    }
}
