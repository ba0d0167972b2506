//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDTokenTesting
internal import Testing

/// The page of `idtoken audit --report`, without a browser.
@Suite("idtoken audit: the report's content")
struct ReportContentTests {
    private static let start = ReportedAudit.start

    private static func sha256(_ file: URL) async throws -> Substring {
        let command = try await Command(
            executable: URL(filePath: "/usr/bin/env"),
            ["sha256sum", file.path(percentEncoded: false)]
        )
        return command.output.prefix(64)
    }

    @Test("the page counts verdicts, callers, keys and uses after expiry, and has the digests of all that was read")
    func countsAndEvidence() async throws {
        try await withTemporaryFolder { folder in
            let token = try ReportedAudit.token("a@example.com", issuedAt: Self.start)
            let other = try ReportedAudit.token("b@example.com", issuedAt: Self.start)
            let audit = try await ReportedAudit(
                [
                    .init(time: Self.start + 60, token: token), .init(time: Self.start + 3_600 + 86_400, token: token),
                    .init(time: Self.start + 90, token: other, peer: "198.51.100.7"),
                    .init(time: Self.start + 99, token: String(other.dropLast(9)) + "AAAAAAAAA"),
                ],
                in: folder
            )
            #expect(audit.command.status == 1, "\(audit.command.errors)")
            #expect(audit.html.contains("4 uses of 3 different tokens in 1 file"))
            #expect(audit.html.contains("<dt>Verified</dt><dd>2</dd>"))
            #expect(audit.html.contains("<dt>Rejected</dt><dd>2</dd>"))
            #expect(audit.html.contains("<dt>Used after expiry</dt><dd>1</dd>"))
            #expect(audit.html.contains("1 use after expiry, by up to 1 d 0 h; rejected: token_expired"))
            for text in ["<bdi>a@example.com</bdi>", "<bdi>b@example.com</bdi>", "signature_invalid"] {
                #expect(audit.html.contains(text), "\(text)")
            }
            #expect(audit.html.contains(try await Self.sha256(folder.appending(path: "log.ndjson"))))
            #expect(audit.html.contains(try await Self.sha256(folder.appending(path: "keys.json"))))
            #expect(audit.html.contains("1: some tokens were rejected"))
            #expect(audit.html.contains("<code><bdi>--report</bdi></code>"))
            #expect(!audit.html.contains(token.suffix(40)))
        }
    }

    @Test("the digest of a pipe is that of the bytes that came through it")
    func pipe() async throws {
        try await withTemporaryFolder { folder in
            let token = try ReportedAudit.token("a@example.com", issuedAt: Self.start)
            let log = folder.appending(path: "log")
            try Data("\(token)\n".utf8).write(to: log)
            let document = folder.appending(path: "keys.json")
            try Data(try TestIssuer().keyDocument).write(to: document)
            let page = folder.appending(path: "r.html")
            let command = try await Command(
                executable: URL(filePath: "/bin/sh"),
                [
                    "-c", #"cat "$1" | "$2" audit --keys "$3" --audience "$4" --report "$5""#, "sh",
                    log.path(percentEncoded: false), Command.executable.path(percentEncoded: false),
                    document.path(percentEncoded: false), ReportedAudit.audience, page.path(percentEncoded: false),
                ]
            )
            #expect(command.status == 0, "\(command.errors)")
            let html = try String(contentsOf: page, encoding: .utf8)
            #expect(html.contains("<bdi>standard input</bdi>"))
            #expect(html.contains(try await Self.sha256(log)))
            #expect(html.contains("the time of no use is known"))
        }
    }

