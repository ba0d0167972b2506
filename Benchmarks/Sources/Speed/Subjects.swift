//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
internal import GoogleIDToken

/// What is measured.
struct Subjects {
    let baseline: Baseline
    let tokens: Tokens
    let now: Date
    /// The headers of a request with each of the tokens.
    let requests: [[(name: String, value: String)]]
    private let keys: KeySource

    init(tokenCount: Int) async {
        let issuedAt = Int(Date().timeIntervalSince1970) - 60
        self.now = Date(timeIntervalSince1970: Double(issuedAt) + 60)
        self.baseline = Baseline()
        self.tokens = await Tokens(count: tokenCount, issuedAt: issuedAt, signedBy: self.baseline)
        self.requests = self.tokens.all.map { Self.headers($0.text) }
        self.keys = .document(self.tokens.keyDocument.utf8)
    }

    /// A verifier with keys at hand.
    func verifier(_ change: (inout IDTokenVerifier.Configuration) -> Void = { _ in }) throws -> IDTokenVerifier {
        var configuration = IDTokenVerifier.Configuration()
        change(&configuration)
        return try IDTokenVerifier(
            audience: Tokens.audience,
            callers: .serviceAccounts(Tokens.email),
            keys: self.keys,
            configuration: configuration
        )
    }

    /// A request's headers, as a proxy passes them on.
    static func headers(_ token: String) -> [(name: String, value: String)] {
        [
            (name: "Host", value: "profiles-123456789012.europe-west1.run.app"),
            (name: "User-Agent", value: "Google-Cloud-Tasks"),
            (name: "Accept", value: "*/*"),
            (name: "Content-Length", value: "0"),
            (name: "Authorization", value: "Bearer \(token)"),
            (name: "X-Forwarded-For", value: "203.0.113.1"),
            (name: "X-Forwarded-Proto", value: "https"),
        ]
    }

    /// Raw OpenSSL over the same bytes.
    var raw: Subject {
        let (baseline, tokens) = (self.baseline, self.tokens.all)
        return Subject(Subject.raw, batchSize: 200) { first, count in
            for index in first..<first + count {
                let token = tokens[index % tokens.count]
                baseline.verify(token.signed, token.signature)
            }
        }
    }

    /// SHA-256 of a whole token: what it would cost to look a cached token up by its digest.
    var hash: Subject {
        let baseline = self.baseline
        let texts = self.tokens.all.prefix(64).map { Array($0.text.utf8) }
        return Subject("raw SHA-256 of a token", batchSize: 4_000) { first, count in
            for index in first..<first + count { baseline.hash(texts[index % texts.count]) }
        }
    }

    /// Requests with one token after the other, of which the verifier has seen none lately.
    func newTokens(
        _ name: String,
        _ change: (inout IDTokenVerifier.Configuration) -> Void = { _ in }
    ) throws -> Subject {
        let verifier = try self.verifier(change)
        let requests = self.requests
        return Subject(name, batchSize: 200) { first, count in
            for index in first..<first + count {
                _ = try await verifier.verify(headers: requests[index % requests.count])
            }
        }
    }

    /// Requests with a number of cached tokens, one after the other.
    func cachedTokens(_ name: String, count: Int) throws -> Subject {
        let requests = Array(self.requests.prefix(count))
        let verifier = try self.verifier()
        try Self.admit(requests, to: verifier)
        return Subject(name, batchSize: 4_000) { first, count in
            for index in first..<first + count {
                _ = try await verifier.verify(headers: requests[index % requests.count])
            }
        }
    }

    /// Requests with a number of cached tokens, one after the other; the same number of new tokens precedes each batch.
    ///
    /// The others are not timed: what is measured is whether tokens in use stay in the cache beside them.
    func cachedTokensInFlood(_ name: String, count inUse: Int) throws -> Subject {
        let requests = Array(self.requests.prefix(inUse))
        let others = Array(self.requests.dropFirst(inUse))
        let verifier = try self.verifier()
        try Self.admit(requests, to: verifier)
        return Subject(name, batchSize: inUse) { first, count in
            for index in first..<first + count {
                _ = try await verifier.verify(headers: others[index % others.count])
            }
        } run: { first, count in
            for index in first..<first + count {
                _ = try await verifier.verify(headers: requests[index % requests.count])
            }
        }
    }

    /// Has tokens cached: the second verification admits a token, the third finds it.
    static func admit(_ requests: [[(name: String, value: String)]], to verifier: IDTokenVerifier) throws {
        for request in requests {
            for _ in 0..<3 { _ = try verifier.verifyWithoutFetching(headers: request) }
        }
    }

    /// Requests from several tasks at once, all with new tokens or all with the same cached one.
    func contended(tasks: Int, isCached: Bool) throws -> Subject {
        let verifier = try self.verifier()
        let requests = isCached ? Array(self.requests.prefix(1)) : self.requests
        if isCached { try Self.admit(requests, to: verifier) }
        let kind = isCached ? "token seen twice before" : "every token new"
        return Subject("\(tasks) tasks, \(kind)", batchSize: isCached ? 4_000 : 320) { first, count in
            try await withThrowingTaskGroup { group in
                for task in 0..<tasks {
                    group.addTask {
                        for index in stride(from: first + task, to: first + count, by: tasks) {
                            _ = try await verifier.verify(headers: requests[index % requests.count])
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    /// Requests that are refused with a code.
    func refused(_ name: String, _ token: String, _ code: VerificationError.Code) throws -> Subject {
        let verifier = try self.verifier()
        let headers = Self.headers(token)
        return Subject(name, batchSize: 1_000) { _, count in
            for _ in 0..<count {
                do throws(VerificationError) {
                    _ = try await verifier.verify(headers: headers)
                    fatalError("\(name) is accepted")
                } catch {
                    guard error.code == code else { fatalError("\(name) is refused with \(error)") }
                }
            }
        }
    }

    /// Everything but the signature: Cloud Run vouches.
    func claims() throws -> Subject {
        let verifier = try self.verifier { $0.removedSignature = .trustCloudRunInEitherHeader }
        let headers = Self.headers(self.tokens.signatureRemoved)
        return Subject("header and claims only", batchSize: 1_000) { _, count in
            for _ in 0..<count { _ = try await verifier.verify(headers: headers) }
        }
    }

    /// A key document of three keys, read.
    var keyDocument: Subject {
        Subject("key document of 3 keys", batchSize: 10) { _, count in
            for _ in 0..<count { _ = try self.verifier() }
        }
    }

    /// From nothing to the first caller, with keys in a file.
    func coldStart(keyFile: String) -> Subject {
        let token = self.tokens.all[0].text
        return Subject("cold start from a key file", batchSize: 10) { _, count in
            for _ in 0..<count {
                let verifier = try IDTokenVerifier(
                    audience: Tokens.audience,
                    callers: .serviceAccounts(Tokens.email),
                    keys: .file(keyFile)
                )
                _ = try await verifier.verify(token: token)
            }
        }
    }
}
