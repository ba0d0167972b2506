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

/// `idtoken audit` on what a pipe hands over in pieces.
@Suite("idtoken audit: input in pieces")
struct AuditPipeTests {
    /// Runs an audit whose standard input gets each piece once the one before has been read.
    private static func rows(_ pieces: [String]) async throws -> [String] {
        try await Blocking.run {
            let (input, output) = (Pipe(), Pipe())
            let process = Process()
            process.executableURL = Command.executable
            process.arguments = [
                "audit", "--keys", Captured.keys, "--audience", Captured.audience, "--format", "csv",
            ]
            process.currentDirectoryURL = Command.projectRoot
            process.standardInput = input
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            for piece in pieces {
                try input.fileHandleForWriting.write(contentsOf: Data(piece.utf8))
                let descriptor = input.fileHandleForWriting.fileDescriptor
                var waiting: Int32 = 1
                while process.isRunning, unsafe ioctl(descriptor, UInt(FIONREAD), &waiting) == 0, waiting > 0 {
                    sched_yield()
                }
            }
            try input.fileHandleForWriting.close()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            return text.split(separator: "\r\n").dropFirst()
                .map { String($0.split(separator: ",", omittingEmptySubsequences: false)[4]) }
        }
    }

    @Test("the format is recognised even if its beginning comes in pieces")
    func theFormatIsRecognisedFromAllOfTheBeginning() async throws {
        let token = try Captured.token.get()
        #expect(try await Self.rows(["A", "ccept: */*\n", "Authorization: Bearer \(token)\n"]) == ["verified"])
        #expect(try await Self.rows(["\(token)", "\n", "x\n"]) == ["verified"])
        #expect(try await Self.rows(["x\n", token]) == ["verified"])
        let request = ["# api.example.com\n", "GET /", " HTTP/1.1\r\n", "Authorization: Bearer \(token)\r\n\r\n"]
        #expect(try await Self.rows(request) == ["verified"])
        #expect(try await Self.rows(["\u{FEFF}", token]) == ["verified"])
        let header = #"{"name":"Authorization","value":"Bearer \#(token)"}"#
        let archive = ["{", " \"lo", "g\"", ": {\"entries\"", #":[{"request":{"headers":[\#(header)]}}]}}"#]
        #expect(try await Self.rows(archive) == ["verified"])
    }

    @Test("two tokens that come one after the other are both verified")
    func tokensAreJudgedAsTheyCome() async throws {
        // Long before so many lines have come that the format would be clear anyway.
        let token = try Captured.token.get()
        #expect(try await Self.rows(["Bearer \(token)\n", "\(token)\n"]) == ["verified", "verified"])
    }
}
#endif
