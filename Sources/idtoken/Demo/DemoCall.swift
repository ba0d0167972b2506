//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import CurlTransport
internal import GoogleIDToken
internal import GoogleIDTokenTesting

/// A request of the demo, and the answer that is expected.
struct DemoCall: Sendable {
    /// A description of the request.
    let name: String
    let headers: [(name: String, value: String)]
    let expectedStatus: Int
    let expectedCode: VerificationError.Code?

    init(
        _ name: String,
        _ headers: [(name: String, value: String)],
        _ expectedStatus: Int = 200,
        _ expectedCode: VerificationError.Code? = nil
    ) {
        self.name = name
        self.headers = headers
        self.expectedStatus = expectedStatus
        self.expectedCode = expectedCode
    }
}

/// A service of the demo, and its URL.
struct DemoService: Sendable {
    let service: PrivateService
    let url: String

    /// Sends requests, one after the other.
    ///
    /// - Throws: ``CommandFailure`` if the service does not answer.
    func send(all calls: [DemoCall]) async throws -> [DemoRow] {
        var rows: [DemoRow] = []
        for call in calls { rows.append(try await self.send(call)) }
        return rows
    }

    /// Sends a request.
    ///
    /// - Throws: ``CommandFailure`` if the service does not answer.
    func send(_ call: DemoCall) async throws -> DemoRow {
        let status: Int
        do throws(TransportError) {
            status = try await CurlTransport().get(self.url, headers: call.headers).status
        } catch {
            throw CommandFailure(
                status: .unavailable,
                message:
                    "the service of the demo did not answer: \(error). Check that programs on this machine may connect "
                    + "to 127.0.0.1."
            )
        }
        let entry = self.service.takeLogEntry()
        let isExpected = status == call.expectedStatus && entry != nil && entry?.code == call.expectedCode
        return DemoRow(
            name: call.name,
            status: status,
            code: entry?.code,
            words: entry?.words ?? "the service did not see the request",
            expected: isExpected ? nil : "\(call.expectedStatus) \(call.expectedCode?.rawValue ?? "")"
        )
    }
}

/// Requests that show the same thing.
struct DemoSection: Sendable {
    /// What they show, in a few words.
    let title: String
    let rows: [DemoRow]
}

/// The answer to a request.
struct DemoRow: Sendable {
    let name: String
    let status: Int
    let code: VerificationError.Code?
    let words: String
    /// The answer that was expected, or nil if it came.
    let expected: String?
}

extension TokenDefect {
    /// The status that a service answers with, and the defect in words.
    var demonstration: (status: Int, words: String) {
        switch self {
        case .expired: (401, "a token that has expired")
        case .issuedInFuture: (401, "a token that will be issued in an hour")
        case .notYetValid: (401, "a token that is not valid yet")
        case .lifetimeTooLong: (401, "a token that is valid for two days")
        case .wrongAudience: (401, "a token for another service")
        case .audienceWithSlash: (401, "a token for this service with a slash")
        case .wrongIssuer: (401, "a token from another issuer")
        case .tampered: (401, "a token with changed claims")
        case .signatureCut: (401, "a token with a cut signature")
        case .signatureRemoved: (401, "a token whose signature Cloud Run removed")
        case .signatureMissing: (401, "a token without a signature")
        case .otherKey: (401, "a token that another key signed")
        case .unknownKey: (401, "a token of an unknown key")
        case .keyIDMissing: (401, "a token that names no key")
        case .otherAlgorithm: (401, "a token that says HS256")
        case .noAlgorithm: (401, "a token that says it needs no signature")
        case .criticalExtension: (401, "a token with a critical extension")
        case .claimTwice: (401, "a token with the claim aud twice")
        case .subjectMissing: (401, "a token without a subject")
        case .emailMissing: (403, "a token without an e-mail address")
        case .emailNotVerified: (403, "a token with an unverified e-mail address")
        case .otherCaller: (403, "a genuine token of another caller")
        }
    }
}
#endif
