//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting

/// The access tokens that the emulator has issued; only the emulator accepts them.
struct AccessTokens: Sendable {
    static let lifetime: TimeInterval = 3_600
    private static let mostKept = 10_000
    private var holders: [ExactString: (caller: TestCaller, expiresAt: Date)] = [:]

    /// Issues a token.
    mutating func grant(to caller: TestCaller, at time: Date) -> String {
        if self.holders.count >= Self.mostKept {
            self.holders = self.holders.filter { $0.value.expiresAt > time }
        }
        // A client that fetches tokens in an endless loop must not fill the memory.
        if self.holders.count >= Self.mostKept { self.holders = [:] }
        let token = "ya29.emulator-\(UUID().uuidString.lowercased())"
        self.holders[ExactString(token)] = (caller, time + Self.lifetime)
        return token
    }

    /// The caller to whom a token was issued, or nil if the token is unknown or expired.
    func holder(of token: String, at time: Date) -> TestCaller? {
        guard let holder = self.holders[ExactString(token)], holder.expiresAt > time else { return nil }
        return holder.caller
    }
}
#endif
