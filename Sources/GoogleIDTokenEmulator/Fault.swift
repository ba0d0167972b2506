//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import GoogleIDToken

extension GoogleEmulator {
    /// The part of the emulator that a fault is for.
    @nonexhaustive
    public enum Endpoint: String, Sendable, CaseIterable {
        /// The key documents, `/oauth2/v3/certs` and `/oauth2/v1/certs`.
        case keys
        /// The discovery document, `/.well-known/openid-configuration`.
        case discovery
        /// The metadata server, `/computeMetadata/v1`.
        case metadata
        /// The token endpoint, `/token`.
        case token
        /// IAM Credentials, `/v1/projects/-/serviceAccounts`.
        case iam
        /// The token exchange of workload identity federation, `/v1/token`.
        case sts
    }

    /// A fault of a part of the emulator; it stays until it is switched off.
    @nonexhaustive
    public enum Fault: Sendable, Equatable {
        /// It answers after a delay.
        case delay(Duration)
        /// It answers with this status, from 200 to 599, and no content.
        case status(Int)
        /// It answers with bytes that are not JSON, not a token and not text.
        case garbage
        /// It accepts the request and never answers.
        case hang
        /// It answers with a well-formed key document that has no key; for ``Endpoint/keys``.
        case empty
    }
}

extension GoogleEmulator.Fault {
    /// The fault in words, for the answer of `/control`.
    var words: String {
        switch self {
        case .delay(let time): "delay of \(time / .seconds(1)) seconds"
        case .status(let status): "status \(status)"
        case .garbage: "garbage"
        case .hang: "hang"
        case .empty: "empty"
        }
    }

    /// Waits as long as the fault says.
    ///
    /// - Returns: The answer to give, or nil for the usual answer.
    func happen() async -> LocalAnswer? {
        switch self {
        case .delay(let time):
            try? await Task.sleep(for: time)
            return nil
        case .status(let status): return LocalAnswer(status: min(max(status, 200), 599))
        case .garbage: return LocalAnswer(body: [0xFF, 0xFE, 0x00] + Array("<html>garbage".utf8))
        case .hang:
            // Clients give up long before, and the wait ends when the connection does.
            try? await Task.sleep(for: .seconds(12 * 60 * 60))
            return LocalAnswer(status: 503)
        case .empty: return .object(("keys", .array([])))
        }
    }
}
#endif
