//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials

/// Establishes who calls a private service from the Google-signed OpenID Connect ID token that the caller presents.
///
/// ```swift
/// let verifier = try IDTokenVerifier(
///     audience: "https://profiles-123456.europe-west1.run.app",
///     callers: .serviceAccounts("login@my-project.iam.gserviceaccount.com"),
///     keys: .file("google-keys.json"))
/// let caller = try await verifier.verify(headers: request.headers)
/// ```
/// It is for ID tokens that Google issues, to services that receive them. It is not for access tokens, and not for
/// tokens of Firebase or Identity-Aware Proxy, which have issuers and keys of their own.
public struct IDTokenVerifier: Sendable {
    private let profile = TrustProfile.googleIDToken
    private let configuration: Configuration
    private let keySet: KeySet
    private let issuers: IssuerPolicy
    private let audiences: AudiencePolicy
    private let times: TimePolicy
    private let callers: CallerPolicy

    /// Makes a verifier for a service with one audience.
    ///
    /// - Parameters:
    ///   - audience: The audience that callers' tokens are minted for, byte by byte; on Cloud Run the service's URL.
    ///   - callers: Who may call.
    ///   - keys: Where Google's keys come from.
    ///   - configuration: How strictly to judge.
    /// - Throws: ``ConfigurationError`` if the audience is empty, the policy names nobody, a value is out of its
    ///   range, or the keys cannot be read.
    public init(
        audience: String,
        callers: CallerPolicy,
        keys: KeySource,
        configuration: Configuration = Configuration()
    ) throws(ConfigurationError) {
        try self.init(audiences: [audience], callers: callers, keys: keys, configuration: configuration)
    }

    /// Makes a verifier for a service with several audiences, such as the two URLs of a Cloud Run service.
    ///
    /// - Parameters:
    ///   - audiences: The audiences that callers' tokens are minted for; at least one.
    ///   - callers: Who may call.
    ///   - keys: Where Google's keys come from.
    ///   - configuration: How strictly to judge.
    /// - Throws: ``ConfigurationError`` if there is no audience or an empty one, the policy names nobody, a value is
    ///   out of its range, or the keys cannot be read.
    public init(
        audiences: [String],
        callers: CallerPolicy,
        keys: KeySource,
        configuration: Configuration = Configuration()
    ) throws(ConfigurationError) {
        guard !audiences.isEmpty, audiences.allSatisfy({ !$0.isEmpty }) else {
            throw ConfigurationError(.audienceMissing, "Give at least one audience, and no empty one.")
        }
        guard !callers.namesNobody else {
            throw ConfigurationError(
                .callersMissing,
                "The caller policy names nobody, or an empty name; say who may call, or .anyGoogleIdentity."
            )
        }
        try configuration.validate()
        self.configuration = configuration
        self.issuers = IssuerPolicy(configuration.issuers)
        self.audiences = AudiencePolicy(audiences)
        self.times = TimePolicy(
            clockSkew: configuration.clockSkew / .seconds(1),
            longestLifetime: configuration.longestLifetime / .seconds(1)
        )
        self.callers = callers
        self.keySet = try keys.load()
    }
}

extension IDTokenVerifier {
    /// Establishes who sent a request.
    ///
    /// Looks at `X-Serverless-Authorization` if the request has it, else at `Authorization`; never at both, except
    /// under ``RemovedSignaturePolicy/verifyAuthorizationInstead``.
    ///
    /// - Parameters:
    ///   - headers: The request's headers; names may come in any case.
    ///   - time: The time to judge by; now, if nil.
    /// - Returns: The caller.
    /// - Throws: ``VerificationError``.
    public func verify(
        headers: some Sequence<(name: String, value: String)>,
        at time: Date? = nil
    ) async throws(VerificationError) -> VerifiedIDToken {
        try self.verify(RequestHeaders(headers), at: time)
    }

    /// Establishes who sent a request.
    ///
    /// - Parameters:
    ///   - headers: The request's headers; names may come in any case.
    ///   - time: The time to judge by; now, if nil.
    /// - Returns: The caller.
    /// - Throws: ``VerificationError``.
    public func verify(
        headers: [String: String],
        at time: Date? = nil
    ) async throws(VerificationError) -> VerifiedIDToken {
        try self.verify(RequestHeaders(headers), at: time)
    }

    /// Establishes whom a token names.
    ///
    /// A removed signature is rejected under every policy, since no header tells where the token came from.
    ///
    /// - Parameters:
    ///   - token: The token, in the compact form of RFC 7515 §7.1.
    ///   - time: The time to judge by; now, if nil.
    /// - Returns: The caller.
    /// - Throws: ``VerificationError``.
    public func verify(token: String, at time: Date? = nil) async throws(VerificationError) -> VerifiedIDToken {
        let token = try CompactToken(parsing: token, maximumSize: self.configuration.maximumTokenSize)
        guard !token.isSignatureRemoved else { throw .signatureRemoved(in: nil) }
        return try self.verify(token, from: nil, at: time)
    }
}

