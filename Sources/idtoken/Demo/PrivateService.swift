//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken
internal import GoogleIDTokenEmulator
internal import IDTokenPlatform

/// A typical private service: it verifies each request before it does anything else.
struct PrivateService: Sendable {
    /// What the service knows about a request and does not tell the caller.
    struct LogEntry: Sendable {
        let code: VerificationError.Code?
        let words: String
    }

    private let verifier: IDTokenVerifier
    private let log = Lock<[LogEntry]>([])

    init(_ verifier: IDTokenVerifier) {
        self.verifier = verifier
    }

    /// Answers a request.
    func answer(_ request: LocalRequest) async -> LocalAnswer {
        do throws(VerificationError) {
            let caller = try await self.verifier.verify(headers: request.headers)
            self.note(nil, "the caller is \(caller.email ?? caller.subject)")
            return .object(("hello", .string(caller.email ?? caller.subject)))
        } catch {
            self.note(error.code, error.explanation)
            let answer = error.httpResponse(realm: "demo")
            return LocalAnswer(status: answer.status, fields: answer.headerFields)
        }
    }

    /// Returns the last entry of the log, and empties the log.
    func takeLogEntry() -> LogEntry? {
        self.log.withLock { log in
            defer { log = [] }
            return log.last
        }
    }

    private func note(_ code: VerificationError.Code?, _ words: String) {
        self.log.withLock { $0.append(LogEntry(code: code, words: words)) }
    }
}
#endif
