//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials
public import GoogleIDToken
internal import OpenSSLSignature
internal import OpenSSLSigning

extension TestIssuer {
    /// The issuer's key as a source of keys for a verifier.
    public var keys: KeySource {
        .document(self.keyDocument)
    }

    /// The issuer's key as a JWK set (RFC 7517 §5), in the format of Google's document at `/oauth2/v3/certs`.
    public var keyDocument: [UInt8] {
        Self.keyDocument([self])
    }

    /// Creates a JWK set with the keys of several issuers, as it is published while one key replaces another.
    ///
    /// - Parameter issuers: The issuers.
    /// - Returns: The document.
    public static func keyDocument(_ issuers: [TestIssuer]) -> [UInt8] {
        let keys = issuers.map { issuer in
            IDTokenJSON.object(IDTokenJSON.webKeyMembers(id: issuer.keyID, .rsa(issuer.publicKey)))
        }
        return Array(IDTokenJSON.object([("keys", .array(keys))]).indentedJSON.utf8)
    }

    /// Creates a document of key IDs with certificates, in the format of Google's document at `/oauth2/v1/certs`.
    ///
    /// - Parameters:
    ///   - issuers: The issuers.
    ///   - time: A time at which the certificates are valid; they are valid for some days before and after it.
    /// - Returns: The document.
    /// - Throws: ``TestIssuerError`` if OpenSSL cannot create a certificate.
    public static func certificateDocument(
        _ issuers: [TestIssuer],
        at time: Date = Date()
    ) throws(TestIssuerError) -> [UInt8] {
        var members: [(name: String, value: IDTokenJSON)] = []
        for issuer in issuers {
            members.append((issuer.keyID, .string(try issuer.certificate(at: time))))
        }
        return Array(IDTokenJSON.object(members).indentedJSON.utf8)
    }

    private func certificate(at time: Date) throws(TestIssuerError) -> String {
        let day = 24 * 60 * 60
        let seconds = Int(Self.seconds(time))
        do {
            let pem = try self.keyPair.certificatePEM(
                name: "federated-signon.test.invalid",
                notBefore: seconds - day,
                notAfter: seconds + 16 * day
            )
            return String(decoding: pem, as: UTF8.self)
        } catch {
            throw TestIssuerError("The certificate cannot be created", error)
        }
    }
}
