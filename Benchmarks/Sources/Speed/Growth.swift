//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
internal import GoogleIDToken

/// What the cost grows with.
extension Subjects {
    /// Verifications of tokens of different sizes, new or cached.
    func growthWithTokenSize() throws -> [Subject] {
        try [512, 1_024, 2_048, 4_096, 8_192, 16_384]
            .flatMap { size in
                let issuedAt = Int(self.now.timeIntervalSince1970) - 60
                let token = Tokens.token(ofSize: size - 16, issuedAt: issuedAt, signedBy: self.baseline).text
                return [
                    try self.repeated(
                        "token size, new token",
                        size,
                        token,
                        try self.verifier { $0.maximumCachedTokens = 0 }
                    ),
                    try self.repeated("token size, cached token", size, token, try self.verifier()),
                ]
            }
    }

    /// Verifications with different numbers of keys; the token's is the last.
    func growthWithKeys() throws -> [Subject] {
        try [1, 2, 4, 8, 16, 32, 64]
            .map { count in
                let verifier = try IDTokenVerifier(
                    audience: Tokens.audience,
                    callers: .serviceAccounts(Tokens.email),
                    keys: .document(Tokens.keyDocument(keyCount: count, signedBy: self.baseline).utf8)
                )
                return try self.repeated("keys, cached token", count, self.tokens.all[0].text, verifier)
            }
    }

    /// Verifications with different numbers of audiences, and as many callers.
    func growthWithNames() throws -> [Subject] {
        try [1, 10, 100, 1_000, 10_000]
            .map { count in
                let others = (1..<count).map { "https://other-\($0).example.run.app" }
                let emails = (1..<count).map { "other-\($0)@my-project-123456.iam.gserviceaccount.com" }
                let verifier = try IDTokenVerifier(
                    audiences: others + [Tokens.audience],
                    callers: .serviceAccounts(emails + [Tokens.email]),
                    keys: .document(self.tokens.keyDocument.utf8)
                )
                let token = self.tokens.all[0].text
                return try self.repeated("audiences and callers, cached token", count, token, verifier)
            }
    }

    /// Verifications of tokens that are all cached, in turn.
    ///
    /// The largest number is less than what a cache may hold, so that no shard of it overflows.
    func growthWithCachedTokens() throws -> [Subject] {
        try [1, 10, 100, 1_000, 10_000, 100_000, 900_000].filter { $0 <= self.tokens.all.count }
            .map { count in
                // A shard may get more than its share.
                let verifier = try self.verifier { $0.maximumCachedTokens = min(count * 2 + 64, 1_000_000) }
                let requests = Array(self.requests.prefix(count))
                try Self.admit(requests, to: verifier)
                return Subject("cached tokens, in turn @ \(count)", batchSize: 4_000) { first, count in
                    for index in first..<first + count {
                        _ = try await verifier.verify(headers: requests[index % requests.count])
                    }
                }
            }
    }

    private func repeated(_ name: String, _ x: Int, _ token: String, _ verifier: IDTokenVerifier) throws -> Subject {
        let headers = Self.headers(token)
        try Self.admit([headers], to: verifier)
        return Subject("\(name) @ \(x)", batchSize: 400) { _, count in
            for _ in 0..<count { _ = try await verifier.verify(headers: headers) }
        }
    }
}
