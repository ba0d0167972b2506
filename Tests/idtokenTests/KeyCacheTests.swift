//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import TestSupport
internal import Testing

/// The cache of fetched key documents: it spares fetches, and whatever is wrong with it costs one.
@Suite("Key cache")
struct KeyCacheTests {
    /// A server of the fixtures' keys, and a folder for the cache.
    private static func withServer(_ body: (LoopbackServer, URL) async throws -> Void) async throws {
        let document = try Data(contentsOf: Command.projectRoot.appending(path: Captured.keys))
        let server = try LoopbackServer(
            .response(fields: [("Cache-Control", "max-age=3600")], body: Array(document))
        )
        defer { server.stop() }
        try await withTemporaryFolder { try await body(server, $0) }
    }

    private static func verify(_ server: LoopbackServer, _ folder: URL) async throws -> Int32 {
        try await Command(
            [
                "verify", "--keys", server.url(), "--audience", Captured.audience, "--at", "1700000000",
            ],
            input: try Captured.token.get(),
            environment: ["XDG_CACHE_HOME": folder.path(percentEncoded: false)]
        )
        .status
    }

    private static func cacheFile(_ folder: URL) throws -> URL {
        let cache = folder.appending(path: "idtoken")
        let names = try FileManager.default.contentsOfDirectory(atPath: cache.path(percentEncoded: false))
        #expect(names.count == 1)
        return cache.appending(path: try #require(names.first))
    }

    private static func permissions(_ url: URL) async throws -> String {
        try await Command(
            executable: URL(filePath: "/usr/bin/env"),
            ["stat", "-c", "%a", url.path(percentEncoded: false)]
        )
        .output.trimmingCharacters(in: .newlines)
    }

    @Test("several runs fetch the keys once, and only the user can read the cache")
    func aLoopFetchesOnce() async throws {
        try await Self.withServer { server, folder in
            for _ in 0..<3 { #expect(try await Self.verify(server, folder) == 0) }
            #expect(server.requestCount == 1)
            let file = try Self.cacheFile(folder)
            #expect(try await Self.permissions(file) == "600")
            #expect(try await Self.permissions(file.deletingLastPathComponent()) == "700")
            let audit = try await Command(
                ["audit", "--keys", server.url(), "--audience", Captured.audience, "--format", "ndjson"],
                input: try Captured.token.get(),
                environment: ["XDG_CACHE_HOME": folder.path(percentEncoded: false)]
            )
            #expect(audit.status == 0)
            #expect(server.requestCount == 1)
        }
    }

    @Test(
        "a cache file that is damaged, outdated or writable by others is not used",
        arguments: ["empty", "cut", "other", "late", "early", "writable", "unreadable"]
    )
    func whatIsWrongIsFetchedAnew(_ fault: String) async throws {
        try await Self.withServer { server, folder in
            #expect(try await Self.verify(server, folder) == 0)
            let file = try Self.cacheFile(folder)
            let text = try String(contentsOf: file, encoding: .utf8)
            let path = file.path(percentEncoded: false)
            switch fault {
            case "empty": try Data().write(to: file)
            case "cut": try Data(text.prefix(100).utf8).write(to: file)
            case "other": try Data(text.replacing("http:", with: "https:").utf8).write(to: file)
            case "late": try Data(text.replacing(/"freshUntil":\d+/, with: "\"freshUntil\":1").utf8).write(to: file)
            case "early":
                let times = "\"fetched\":99999999999,\"freshUntil\":99999999999"
                try Data(text.replacing(/"fetched":\d+,"freshUntil":\d+/, with: times).utf8).write(to: file)
            case "writable": try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
            default:
                try FileManager.default.removeItem(at: file)
                try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
            }
            #expect(try await Self.verify(server, folder) == 0)
            #expect(server.requestCount == 2)
            if fault != "unreadable" {
                #expect(try await Self.verify(server, folder) == 0)
                #expect(server.requestCount == 2)
            }
        }
    }

    @Test("a token is verified even if the cache folder cannot be made")
    func withoutAPlaceForItAllIsWell() async throws {
        try await Self.withServer { server, folder in
            try Data().write(to: folder.appending(path: "idtoken"))
            #expect(try await Self.verify(server, folder) == 0)
            #expect(server.requestCount == 1)
        }
    }

    @Test("a key server that is down gives status 75, and a URL that is not HTTP gives 64")
    func outageIsNoVerdictAndABadURLIsWrongUse() async throws {
        try await Self.withServer { server, folder in
            server.setAnswers(.response(503))
            let status = try await Self.verify(server, folder)
            #expect(status == 75)
        }
        let command = try await Command(
            ["audit", "--keys", "ftp://h/keys", "--audience", Captured.audience],
            input: "x"
        )
        #expect(command.status == 64)
        #expect(command.output.isEmpty)
    }
}
#endif
