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
    /// The issuer's key as a verifier's source of keys.
    public var keys: KeySource {
        .document(self.keyDocument)
    }

    /// The issuer's key as a JWK set (RFC 7517 §5), as Google publishes its own at `/oauth2/v3/certs`.
    public var keyDocument: [UInt8] {
        Self.keyDocument([self])
    }

    /// The keys of several issuers as one JWK set: what is published while one key follows another.
    ///
    /// - Parameter issuers: The issuers.
    /// - Returns: The document.
    public static func keyDocument(_ issuers: [TestIssuer]) -> [UInt8] {
        let keys = issuers.map { issuer in
            IDTokenJSON.object(
                [
                    ("kid", .string(issuer.keyID)),
                    ("kty", .string("RSA")),
                    ("use", .string("sig")),
                    ("alg", .string("RS256")),
                    ("e", .string(Base64URL.encode(issuer.publicKey.exponent))),
                    ("n", .string(Base64URL.encode(issuer.publicKey.modulus))),
                ]
            )
        }
        return Array(IDTokenJSON.object([("keys", .array(keys))]).indentedJSON.utf8)
    }

    /// The keys of several issuers as Google publishes its own at `/oauth2/v1/certs`: key IDs with certificates.
    ///
    /// - Parameters:
    ///   - issuers: The issuers.
    ///   - time: A time at which the certificates are valid, as they are for some days around it.
    /// - Returns: The document.
    /// - Throws: ``TestIssuerError`` if OpenSSL cannot make a certificate.
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
            throw TestIssuerError("The certificate cannot be made", error)
        }
    }
}
