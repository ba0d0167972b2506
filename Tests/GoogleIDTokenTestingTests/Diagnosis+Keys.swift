//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting
internal import TestSupport
internal import Testing

extension Diagnosis {
    /// Faults of the key server, and keys that do not fit the token.
    static let ofKeys = [
        Diagnosis("the first fetch of keys fails", "the key server responds with 503") {
            try await Self.message(with: .text("", status: 503))
        },
        Diagnosis("nothing listens at the URL of the keys, or egress is blocked", "`.remote` with a closed port") {
            let server = try LoopbackServer(try Self.keys())
            server.stop()
            return try await Self.message(about: Self.token(), by: Self.verifier(keys: .remote(server.url())))
        },
        Diagnosis("the fetch of keys never ends", "the key server accepts the connection and is silent") {
            try await Self.message(with: .hang)
        },
        Diagnosis("an empty key document might be cached", "the key server responds with `{\"keys\":[]}`") {
            try await Self.message(with: .text("{\"keys\":[]}"))
        },
        Diagnosis("the key server responds with a page", "a proxy responds with HTML and status 200") {
            try await Self.message(with: .text("<html>sign in</html>"))
        },
        Diagnosis("a failed fetch might look like an invalid token", "the response to a caller while there are no keys")
        {
            let server = try LoopbackServer(.text("", status: 503))
            let verifier = try Self.verifier(keys: .remote(server.url()))
            let error = try await #require(Self.error(of: verifier, Self.token()))
            let response = error.httpResponse(realm: "profiles")
            let fields = response.headerFields.map { "\($0.name): \($0.value)" }
            return "\(response.status), \(fields.joined(separator: ", "))"
        },
        Diagnosis("a fetch might block the thread", "`verifyWithoutFetching` before any fetch") {
            let verifier = try Self.verifier(keys: .remote("http://127.0.0.1:9/keys"))
            let token = try Self.token()
            return Self.message { _ = try verifier.verifyWithoutFetching(token: token, at: Self.now) }
        },
        Diagnosis("the keys were rotated", "a token whose key the key server does not have yet") {
            try await Self.messages().first ?? ""
        },
        Diagnosis("tokens with invented key IDs might cause fetches", "a second one right after it") {
            try await Self.messages().last ?? ""
        },
        Diagnosis("the keys get old during an outage", "a new key's token while the key server responds with 503") {
            // A machine that is busy for half a minute fetches again first, and then the message is another one.
            for _ in 0..<5 {
                let message = try await Self.messages(then: .text("", status: 503)).first ?? ""
                if !message.contains("newer than the last successful fetch") { return message }
            }
            return "each fetch was followed by another one"
        },
        Diagnosis("a test's token meets other keys", "a token of `TestIssuer(key: .second)`") {
            let other = try TestIssuer(key: .second)
            return try await Self.message(about: other.token(for: Self.audience, issuedAt: Self.now))
        },
        Diagnosis("the first request is slow, or the start fails", "`warmUp()` during an outage") {
            let server = try LoopbackServer(.text("", status: 503))
            let verifier = try Self.verifier(keys: .remote(server.url()))
            do throws(VerificationError) {
                try await verifier.warmUp()
                return "no error"
            } catch {
                return "\(error)"
            }
        },
        Diagnosis("is the service ready?", "`health.json` during an outage") {
            let server = try LoopbackServer(.text("", status: 503))
            let verifier = try Self.verifier(keys: .remote(server.url()))
            _ = try? await verifier.warmUp()
            return verifier.health.json
        },
        Diagnosis("each request might fetch the keys", "`health.json` after two requests with different tokens") {
            try await Self.healthAfterTwoRequests(fields: [("Cache-Control", "max-age=20000")])
        },
        Diagnosis("the keys might never be cached", "`health.json` if the response has no `Cache-Control`") {
            try await Self.healthAfterTwoRequests(fields: [])
        },
    ]

    private static func keys(fields: [(name: String, value: String)] = [("Cache-Control", "max-age=20000")]) throws
        -> Answer
    {
        .response(fields: fields, body: try TestIssuer().keyDocument)
    }

    private static func error(of verifier: IDTokenVerifier, _ token: String) async -> VerificationError? {
        do throws(VerificationError) {
            _ = try await verifier.verify(token: token, at: Self.now)
            return nil
        } catch {
            return error
        }
    }

    /// What a verifier without keys says about a token, if its key server answers like this.
    private static func message(with answer: Answer) async throws -> String {
        let server = try LoopbackServer(answer)
        return try await Self.message(about: Self.token(), by: Self.verifier(keys: .remote(server.url())))
    }

    /// What a verifier that has keys says about two tokens with other keys, one right after the other.
    private static func messages(then answer: Answer? = nil) async throws -> [String] {
        let server = try LoopbackServer(try Self.keys())
        let verifier = try Self.verifier(keys: .remote(server.url()))
        _ = try await verifier.verify(token: Self.token(), at: Self.now)
        if let answer { server.setAnswers(answer) }
        let next = try Self.token(defect: .unknownKey)
        return [
            try await Self.message(about: next, by: verifier), try await Self.message(about: next, by: verifier),
        ]
    }

    private static func healthAfterTwoRequests(fields: [(name: String, value: String)]) async throws -> String {
        let server = try LoopbackServer(try Self.keys(fields: fields))
        let verifier = try Self.verifier(keys: .remote(server.url()))
        for sender in [TokenSender.cloudRun, .metadataServer] {
            _ = try await verifier.verify(token: Self.token(from: sender), at: Self.now)
        }
        try #require(server.requestCount == 1)
        return verifier.health.json
    }
}