extension IDTokenVerifier {
    /// The token that a request would be judged by, not verified.
    ///
    /// - Throws: ``VerificationError``.
    package static func credential(
        in headers: some Sequence<(name: String, value: String)>
    ) throws(VerificationError) -> String {
        let headers = RequestHeaders(headers)
        return try headers.bearerToken(in: headers.preferred, maximumSize: Configuration().maximumTokenSize)
    }

    private func verify(_ headers: RequestHeaders, at time: Date?) throws(VerificationError) -> VerifiedIDToken {
        let header = headers.preferred
        let token = try self.token(in: header, of: headers)
        guard token.isSignatureRemoved else { return try self.verify(token, from: header, at: time) }

        switch self.configuration.removedSignature {
        case .reject:
            throw .signatureRemoved(in: header)
        case .verifyAuthorizationInstead:
            guard header == .xServerlessAuthorization else { throw .signatureRemoved(in: header) }
            let other: CompactToken
            do throws(VerificationError) {
                other = try self.token(in: .authorization, of: headers)
            } catch {
                throw error.code == .credentialsMissing ? .signatureRemoved(in: header) : error
            }
            guard !other.isSignatureRemoved else { throw .signatureRemoved(in: .authorization) }
            return try self.verify(other, from: .authorization, at: time)
        case .trustCloudRun:
            _ = try TokenHeader(parsing: token.header, algorithm: self.profile.algorithm)
            return try self.judge(token, vouchedForBy: .cloudRunIAM, from: header, at: time)
        }
    }

    private func token(
        in header: CredentialHeader,
        of headers: RequestHeaders
    ) throws(VerificationError) -> CompactToken {
        let maximumSize = self.configuration.maximumTokenSize
        let text = try headers.bearerToken(in: header, maximumSize: maximumSize)
        return try CompactToken(parsing: text, maximumSize: maximumSize)
    }

    /// Verifies a token in full.
    private func verify(
        _ token: CompactToken,
        from credentialHeader: CredentialHeader?,
        at time: Date?
    ) throws(VerificationError) -> VerifiedIDToken {
        let header = try TokenHeader(parsing: token.header, algorithm: self.profile.algorithm)
        guard let keyID = header.keyID else { throw .keyIDMissing }
        guard let key = self.keySet[keyID] else { throw .keyUnknown }
        try token.verifySignature(with: key)
        return try self.judge(token, vouchedForBy: .key(keyID), from: credentialHeader, at: time)
    }

    /// Reads the claims of a token that something vouches for, and checks what they say.
    private func judge(
        _ token: CompactToken,
        vouchedForBy voucher: VerifiedIDToken.Voucher,
        from credentialHeader: CredentialHeader?,
        at time: Date?
    ) throws(VerificationError) -> VerifiedIDToken {
        let claims = try Claims(parsing: token.payload)
        let issuer = try self.issuers.check(claims)
        let audiences = try self.audiences.check(claims)
        try self.times.check(claims, at: (time ?? Date()).timeIntervalSince1970)
        try self.callers.check(claims)
        return VerifiedIDToken(
            claims: claims,
            issuer: issuer,
            audiences: audiences,
            voucher: voucher,
            credentialHeader: credentialHeader
        )
    }
}

extension VerificationError {
    fileprivate static var keyIDMissing: VerificationError {
        VerificationError(.keyIDMissing, "The token's header names no key (kid) as text; Google's ID tokens do.")
    }

    fileprivate static var keyUnknown: VerificationError {
        VerificationError(
            .keyUnknown,
            "No current key has the token's key ID: the token was not signed with Google's ID-token keys (a Firebase "
                + "token, or one that a service account signed itself), or it is so old that its key has been retired; "
                + "'idtoken inspect' shows what it says."
        )
    }

    fileprivate static func signatureRemoved(in header: CredentialHeader?) -> VerificationError {
        let place = header?.rawValue ?? "The token"
        let remedy =
            switch header {
            case .xServerlessAuthorization:
                "have the caller send a token in Authorization as well and set Configuration.removedSignature to "
                    + ".verifyAuthorizationInstead"
            case .authorization:
                "have the caller send the token for Cloud Run in X-Serverless-Authorization and one for this service "
                    + "in Authorization, and set Configuration.removedSignature to .verifyAuthorizationInstead"
            case nil:
                "capture the token before Cloud Run, or verify the whole request's headers"
            }
        return VerificationError(
            .signatureRemoved,
            "\(place) carries a token whose signature Cloud Run has removed after its own check; \(remedy); or, if "
                + "the service requires authentication, choose .trustCloudRun."
        )
    }
}
