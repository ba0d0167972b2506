//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import CurlTransport

@Suite("Transport: URLs")
struct TransportURLTests {
    @Test(
        "https anywhere, and http on this machine, may be fetched",
        arguments: [
            "https://www.googleapis.com/oauth2/v3/certs",
            "https://example.com:8443/keys?a=b#c",
            "HTTPS://EXAMPLE.COM",
            "https://192.0.2.1/",
            "https://[2001:db8::1]/",
            "http://localhost/",
            "http://LocalHost:8080/keys",
            "http://127.0.0.1:1/",
            "http://127.255.0.9/",
            // libcurl takes this one for 127.0.0.1.
            "http://127.1/",
            "http://[::1]:8080/",
        ]
    )
    func accepted(url: String) throws {
        try CurlTransport().check(url)
    }

    @Test(
        "anything else may not",
        arguments: [
            ("", "absolute"),
            ("keys.json", "absolute"),
            ("/etc/keys.json", "absolute"),
            ("//example.com/keys", "absolute"),
            ("https://", "absolute"),
            ("https://exa mple.com/", "absolute"),
            ("https://example.com:99999/", "absolute"),
            ("http://127.0.0.+1/", "absolute"),
            ("javascript:alert(1)", "absolute"),
            ("http://example.com/", "not https"),
            ("http://www.googleapis.com/oauth2/v3/certs", "not https"),
            ("http://128.0.0.1/", "not https"),
            ("http://10.0.0.1/", "not https"),
            ("http://0.0.0.0/", "not https"),
            ("http://[::2]/", "not https"),
            ("http://[2001:db8::1]/", "not https"),
            ("http://127.0.0.1.example.com/", "not https"),
            ("http://127.example.com/", "not https"),
            ("http://localhost.example.com/", "not https"),
            ("http://notlocalhost/", "not https"),
            ("http://169.254.169.254/", "not https"),
            ("http://metadata.google.internal/", "not https"),
            ("ftp://127.0.0.1/keys", "not https"),
            ("file:///etc/passwd", "absolute"),
            ("file://localhost/etc/passwd", "absolute"),
            ("http://127.0.0.08/", "https"),
            ("http://127.0.0.1.example.com/", "https"),
            // With five parts it is a name.
            ("http://127.0.0.0.1/", "not https"),
            ("http://localhost./", "not https"),
            ("http://LOCALHOST./", "not https"),
            ("http://localhost../", "not https"),
            ("http://a.localhost/", "not https"),
            ("http://localhost.localdomain/", "not https"),
            ("http://127.0.0.1./", "not https"),
            ("http://[::ffff:127.0.0.1]/", "not https"),
            ("https://user@example.com/", "user or password"),
            ("https://user:password@example.com/", "user or password"),
            ("https://:password@example.com/", "user or password"),
            ("http://127.0.0.1@example.com/", "user or password"),
            ("http://example.com@127.0.0.1/", "user or password"),
        ]
    )
    func refused(url: String, reason: String) {
        let error = #expect(throws: TransportError.self) { try CurlTransport().check(url) }
        // An http URL of another host could be allowed, another scheme could not.
        let isPlainHTTP = url.hasPrefix("http://") && reason.hasSuffix("https")
        #expect(error?.kind == (isPlainHTTP ? .plainHTTP : .invalidURL))
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }

    @Test(
        "http of another machine may be fetched if that is chosen, and never through a proxy",
        arguments: ["http://stand-in:8181/keys", "http://keys.localhost/", "http://10.0.0.1/", "http://[2001:db8::1]/"]
    )
    func plainHTTP(url: String) throws {
        try CurlTransport(allowsPlainHTTP: true).check(url)
        let target = try TransportURL(url, allowsPlainHTTP: true)
        #expect(target.isDirect)
        #expect(!target.isEncrypted)
    }

    @Test(
        "the choice of http allows nothing else",
        arguments: ["ftp://stand-in/keys", "file:///etc/passwd", "stand-in/keys", "http://user:password@stand-in/", ""]
    )
    func nothingElse(url: String) {
        let error = #expect(throws: TransportError.self) { try CurlTransport(allowsPlainHTTP: true).check(url) }
        #expect(error?.kind == .invalidURL)
    }

    @Test(
        "of a URL only what is no secret is shown",
        arguments: [
            ("https://www.googleapis.com/oauth2/v3/certs", "https://www.googleapis.com/oauth2/v3/certs"),
            ("https://user:swordfish@example.com:444/a?key=b#c", "https://example.com:444/a"),
            ("http://127.0.0.1:80/\u{1B}[31m\n", "the URL"),
            ("nothing", "the URL"),
        ]
    )
    func shown(url: String, shown: String) {
        #expect(CurlTransport.shown(url) == shown)
    }

    @Test("a password in a URL is not repeated")
    func secret() {
        let error = #expect(throws: TransportError.self) {
            try CurlTransport().check("https://user:swordfish@example.com/")
        }
        #expect(error?.description.contains("swordfish") == false)
    }

    @Test("a URL that may not be fetched is not")
    func notFetched() async throws {
        let server = try LoopbackServer(.text("hello"))
        let url = "http://user:password@127.0.0.1:\(server.port)/"
        #expect(try await CurlTransport(limits: .patient).failure(url).kind == .invalidURL)
        #expect(server.requestCount == 0)
    }

    @Test("over plain http another host's document arrives only if that is chosen")
    func namedHost() async throws {
        let server = try LoopbackServer(.text("hello"))
        // libcurl resolves this name to the loopback address itself (RFC 6761 §6.3).
        let url = server.url(host: "keys.localhost")
        #expect(try await CurlTransport(limits: .patient).failure(url).kind == .plainHTTP)
        #expect(server.requestCount == 0)
        #expect(try await CurlTransport(limits: .patient, allowsPlainHTTP: true).get(url).text == "hello")
    }

    @Test(
        "only this machine and the metadata server are reached without a proxy",
        arguments: [
            ("http://127.0.0.1/", true),
            ("http://localhost/", true),
            ("https://[::1]/", true),
            ("https://localhost./", false),
            ("https://127.0.0.1./", false),
            ("https://metadata.google.internal./", true),
            ("https://169.254.169.254/", true),
            ("https://metadata.google.internal/", true),
            ("https://Metadata.Google.Internal/", true),
            ("https://www.googleapis.com/", false),
            ("https://169.254.169.253/", false),
            ("https://metadata.google.internal.example.com/", false),
        ]
    )
    func direct(url: String, isDirect: Bool) throws {
        #expect(try TransportURL(url).isDirect == isDirect)
    }
}
