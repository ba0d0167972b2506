//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// What an HTTP server answers to a request that could not be verified (RFC 6750 §3).
///
/// It holds fixed words only: no byte of the token, no claim, nothing of the service's policy.
public struct HTTPAnswer: Sendable {
    /// The status code.
    public let status: Int
    /// The header fields that go with it.
    public let fields: [(name: String, value: String)]
}

extension VerificationError {
    /// The answer to the request.
    ///
    /// | what happened | status | field |
    /// |---|---|---|
    /// | no credentials | 401 | `WWW-Authenticate` with the realm alone |
    /// | credentials written wrongly | 400 | `WWW-Authenticate` with `invalid_request` |
    /// | rejected | 401 | `WWW-Authenticate` with `invalid_token` |
    /// | forbidden | 403 | `WWW-Authenticate` with `insufficient_scope` |
    /// | undecided, cancelled | 503 | `Retry-After` in seconds |
    ///
    /// - Parameter realm: The name of what is protected; characters that a quoted string cannot hold are left out.
    /// - Returns: The status and the header fields.
    public func httpAnswer(realm: String) -> HTTPAnswer {
        switch self.code {
        case .credentialsMissing:
            .challenge(status: 401, realm: realm, error: nil)
        case .credentialsAmbiguous, .credentialsMalformed:
            .challenge(status: 400, realm: realm, error: ("invalid_request", self.code.wordsForCallers))
        default:
            switch self.disposition {
            case .rejected: .challenge(status: 401, realm: realm, error: ("invalid_token", self.code.wordsForCallers))
            case .forbidden:
                .challenge(status: 403, realm: realm, error: ("insufficient_scope", self.code.wordsForCallers))
            case .undecided, .cancelled: HTTPAnswer(status: 503, fields: [("Retry-After", "\(self.secondsToWait)")])
            }
        }
    }

    /// The time until it is worth asking again, in whole seconds, at least one.
    public var secondsToWait: Int {
        Self.wholeSeconds(self.retryAfter ?? .zero)
    }

    /// A time to wait in whole seconds, at least one.
    static func wholeSeconds(_ duration: Duration) -> Int {
        max(1, Int(min(duration.inSeconds.rounded(.up), 3_600)))
    }
}

extension HTTPAnswer {
    fileprivate static func challenge(
        status: Int,
        realm: String,
        error: (code: String, description: String)?
    ) -> HTTPAnswer {
        let quotable = realm.unicodeScalars.filter { " "..."~" ~= $0 && $0 != "\"" && $0 != "\\" }
        var value = "Bearer realm=\"\(String(String.UnicodeScalarView(quotable)))\""
        if let error { value += ", error=\"\(error.code)\", error_description=\"\(error.description)\"" }
        return HTTPAnswer(status: status, fields: [("WWW-Authenticate", value)])
    }
}

extension VerificationError.Code {
    /// Fixed words for the caller, of the characters that RFC 6750 §3 allows in a description.
    package var wordsForCallers: String {
        switch self {
        case .credentialsMissing: "A bearer token is required."
        case .credentialsAmbiguous: "There is more than one credential."
        case .credentialsMalformed: "The credential is not a bearer token."
        case .tokenTooLarge: "The token is too large."
        case .tokenMalformed, .headerMalformed, .claimsMalformed: "The token is malformed."
        case .signatureRemoved: "The token's signature has been removed."
        case .algorithmUnsupported, .headerUnsupported: "The token is not an ID token of Google's."
        case .keyIDMissing, .keyUnknown: "The token is not signed with a current key."
        case .signatureInvalid: "The token's signature does not hold."
        case .issuerMismatch: "The token is from another issuer."
        case .audienceMismatch: "The token is for another audience."
        case .tokenExpired: "The token has expired."
        case .issuedInFuture, .tokenNotYetValid: "The token is not valid yet."
        case .lifetimeTooLong: "The token is valid for too long."
        case .emailMissing: "The token has no e-mail address."
        case .emailNotVerified: "The token's e-mail address is not verified."
        case .callerNotAllowed: "The caller may not do this."
        case .keysUnavailable, .cancelled: "The token could not be checked."
        }
    }
}
