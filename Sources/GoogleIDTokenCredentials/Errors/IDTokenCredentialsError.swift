//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The reason why there is no token.
///
/// It never contains a token, a key or another secret. Two errors are equal if their codes are equal.
public struct IDTokenCredentialsError: Error, Sendable {
    /// The kind of failure; its raw value suits a metric label, since there are few kinds.
    @nonexhaustive
    public enum Code: String, Sendable, CaseIterable {
        /// No token can be for this audience, or it cannot be derived from the request's URL.
        case audienceInvalid = "audience_invalid"
        /// An argument, or an environment variable, cannot be used.
        case argumentInvalid = "argument_invalid"
        /// A credential file does not exist or cannot be read.
        case fileUnreadable = "file_unreadable"
        /// A credential file is not JSON, or a member is missing or wrong.
        case fileInvalid = "file_invalid"
        /// This kind of credential cannot obtain ID tokens for an audience, or this package does not support it.
        case credentialUnsupported = "credential_unsupported"
        /// The private key of a service account cannot be used.
        case keyUnusable = "key_unusable"
        /// A credential file names a URL to which its secrets must not be sent.
        case urlNotAllowed = "url_not_allowed"
        /// A credential file names a program, and the environment does not allow to run it.
        case executableNotAllowed = "executable_not_allowed"
        /// The metadata server has no such service account, or none at all.
        case accountMissing = "account_missing"
        /// The server does not accept the credential: HTTP 401, or an OAuth error such as `invalid_grant`.
        case credentialRefused = "credential_refused"
        /// The credential is accepted, but has no permission to obtain this token: HTTP 403.
        case permissionDenied = "permission_denied"
        /// The server refuses the request, for example because of its audience: other statuses from 400 on.
        case requestRefused = "request_refused"
        /// The server cannot be reached, or did not respond in time.
        case serverUnreachable = "server_unreachable"
        /// The server failed or is overloaded: HTTP 408, 429 or 5xx.
        case serverFailed = "server_failed"
        /// The response is not what was asked for: a redirect, an error page, or something that is no token.
        case answerInvalid = "answer_invalid"
        /// The token in the response has already expired.
        case tokenExpired = "token_expired"
        /// The token in the response is for another audience.
        case audienceMismatch = "audience_mismatch"
        /// The token that proves the workload's identity to Google could not be obtained from the other provider.
        case subjectTokenUnavailable = "subject_token_unavailable"
        /// The application's own source of access tokens failed.
        case accessTokenUnavailable = "access_token_unavailable"
        /// The task was cancelled while it waited for the token.
        case cancelled
    }

    /// What an error means for the caller.
    public enum Disposition: String, Sendable, CaseIterable {
        /// The application, a file or the environment must be changed.
        case misconfigured
        /// Google refuses: a key was deleted, or a permission is missing.
        case refused
        /// It may work later without a change; the next attempt follows by itself.
        case unavailable
        /// The task was cancelled.
        case cancelled
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, the likely cause and the remedy, in one line.
    public internal(set) var explanation: String
    /// The time until the next attempt is allowed; until then this error is thrown again without a request.
    public internal(set) var retryAfter: Duration?
    /// Whether another attempt may succeed at once: HTTP 408, 429, 5xx, and failures of the connection.
    let isTransient: Bool

    init(_ code: Code, _ explanation: String, isTransient: Bool = false, retryAfter: Duration? = nil) {
        self.code = code
        self.explanation = explanation
        self.isTransient = isTransient
        self.retryAfter = retryAfter
    }

    static let cancelled = IDTokenCredentialsError(.cancelled, "The task was cancelled while it waited for a token.")

    /// What the error means for the caller.
    public var disposition: Disposition { self.code.disposition }
}

extension IDTokenCredentialsError.Code {
    /// What errors with this code mean for the caller.
    public var disposition: IDTokenCredentialsError.Disposition {
        switch self {
        case .audienceInvalid, .argumentInvalid, .fileUnreadable, .fileInvalid, .credentialUnsupported, .keyUnusable,
            .urlNotAllowed, .executableNotAllowed, .accountMissing:
            .misconfigured
        case .credentialRefused, .permissionDenied, .requestRefused: .refused
        case .serverUnreachable, .serverFailed, .answerInvalid, .tokenExpired, .audienceMismatch,
            .subjectTokenUnavailable, .accessTokenUnavailable:
            .unavailable
        case .cancelled: .cancelled
        }
    }
}

extension IDTokenCredentialsError: Equatable {
    /// Compares the codes of two errors.
    ///
    /// - Parameters:
    ///   - left: An error.
    ///   - right: An error.
    /// - Returns: Whether both have the same code.
    public static func == (left: IDTokenCredentialsError, right: IDTokenCredentialsError) -> Bool {
        left.code == right.code
    }
}

extension IDTokenCredentialsError: CustomStringConvertible {
    /// The code and the explanation.
    public var description: String {
        "\(self.code.rawValue): \(self.explanation)"
    }
}
