//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import Testing

@testable internal import GoogleIDToken

/// A token that verifies, with any one bit of it changed.
@Suite("changed tokens") struct ChangedTokenTests {
    private static let fixtures = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures").path(percentEncoded: false)
    private static let time = Date(timeIntervalSince1970: 1_700_000_000)
    /// None of these comes as far as the claims.
    private static let early: Set<VerificationError.Code> = [
        .tokenMalformed, .headerMalformed, .algorithmUnsupported, .headerUnsupported, .keyIDMissing, .keyUnknown,
        .signatureInvalid,
    ]

    private let verifier: IDTokenVerifier
    private let token: String

    init() throws {
        self.verifier = try IDTokenVerifier(
            audience: "https://service.example.run.app",
            callers: .anyGoogleIdentity,
            keys: .file("\(Self.fixtures)/keys/google.json")
        )
        self.token = try String(contentsOfFile: "\(Self.fixtures)/tokens/valid.jwt", encoding: .utf8)
            .trimmingCharacters(in: .newlines)
    }

    private func code(of token: String) -> VerificationError.Code? {
        do throws(VerificationError) {
            _ = try self.verifier.verifyWithoutFetching(token: token, at: Self.time)
            return nil
        } catch {
            return error.code
        }
    }

    /// Every way of changing one bit.
    private static func changes(of bytes: [UInt8]) -> [[UInt8]] {
        bytes.indices.flatMap { index in
            (0..<8)
                .map { bit in
                    var changed = bytes
                    changed[index] ^= 1 << bit
                    return changed
                }
        }
    }

    @Test("no bit of the token as it is written can be changed")
    func writtenBits() {
        #expect(self.code(of: self.token) == nil)
        let codes = Self.changes(of: Array(self.token.utf8))
            // Bytes that are no UTF-8 become replacement characters, which no token holds either.
            .map { self.code(of: String(decoding: $0, as: UTF8.self)) }
        #expect(codes.count == self.token.utf8.count * 8)
        #expect(codes.count > 6_000)
        #expect(Set(codes) == Set(Self.early.map(Optional.some)))
    }

    @Test("no bit of what a segment holds can be changed", arguments: 0..<3)
    func decodedBits(segment: Int) throws {
        let segments = self.token.split(separator: ".").map(String.init)
        let decoded = Base64URL.decode(segments[segment].utf8.span)
        let content = try #require(decoded)
        let codes = Self.changes(of: content)
            .map { changed in
                var segments = segments
                segments[segment] = Base64URL.encode(changed)
                return self.code(of: segments.joined(separator: "."))
            }
        #expect(codes.count == content.count * 8)
        if segment == 0 {
            #expect(codes.allSatisfy { $0.map(Self.early.contains) == true })
        } else {
            #expect(codes.allSatisfy { $0 == .signatureInvalid })
        }
    }

    @Test("no byte can be left out, doubled or put at the end")
    func bytes() {
        let bytes = Array(self.token.utf8)
        for index in bytes.indices {
            let without = bytes[..<index] + bytes[(index + 1)...]
            let doubled = bytes[...index] + bytes[index...]
            for changed in [Array(without), Array(doubled), Array(bytes[..<index])] {
                let code = self.code(of: String(decoding: changed, as: UTF8.self))
                #expect(code.map(Self.early.contains) == true, "byte \(index)")
            }
        }
        for byte in UInt8.min...0x7F {
            let code = self.code(of: self.token + String(Unicode.Scalar(byte)))
            #expect(code.map(Self.early.contains) == true, "\(byte) after")
        }
    }
}
