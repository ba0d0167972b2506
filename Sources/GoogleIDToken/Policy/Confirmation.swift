//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// The binding of a token to a client certificate (RFC 7800 §3.1, RFC 8705 §3.1).
enum Confirmation {
    /// Checks that a bound token comes over a connection with its client certificate.
    ///
    /// - Parameters:
    ///   - claims: The claims, which have the claim `cnf`.
    ///   - certificate: The certificate that the client has proved to have, or nil if it is not known.
    /// - Throws: ``VerificationError`` with `confirmation_failed`.
    static func check(_ claims: Claims, against certificate: ClientCertificate?) throws(VerificationError) {
        guard let text = claims.confirmation?["x5t#S256"]?.stringValue else {
            throw VerificationError(
                .confirmationFailed,
                "The token is bound (cnf) to something else than a client certificate (x5t#S256), which this library "
                    + "cannot check; the caller must send a token that is not bound so."
            )
        }
        guard let certificate else {
            throw VerificationError(
                .confirmationFailed,
                "The token is bound to a client certificate (cnf), so that only the client with that certificate may use "
                    + "it, and the verifier does not know the certificate of this connection; give it with "
                    + "IDTokenVerifier.withClientCertificate(_:), or have the caller request a token that is not bound."
            )
        }
        guard let fingerprint = Self.fingerprint(text) else {
            throw VerificationError(
                .confirmationFailed,
                "The token is bound to a client certificate whose SHA-256 (x5t#S256 in cnf) is not 32 bytes in base64url or "
                    + "base64 without padding; \(claims.profile.words.remedy)."
            )
        }
        guard Bytes.areEqual(fingerprint.span, certificate.sha256.span) else {
            throw VerificationError(
                .confirmationFailed,
                "The token is bound to another client certificate (cnf) than that of this connection; the token was "
                    + "passed on or stolen, or the client has renewed its certificate. The client must request a new token."
            )
        }
    }

    /// Decodes a thumbprint: base64url (RFC 8705 §3.1), or base64 without padding, which Google's documentation shows.
    private static func fingerprint(_ text: String) -> [UInt8]? {
        // 32 bytes have 43 characters; longer text is not decoded.
        guard text.utf8.count == 43 else { return nil }
        let standard = text.utf8.contains { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }
        guard standard else { return Base64URL.decode(text.utf8.span) }
        guard !text.utf8.contains(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }) else { return nil }
        let characters = text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            default: byte
            }
        }
        return Base64URL.decode(characters.span)
    }
}