    @Test("without tokens the page says so")
    func nothing() async throws {
        try await withTemporaryFolder { folder in
            let audit = try await ReportedAudit(lines: [#"{"a":1}"#], in: folder)
            #expect(audit.html.contains("No token was found in 1 file."))
            #expect(audit.html.contains("There is nothing to draw, because no token was found."))
            #expect(audit.html.contains("3: no token was found"))
        }
    }

    @Test("with --status-only-errors the page still has the verdicts' status")
    func keptStatus() async throws {
        try await withTemporaryFolder { folder in
            let token = try ReportedAudit.token("a@example.com", issuedAt: Self.start)
            let late = ReportedAudit.Request(time: Self.start + 9_999, token: token)
            let audit = try await ReportedAudit([late], in: folder, "--status-only-errors")
            #expect(audit.command.status == 0)
            #expect(audit.html.contains("0, because --status-only-errors was given; without it 1: some tokens"))
        }
    }

    @Test("keys of an archive have their sightings and the archive's gaps")
    func archive() async throws {
        try await withTemporaryFolder { folder in
            let archive = folder.appending(path: "archive").path(percentEncoded: false)
            let document = folder.appending(path: "keys.json")
            try Data(try TestIssuer().keyDocument).write(to: document)
            for day in [0, 1, 4] {
                let seen = "\(Self.start + day * 86_400)"
                let file = document.path(percentEncoded: false)
                #expect(try await Command("keys", "archive", archive, "--from", file, "--seen", seen).status == 0)
            }
            let requests = try (0..<5)
                .map { day in
                    let time = Self.start + day * 86_400 + 60
                    return ReportedAudit.Request(
                        time: time,
                        token: try ReportedAudit.token("a@example.com", issuedAt: time)
                    )
                }
            let audit = try await ReportedAudit(requests, in: folder, keys: archive)
            #expect(audit.html.contains("gaps: 2026-10-03 to 2026-10-04"))
            #expect(audit.html.contains("<title>no sighting: 2026-10-03 to 2026-10-04</title>"))
            #expect(audit.html.contains("2026-10-01T00:00 to 2026-10-05T00:00; 5 verified"))
            let list = try await Command(
                executable: URL(filePath: "/bin/sh"),
                ["-c", "cd \"$1\" && LC_ALL=C sha256sum *.ndjson* | sha256sum", "sh", archive]
            )
            #expect(audit.html.contains(list.output.prefix(64)))
        }
    }

    @Test("what could not be read is on the page, and its place is named")
    func unreadable() async throws {
        try await withTemporaryFolder { folder in
            let audit = try await ReportedAudit(lines: [#"{"a":"<b>"#], in: folder)
            #expect(audit.html.contains("1 place could not be read"))
            #expect(audit.html.contains("log.ndjson, line 1</bdi>"))
        }
    }

    @Test(
        "a file that is no report is not replaced, and the run does not begin",
        arguments: ["log.ndjson", "page.html", "missing/report.html", "folder", "/dev/full", "-"]
    )
    func onlyReportsAreReplaced(_ name: String) async throws {
        try await withTemporaryFolder { folder in
            let token = try ReportedAudit.token("a@example.com", issuedAt: Self.start)
            let made = folder.appending(path: "folder")
            try FileManager.default.createDirectory(at: made, withIntermediateDirectories: false)
            try Data("<!DOCTYPE html><title>Another page</title>".utf8).write(to: folder.appending(path: "page.html"))
            let path =
                name.hasPrefix("/") || name == "-" ? name : folder.appending(path: name).path(percentEncoded: false)
            let request = ReportedAudit.Request(time: Self.start, token: token)
            let audit = try await ReportedAudit([request], in: folder, "--report", path)
            #expect(audit.command.status == (name == "-" ? 64 : 74))
            #expect(audit.command.output.isEmpty)
            #expect(audit.command.errors.contains("report"))
            let log = try String(contentsOf: folder.appending(path: "log.ndjson"), encoding: .utf8)
            #expect(log == request.line + "\n")
        }
    }

    @Test("an earlier report is replaced")
    func replacesReport() async throws {
        try await withTemporaryFolder { folder in
            let token = try ReportedAudit.token("a@example.com", issuedAt: Self.start)
            _ = try await ReportedAudit(lines: ["nothing"], in: folder)
            let audit = try await ReportedAudit([.init(time: Self.start, token: token)], in: folder)
            #expect(audit.html.contains("a@example.com"))
        }
    }
}
#endif
