//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
internal import Foundation
internal import GRPCCore
internal import GoogleIDToken
internal import GoogleIDTokenGRPC
internal import TestSupport
internal import Testing

/// The handler of the documentation of `GoogleIDTokenGRPC`: compiled, run, and the same as there.
@Suite("code of GoogleIDTokenGRPC.md")
struct CatalogTests {
    private struct RenameRequest: Sendable {
        let owner: String
    }

    private struct Profile: Sendable {}

    private struct Database: Sendable {
        struct Full: Error {}

        let isFull: Bool

        func rename(_ request: RenameRequest) async throws -> Profile {
            if self.isFull { throw Full() }
            return Profile()
        }
    }

    private struct Handlers: Sendable {
        let database: Database

        func rename(
            request: ServerRequest<RenameRequest>,
            context: ServerContext
        ) async throws -> ServerResponse<Profile> {
            let caller = try IDTokenServerInterceptor.requireCaller()
            try CallerPolicy.subjects(request.message.owner).check(caller)
            let profile = try await database.rename(request.message)
            return ServerResponse(message: profile)
        }
    }

    private static func rename(of owner: String, isFull: Bool = false) async throws {
        try await withServerContextRPCCancellationHandle { cancellation in
            let context = ServerContext(
                descriptor: ProfilesService.rename,
                remotePeer: "in-process:1",
                localPeer: "in-process:2",
                cancellation: cancellation
            )
            let request = ServerRequest(metadata: [:], message: RenameRequest(owner: owner))
            let handlers = Handlers(database: Database(isFull: isFull))
            _ = try await handlers.rename(request: request, context: context)
        }
    }

    @Test("nobody, a caller who may not, one who may, and an error of the handler's own")
    func handler() async throws {
        await #expect(throws: RPCError.self) { try await Self.rename(of: TestToken.subject) }
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .anyGoogleIdentity,
            keys: .document(TestToken.keyDocument)
        )
        let caller = try await verifier.verify(token: TestToken.minted(), at: TestToken.date)
        try await IDTokenServerInterceptor.$caller.withValue(caller) {
            try await Self.rename(of: TestToken.subject)
            await #expect(throws: VerificationError.self) { try await Self.rename(of: "1") }
            await #expect(throws: Database.Full.self) { try await Self.rename(of: TestToken.subject, isFull: true) }
        }
    }

    @Test("the page's handler is the handler of this file")
    func sameCode() throws {
        let tests = URL(filePath: #filePath)
        let root = tests.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let catalog = "Sources/GoogleIDTokenGRPC/GoogleIDTokenGRPC.docc/GoogleIDTokenGRPC.md"
        let code = Self.withoutIndentation(try String(contentsOf: tests, encoding: .utf8))
        let page = try String(contentsOf: root.appending(path: catalog), encoding: .utf8)
        let snippets = page.components(separatedBy: "```swift\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }.filter { $0.hasPrefix("func ") }
        #expect(snippets.count == 1)
        for snippet in snippets { #expect(code.contains(Self.withoutIndentation(snippet)), "\(snippet)") }
    }

    private static func withoutIndentation(_ code: String) -> String {
        code.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
    }
}
#endif
