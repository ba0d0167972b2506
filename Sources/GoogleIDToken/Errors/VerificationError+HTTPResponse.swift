//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension VerificationError {
    /// The HTTP response to a request that failed verification (RFC 6750 §3).
    ///
    /// It contains fixed texts only: no bytes of the token, no claims and no part of the service's policy.
    public struct HTTPResponse: Sendable {
        /// The status code.
        public let status: Int
        /// The response's header fields.
        public let headerFields: [(name: String, value: String)]
    }
}

extension VerificationError {
    /// Returns the HTTP response to the request.
    ///
    /// | error | status | field |
    /// |---|---|---|
    /// | no credentials | 401 | `WWW-Authenticate` with only the realm |
    /// | malformed or ambiguous credentials | 400 | `WWW-Authenticate` with `invalid_request` |
    /// | rejected | 401 | `WWW-Authenticate` with `invalid_token` |
    /// | forbidden | 403 | `WWW-Authenticate` with `insufficient_scope` |
    /// | undecided, cancelled | 503 | `Retry-After` in seconds |
    ///
    /// - Parameter realm: The name of the protected service; characters that a quoted string cannot contain are
    ///   dropped.
    /// - Returns: The status and the header fields.
    public func httpResponse(realm: String) -> HTTPResponse {
        switch self.code {
        case .credentialsMissing:
            .challenge(status: 401, realm: realm, error: nil)
        case .credentialsAmbiguous, .credentialsMalformed:
            .challenge(status: 400, realm: realm, error: ("invalid_request", self.code.descriptionForCallers))
        default:
            switch self.disposition {
            case .rejected:
                .challenge(status: 401, realm: realm, error: ("invalid_token", self.code.descriptionForCallers))
            case .forbidden:
                .challenge(status: 403, realm: realm, error: ("insufficient_scope", self.code.descriptionForCallers))
            case .undecided, .cancelled:
                HTTPResponse(status: 503, headerFields: [("Retry-After", "\(self.retryAfterSeconds)")])
            }
        }
    }

    /// The time after which a retry is useful, in whole seconds, at least one.
    public var retryAfterSeconds: Int {
        Self.wholeSeconds(self.retryAfter ?? .zero)
    }

    /// Rounds a duration up to whole seconds, from one second to one hour.
    static func wholeSeconds(_ duration: Duration) -> Int {
        max(1, Int(min(duration.inSeconds.rounded(.up), 3_600)))
    }
}

extension VerificationError.HTTPResponse {
    fileprivate static func challenge(
        status: Int,
        realm: String,
        error: (code: String, description: String)?
    ) -> VerificationError.HTTPResponse {
        let quotable = realm.unicodeScalars.filter { " "..."~" ~= $0 && $0 != "\"" && $0 != "\\" }
        var value = "Bearer realm=\"\(String(String.UnicodeScalarView(quotable)))\""
        if let error { value += ", error=\"\(error.code)\", error_description=\"\(error.description)\"" }
        return VerificationError.HTTPResponse(status: status, headerFields: [("WWW-Authenticate", value)])
    }
}

extension VerificationError.Code {
    /// A fixed description for the caller, in the characters that RFC 6750 §3 allows in `error_description`.
    package var descriptionForCallers: String {
        switch self {
        case .credentialsMissing: "A bearer token is required."
        case .credentialsAmbiguous: "The request has more than one credential."
        case .credentialsMalformed: "The credential is not a bearer token."
        case .tokenTooLarge: "The token is too large."
        case .tokenMalformed, .headerMalformed, .claimsMalformed: "The token is malformed."
        case .signatureRemoved: "The token's signature has been removed."
        case .algorithmUnsupported, .headerUnsupported: "The token is not of the kind that this service accepts."
        case .keyIDMissing, .keyUnknown: "The token is not signed with a current key."
        case .signatureInvalid: "The token's signature is invalid."
        case .issuerMismatch: "The token is from another issuer."
        case .audienceMismatch: "The token is for another audience."
        case .tokenExpired: "The token has expired."
        case .issuedInFuture, .tokenNotYetValid: "The token is not valid yet."
        case .confirmationFailed: "The token is bound to a client certificate that the request does not prove."
        case .lifetimeTooLong: "The token's lifetime is too long."
        case .emailMissing: "The token has no e-mail address."
        case .emailNotVerified: "The token's e-mail address is not verified."
        case .callerNotAllowed: "The caller is not allowed to do this."
        case .keysUnavailable, .cancelled: "The token could not be verified."
        }
    }
}
