//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
internal import Foundation
internal import GRPCCore
internal import GoogleIDTokenGRPC
internal import TestSupport
internal import Testing

/// What becomes of calls that last longer than their callers' tokens are valid.
@Suite("gRPC streams and expiry", .timeLimit(.minutes(5)))
struct StreamExpiryTests {
    private static let expired = "unauthenticated: The token has expired."

    /// Makes a call with a token that expires in a second, and leaves the client's side open until the server answers.
    private static func call(_ method: MethodDescriptor, on guarded: GuardedServer) async throws -> CallOutcome {
        let expiry = Date().timeIntervalSince1970 + 1
        var metadata = Metadata()
        metadata.addString("Bearer \(try FreshToken.minted(["exp": "\(expiry)"]))", forKey: "authorization")
        let (answers, answer) = AsyncStream.makeStream(of: Void.self)
        let outcome = try await guarded.client.bidirectionalStreaming(
            request: StreamingClientRequest(metadata: metadata) { writer in
                try await writer.write("a")
                for await _ in answers {}
            },
            descriptor: method,
            serializer: TextSerializer(),
            deserializer: TextDeserializer(),
            options: .defaults,
            onResponse: { response in
                defer { answer.finish() }
                return await CallOutcome(response)
            }
        )
        #expect(Date().timeIntervalSince1970 >= expiry)
        return outcome
    }

    @Test("a handler that asks to be ended at expiry is: UNAUTHENTICATED, whichever side streams")
    func ended() async throws {
        try await GuardedServer.run(keys: LoopbackServer(.keys())) { guarded in
            async let watched = Self.call(EventsService.watch, on: guarded)
            async let uploaded = Self.call(EventsService.upload, on: guarded)
            async let talked = Self.call(EventsService.talk, on: guarded)
            for outcome in try await [watched, uploaded, talked] { #expect(outcome.summary == Self.expired) }
            // On a busy machine the second may be over before the first message.
            #expect([["the first event"], []].contains(try await watched.messages))
            #expect(try await uploaded.messages == [])
            #expect([["a from \(TestToken.subject)"], []].contains(try await talked.messages))
        }
    }

    @Test("a handler that does not ask goes on after expiry")
    func goesOn() async throws {
        try await GuardedServer.run(keys: LoopbackServer(.keys())) { guarded in
            let outcome = try await Self.call(EventsService.linger, on: guarded)
            #expect(outcome.messages.last == "an event after expiry")
            #expect(outcome.error == nil)
        }
    }

    @Test("a call that is over before expiry is as ever")
    func endsEarlier() async throws {
        try await GuardedServer.run(keys: LoopbackServer(.keys())) { guarded in
            let fields = [Field("authorization", "Bearer \(try FreshToken.minted())")]
            let uploaded = try await guarded.call(EventsService.upload, fields, messages: ["a", "b"])
            #expect(uploaded.summary == "2 messages")
        }
    }

    @Test("the code of Streams.md for gRPC is the code of EventsService")
    func sameCode() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        let root = tests.deletingLastPathComponent().deletingLastPathComponent()
        let article = root.appending(path: "Sources/GoogleIDToken/GoogleIDToken.docc/Streams.md")
        let service = try String(contentsOf: tests.appending(path: "EventsService.swift"), encoding: .utf8)
        let sections = try String(contentsOf: article, encoding: .utf8).components(separatedBy: "\n## ")
        let snippets = sections.filter { $0.hasPrefix("gRPC") }
            .flatMap { $0.components(separatedBy: "```swift\n").dropFirst() }
            .compactMap { $0.components(separatedBy: "```").first }
        #expect(snippets.count == 2)
        for snippet in snippets {
            #expect(Self.withoutIndentation(service).contains(Self.withoutIndentation(snippet)), "\(snippet)")
        }
    }

    private static func withoutIndentation(_ code: String) -> String {
        code.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
    }
}
#endif
