//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The tokens of a run: as Google mints them for a service account, each with another subject.
struct Tokens: Sendable {
    static let audience = "https://profiles-123456789012.europe-west1.run.app"
    static let email = "login@my-project-123456.iam.gserviceaccount.com"
    static let keyID = "f451345fad08101bfb345cf642a2da9267b9ebeb"

    /// One token, with what raw OpenSSL needs of it.
    struct Token: Sendable {
        let text: String
        let signed: [UInt8]
        let signature: [UInt8]
    }

    let all: [Token]
    let keyDocument: String
    /// A good token but for its key ID, which nobody has.
    let unknownKey: String
    /// The same with claims so long that the token is as large as may be.
    let unknownKeyLarge: String
    /// A good token but for its signature, which Cloud Run has removed.
    let signatureRemoved: String

    init(count: Int, issuedAt: Int, signedBy key: Baseline) async {
        let header = Self.header(Self.keyID)
        self.all = await withTaskGroup { group in
            let share = 1_000
            for start in stride(from: 0, to: count, by: share) {
                group.addTask {
                    let tokens = (start..<min(start + share, count))
                        .map { index in
                            let signed = header + "." + Self.claims(index, issuedAt: issuedAt)
                            let signature = key.sign(Array(signed.utf8))
                            return Token(
                                text: signed + "." + Self.encode(signature),
                                signed: Array(signed.utf8),
                                signature: signature
                            )
                        }
                    return (start, tokens)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
        let claims = Self.claims(0, issuedAt: issuedAt)
        let other = Self.header("0000000000000000000000000000000000000000")
        let signature = Self.encode([UInt8](repeating: 1, count: 256))
        self.unknownKey = other + "." + claims + "." + signature
        let padding = String(repeating: "a", count: (16_384 - self.unknownKey.utf8.count) / 4 * 3 - 8)
        let large = Self.claims(0, issuedAt: issuedAt, more: #""x":"\#(padding)","#)
        self.unknownKeyLarge = other + "." + large + "." + signature
        self.signatureRemoved = header + "." + claims + ".SIGNATURE_REMOVED_BY_GOOGLE"
        let others = (0..<2).map { Self.webKey("other\($0)", modulus: Baseline().modulus) }
        let keys = [Self.webKey(Self.keyID, modulus: key.modulus)] + others
        self.keyDocument = #"{"keys":[\#(keys.joined(separator: ","))]}"#
    }

    private static func header(_ keyID: String) -> String {
        Self.encode(Array(#"{"alg":"RS256","kid":"\#(keyID)","typ":"JWT"}"#.utf8))
    }

    private static func claims(_ index: Int, issuedAt: Int, more: String = "") -> String {
        let subject = "1040292928530\(10_000_000 + index)"
        let claims = #"""
            {\#(more)"aud":"\#(Self.audience)","azp":"\#(subject)","email":"\#(Self.email)","email_verified":true,"exp":\#(issuedAt + 3600),"iat":\#(issuedAt),"iss":"https://accounts.google.com","sub":"\#(subject)"}
            """#
        return Self.encode(Array(claims.utf8))
    }

    /// A good token with a claim so long that the token has about this many bytes.
    static func token(ofSize size: Int, issuedAt: Int, signedBy key: Baseline) -> Token {
        let plain = Self.header(Self.keyID) + "." + Self.claims(0, issuedAt: issuedAt)
        let padding = max((size - plain.utf8.count - 343) * 3 / 4 - 8, 0)
        let signed =
            padding == 0
            ? plain
            : Self.header(Self.keyID) + "."
                + Self.claims(0, issuedAt: issuedAt, more: #""x":"\#(String(repeating: "a", count: padding))","#)
        let signature = key.sign(Array(signed.utf8))
        return Token(text: signed + "." + Self.encode(signature), signed: Array(signed.utf8), signature: signature)
    }

    /// A key document of so many keys, the last of which signs the tokens.
    static func keyDocument(keyCount: Int, signedBy key: Baseline) -> String {
        let modulus = key.modulus
        let ids = (1..<max(keyCount, 1)).map { "other\($0)" } + [Self.keyID]
        return #"{"keys":[\#(ids.map { Self.webKey($0, modulus: modulus) }.joined(separator: ","))]}"#
    }

    private static func webKey(_ id: String, modulus: [UInt8]) -> String {
        #"{"kty":"RSA","alg":"RS256","use":"sig","kid":"\#(id)","n":"\#(Self.encode(modulus))","e":"AQAB"}"#
    }

    static func encode(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var text: [UInt8] = []
        var bits: UInt32 = 0
        var bitCount = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                text.append(alphabet[Int(bits >> bitCount & 63)])
            }
        }
        if bitCount > 0 { text.append(alphabet[Int(bits << (6 - bitCount) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
