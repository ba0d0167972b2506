//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Foundation

@testable import GoogleIDToken
@testable import GoogleIDTokenTesting
@testable import OpenSSLSignature

/// What is presented to a verifier that trusts Cloud Run, and so reads as much as any does.
enum Presented {
    static let issuer = Self.made { try TestIssuer() }
    static let now = Date(timeIntervalSince1970: 1_700_000_000)

    private static let verifier = Self.made {
        var configuration = IDTokenVerifier.Configuration()
        configuration.removedSignature = .trustCloudRun
        return try IDTokenVerifier(
            audience: "https://service.example.run.app",
            callers: .union(.serviceAccounts("a@b.iam.gserviceaccount.com"), .hostedDomain("example.com")),
            keys: Self.issuer.keys,
            configuration: configuration
        )
    }

    static func made<Value>(_ make: () throws -> Value) -> Value {
        do {
            return try make()
        } catch {
            fatalError("\(error)")
        }
    }

    static func token(header: String, claims: String, signature: String) -> String {
        [header, claims].map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".") + "." + signature
    }

    /// A token that names the issuer's key and carries a signature of so many characters.
    static func token(signatureLength: Int) -> String {
        let header = #"{"alg":"RS256","kid":"\#(Self.issuer.keyID)","typ":"JWT"}"#
        return Self.token(
            header: header,
            claims: "{}",
            signature: String(repeating: "A", count: signatureLength / 4 * 4)
        )
    }

    static func work(_ token: String, in name: String = "Authorization") -> () -> Void {
        Self.work([(name, "Bearer \(token)")])
    }

    /// Presents a request, which must be refused.
    static func work(_ fields: [(name: String, value: String)]) -> () -> Void {
        let verifier = Self.verifier
        return {
            if (try? verifier.verifyWithoutFetching(headers: fields, at: Self.now)) != nil {
                fatalError("it is accepted")
            }
        }
    }

    /// Presents a token without a request, which must be refused.
    static func work(token: String) -> () -> Void {
        let verifier = Self.verifier
        return {
            if (try? verifier.verifyWithoutFetching(token: token, at: Self.now)) != nil { fatalError("it is accepted") }
        }
    }

    /// A raw verification of a token of about so many bytes: SHA-256 and RSA, and nothing else.
    static func raw(_ size: Int) -> () -> Void {
        let audience = String(repeating: "a", count: max(size - Self.usual, 0) * 3 / 4)
        let token = Self.made { try Self.issuer.token(for: audience, from: .cloudTasks) }
        let parts = token.split(separator: ".")
        let message = Array("\(parts[0]).\(parts[1])".utf8)
        let signature = Base64URL.decode(parts[2].utf8.span) ?? []
        let key = Self.issuer.publicKey
        return { Self.made { try key.verify(signature.span, over: message.span) } }
    }

    /// How many bytes a token has beside its audience.
    static let usual = 700
}
