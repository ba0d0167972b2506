//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import CCurl
private import Foundation
internal import TestSupport
internal import Testing

@testable internal import CurlTransport

/// ``TransportURL`` refuses these URLs first; a handle that is asked all the same goes nowhere either.
@Suite("Transport: protocols", .serialized, .timeLimit(.minutes(5)))
struct EasyHandleTests {
    /// How libcurl ends a GET, without the check of the URL before it, and what it received.
    private static func get(_ url: String) throws -> (code: CURLcode, body: [UInt8]) {
        let limits = TransportLimits()
        let receiver = ResponseReceiver(limits: limits)
        let handle = try EasyHandle(request: HTTPRequest(.get, url), receiver: receiver)
        try handle.configure(isDirect: true, limits: limits, authorities: .system(bundle: nil, folders: nil))
        let code = unsafe handle.withPointer { unsafe curl_easy_perform($0) }
        return (code, receiver.body)
    }

    @Test("http is spoken")
    func spoken() throws {
        let server = try LoopbackServer(.text("hello"))
        let (code, body) = try Self.get(server.url())
        #expect(code == CURLE_OK)
        #expect(body == Array("hello".utf8))
    }

    @Test("no file is read")
    func file() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID().uuidString)")
        try Data("hello".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let (code, body) = try Self.get("file://\(file.path(percentEncoded: false))")
        #expect(code == CURLE_UNSUPPORTED_PROTOCOL)
        #expect(body.isEmpty)
    }

    @Test("no other protocol is spoken", arguments: ["dict", "ftp", "gopher"])
    func others(scheme: String) throws {
        let server = try LoopbackServer(.text("hello"))
        let (code, body) = try Self.get(server.url(scheme: scheme))
        #expect(code == CURLE_UNSUPPORTED_PROTOCOL)
        #expect(body.isEmpty)
        server.stop()
        #expect(server.requestCount == 0)
    }
}
