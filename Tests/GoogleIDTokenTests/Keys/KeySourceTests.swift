//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Key source")
struct KeySourceTests {
    private static func keySet(_ source: KeySource) throws -> KeySet {
        guard case .fixed(let keySet, _) = try source.open(for: .googleIDToken, onEvent: nil) else {
            throw IDTokenVerifier.ConfigurationError(.keySourceInvalid, "the keys are not given")
        }
        return keySet
    }

    private static func error(_ source: KeySource) -> IDTokenVerifier.ConfigurationError? {
        #expect(throws: IDTokenVerifier.ConfigurationError.self) { try source.open(for: .googleIDToken, onEvent: nil) }
    }

    /// Runs a test with a file.
    private static func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
        let url = FileManager.default.temporaryDirectory.appending(path: "keys of \(UUID().uuidString)?#%.json")
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(url.path(percentEncoded: false))
    }

    @Test("a document at hand, as any bytes")
    func document() throws {
        let bytes = try TestToken.keyDocument
        #expect(try Self.keySet(.document(bytes)).keys.map(\.id) == [TestToken.keyID])
        #expect(try Self.keySet(.document(Data(bytes))).keys.map(\.id) == [TestToken.keyID])
        #expect(try Self.keySet(.document(String(decoding: bytes, as: UTF8.self).utf8)).keys.count == 1)
    }

    @Test("a file, by its path as it is")
    func file() throws {
        let keySet = try Self.withFile(try TestToken.keyDocument) { try Self.keySet(.file($0)) }
        #expect(keySet.keys.map(\.id) == [TestToken.keyID])
    }

    @Test("a file that cannot be read", arguments: ["", "/nonexistent/keys.json", "/", "/tmp", "keys\0.json"])
    func unreadable(path: String) {
        #expect(Self.error(.file(path))?.code == .keysUnreadable)
    }

    @Test(
        "a document that is none, or has no usable key, at hand and in a file",
        arguments: [
            ("", "not JSON"), ("[]", "neither a JWK set"), ("{}", "it has no keys"),
            (#"{"keys":[]}"#, "it has no keys"),
            (#"{"keys":[{"kid":"a","kty":"EC"}]}"#, "none of its 1 keys"), ("<html>", "not JSON"),
        ]
    )
    func unusable(json: String, words: String) throws {
        let atHand = Self.error(.document(json.utf8))
        #expect(atHand?.code == .keysUnusable)
        #expect(atHand?.explanation.contains(words) == true)
        try Self.withFile(Array(json.utf8)) { path in
            let inFile = Self.error(.file(path))
            #expect(inFile?.code == .keysUnusable)
            #expect(inFile?.explanation.contains(words) == true)
            #expect(inFile?.explanation.contains(path) == true)
        }
    }

    @Test("a document of 256 KiB is read, and one byte more is refused, at hand and in a file")
    func size() throws {
        let document = try TestToken.keyDocument
        let longest = document + [UInt8](repeating: UInt8(ascii: " "), count: 256 * 1_024 - document.count)
        #expect(try Self.keySet(.document(longest)).keys.count == 1)
        #expect(Self.error(.document(longest + longest.suffix(1)))?.code == .keysUnusable)
        let inFile = try Self.withFile(longest) { try Self.keySet(.file($0)) }
        #expect(inFile.keys.count == 1)
        try Self.withFile(longest + longest.suffix(1)) { path in
            #expect(Self.error(.file(path))?.code == .keysUnusable)
        }
    }

    @Test(
        "[56] [78] a URL that keys may be fetched from is not fetched from at once",
        arguments: [
            "https://www.googleapis.com/oauth2/v1/certs", "https://keys.example.com:8443/a?b=c", "http://127.0.0.1:1/",
            "http://localhost:1/keys", "http://[::1]:1/", "HTTPS://keys.example.com",
        ]
    )
    func remote(url: String) throws {
        guard
            case .fetched = try KeySource.remote(url)
                .open(for: .googleIDToken, onEvent: { _ in Issue.record("it was fetched") })
        else {
            Issue.record("the keys are given")
            return
        }
    }

    @Test(
        "[56] [78] a URL that keys may not be fetched from",
        arguments: [
            "", "keys.json", "/keys.json", "www.googleapis.com/oauth2/v3/certs", "http://keys.example.com/",
            "http://127.0.0.1.example.com/", "http://localhost.example.com/", "file:///tmp/keys.json",
            "ftp://keys.example.com/", "https://", "https://user:password@keys.example.com/", "https://a b/",
            "//keys.example.com/", "http://169.254.169.254/", "gopher://127.0.0.1/",
        ]
    )
    func invalidURL(url: String) {
        #expect(Self.error(.remote(url))?.code == .keySourceInvalid)
    }

    @Test("a file of certificate authorities must be there")
    func certificateAuthorities() throws {
        let url = "https://keys.example.com/"
        let missing = Self.error(.remote(url, certificateAuthorityFile: "/nonexistent/ca.pem"))
        #expect(missing?.code == .keySourceInvalid)
        #expect(missing?.explanation.contains("/nonexistent/ca.pem") == true)
        try Self.withFile(Array(KnownKey.rsaCertificate.utf8)) { path in
            guard
                case .fetched = try KeySource.remote(url, certificateAuthorityFile: path)
                    .open(for: .googleIDToken, onEvent: nil)
            else {
                Issue.record("the keys are given")
                return
            }
        }
    }

    @Test("Google's keys are those of its ID tokens, over https")
    func google() {
        guard case .published = KeySource.google.location else {
            Issue.record("another location")
            return
        }
        #expect(TrustProfile.googleIDToken.keysURL == "https://www.googleapis.com/oauth2/v3/certs")
    }

    @Test("keys that are given are always usable, and never refreshed")
    func health() throws {
        let json = #"{"keys":[\#(try TestToken.webKey()),{"kid":"a","kty":"EC"}]}"#
        let health = try KeySource.document(json.utf8).open(for: .googleIDToken, onEvent: nil).health
        #expect(health.keyCount == 1)
        #expect(health.skippedKeyCount == 1)
        #expect(health.isUsable)
        #expect(!health.isStale)
        #expect(health.age == nil)
        #expect(health.nextRefresh == nil)
    }
}
