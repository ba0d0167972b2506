//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDTokenTesting

/// The access tokens that the stand-in has issued; only the stand-in accepts them.
struct AccessTokens: Sendable {
    static let lifetime: TimeInterval = 3_600
    private static let mostKept = 10_000
    private var holders: [String: (caller: TestCaller, expiresAt: Date)] = [:]

    /// Issues a token.
    mutating func grant(to caller: TestCaller, at time: Date) -> String {
        if self.holders.count >= Self.mostKept {
            self.holders = self.holders.filter { $0.value.expiresAt > time }
        }
        // A client that fetches tokens in an endless loop must not fill the memory.
        if self.holders.count >= Self.mostKept { self.holders = [:] }
        let token = "ya29.stand-in-\(UUID().uuidString.lowercased())"
        self.holders[token] = (caller, time + Self.lifetime)
        return token
    }

    /// The caller to whom the access token in a request was issued, or nil if the token is missing, unknown or expired.
    func holder(of request: LocalRequest, at time: Date) -> TestCaller? {
        guard
            let parts = request.header("Authorization")?.split(separator: " "),
            parts.count == 2, parts[0].lowercased() == "bearer",
            let holder = self.holders[String(parts[1])], holder.expiresAt > time
        else { return nil }
        return holder.caller
    }
}
#endif
