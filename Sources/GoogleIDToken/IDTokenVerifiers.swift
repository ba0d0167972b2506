//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials

/// Verifies the tokens of several issuers, for a service that is called in more than one way.
///
/// ```swift
/// let verifiers = try IDTokenVerifiers(
///     try IDTokenVerifier(
///         trusting: .identityAwareProxy,
///         audience: .cloudRun(project: 123456, region: "europe-west1", service: "profiles"),
///         callers: .hostedDomain("example.com")),
///     try IDTokenVerifier(
///         audience: "https://profiles-123456.europe-west1.run.app",
///         callers: .serviceAccounts("login@my-project.iam.gserviceaccount.com")))
/// let caller = try await verifiers.verify(headers: request.headers)
/// ```
/// The header that carries a token chooses the verifier, which alone then decides: a token that it rejects is never tried
/// with another one (RFC 8725 §3.12). A request with tokens for more than one verifier is rejected with
/// `credentials_ambiguous`. ``VerifiedIDToken/credentialHeader`` and ``VerifiedIDToken/issuer`` say which one accepted it.
///
/// A token in `X-Serverless-Authorization` whose signature was removed does not count beside an assertion of Identity-Aware
/// Proxy, since Identity-Aware Proxy adds it when it calls Cloud Run itself.
public struct IDTokenVerifiers: Sendable {
    /// The verifiers, no two of which read the same header.
    public let verifiers: [IDTokenVerifier]

    /// Creates a choice of verifiers.
    ///
    /// - Parameter verifiers: The verifiers, at least one.
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` with `verifiers_ambiguous` if there is none, or two of them read the
    ///   same header, such as verifiers of Google ID tokens and of Firebase tokens.
    public init(_ verifiers: IDTokenVerifier...) throws(IDTokenVerifier.ConfigurationError) {
        try self.init(verifiers)
    }

    /// Creates a choice of verifiers.
    ///
    /// - Parameter verifiers: The verifiers, at least one.
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` with `verifiers_ambiguous` if there is none, or two of them read the
    ///   same header, such as verifiers of Google ID tokens and of Firebase tokens.
    public init(_ verifiers: [IDTokenVerifier]) throws(IDTokenVerifier.ConfigurationError) {
        guard !verifiers.isEmpty else {
            throw IDTokenVerifier.ConfigurationError(
                .verifiersAmbiguous,
                "There is no verifier to choose; give at least one."
            )
        }
        for header in CredentialHeader.allCases {
            let readers = verifiers.filter { $0.profile.credentialHeaders.contains(header) }
            guard readers.count > 1 else { continue }
            throw IDTokenVerifier.ConfigurationError(
                .verifiersAmbiguous,
                "Several verifiers read \(header.rawValue): those of \(readers.map(\.profile.name).quotedForOperators). The "
                    + "header must choose one, since tokens are never tried; use one of them for each route or service."
            )
        }
        self.verifiers = verifiers
    }

    /// Verifies the token of a request with the verifier that its header chooses.
    ///
    /// - Parameters:
    ///   - headers: The request's headers; the case of their names does not matter.
    ///   - time: The time at which the token must be valid; nil means the current time.
    /// - Returns: The verified caller.
    /// - Throws: ``VerificationError``.
    public func verify(
        headers: some Sequence<(name: String, value: String)>,
        at time: Date? = nil
    ) async throws(VerificationError) -> VerifiedIDToken {
        let headers = RequestHeaders(headers)
        return try await self.verifier(for: headers).verify(.request(headers), at: JudgementTime(time))
    }

    /// Verifies the token of a request with the verifier that its header chooses.
    ///
    /// - Parameters:
    ///   - headers: The request's headers; the case of their names does not matter.
    ///   - time: The time at which the token must be valid; nil means the current time.
    /// - Returns: The verified caller.
    /// - Throws: ``VerificationError``.
    public func verify(
        headers: [String: String],
        at time: Date? = nil
    ) async throws(VerificationError) -> VerifiedIDToken {
        let headers = RequestHeaders(headers)
        return try await self.verifier(for: headers).verify(.request(headers), at: JudgementTime(time))
    }

    /// Verifies a request with the keys that are already loaded, for code that cannot suspend.
    ///
    /// - Parameters:
    ///   - headers: The request's headers; the case of their names does not matter.
    ///   - time: The time at which the token must be valid; nil means the current time.
    /// - Returns: The verified caller.
    /// - Throws: ``VerificationError``; `keys_unavailable` if no keys are loaded, or if they are too old to use.
    public func verifyWithoutFetching(
        headers: some Sequence<(name: String, value: String)>,
        at time: Date? = nil
    ) throws(VerificationError) -> VerifiedIDToken {
        let headers = RequestHeaders(headers)
        return try self.verifier(for: headers).verifyWithoutFetching(.request(headers), at: JudgementTime(time))
    }

    /// Returns verifiers for requests of one connection, see ``IDTokenVerifier/withClientCertificate(_:)``.
    ///
    /// - Parameter certificate: The certificate; nil if the client has none.
    /// - Returns: The verifiers.
    public func withClientCertificate(_ certificate: ClientCertificate?) -> IDTokenVerifiers {
        IDTokenVerifiers(checked: self.verifiers.map { $0.withClientCertificate(certificate) })
    }

    /// Creates a choice of one verifier, which judges every request.
    package init(only verifier: IDTokenVerifier) {
        self.verifiers = [verifier]
    }

    private init(checked verifiers: [IDTokenVerifier]) {
        self.verifiers = verifiers
    }
}

extension IDTokenVerifiers {
    /// Fetches the keys of all verifiers.
    ///
    /// - Throws: ``VerificationError`` with `keys_unavailable` or `cancelled`; the other verifiers have their keys then.
    public func warmUp() async throws(VerificationError) {
        var failure: VerificationError?
        for verifier in self.verifiers {
            do throws(VerificationError) {
                try await verifier.warmUp()
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }

    /// Keeps the keys of all verifiers fresh until the task is cancelled.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            for verifier in self.verifiers { group.addTask { await verifier.run() } }
        }
    }
}

extension IDTokenVerifiers {
    /// Returns the verifier for a request that an integration serves.
    ///
    /// - Throws: ``VerificationError`` with `credentials_ambiguous`; the event is reported already.
    package func verifier(
        for headers: some Sequence<(name: String, value: String)>,
        of request: ServedRequest
    ) throws(VerificationError) -> IDTokenVerifier {
        if self.verifiers.count == 1 { return self.verifiers[0] }
        return try self.verifier(for: RequestHeaders(headers), of: request)
    }

    /// Returns the verifier for a request: the one whose header carries a token.
    private func verifier(
        for headers: RequestHeaders,
        of request: ServedRequest? = nil
    ) throws(VerificationError) -> IDTokenVerifier {
        let hasAssertion = headers.has(.xGoogIAPJWTAssertion)
        let chosen = self.verifiers.filter { verifier in
            verifier.profile.credentialHeaders.contains { header in
                guard headers.carriesToken(in: header) else { return false }
                let isOfProxy =
                    hasAssertion && header == .xServerlessAuthorization && headers.isSignatureRemoved(in: header)
                return !isOfProxy
            }
        }
        guard let first = chosen.first else { return self.verifierOfMissing(headers) }
        guard chosen.count == 1 else {
            let error = VerificationError(
                .credentialsAmbiguous,
                "The request has tokens for more than one verifier, of \(chosen.map(\.profile.name).quotedForOperators); a "
                    + "caller, or a proxy on the way, added its own. Make sure that the request carries one credential."
            )
            first.report(error, of: request, since: first.startTime())
            throw error
        }
        return first
    }

    /// The verifier that explains what a request lacks: the one with a header that the request has, or the last one.
    private func verifierOfMissing(_ headers: RequestHeaders) -> IDTokenVerifier {
        let present = self.verifiers.last { $0.profile.credentialHeaders.contains { headers.has($0) } }
        return present ?? self.verifiers[self.verifiers.count - 1]
    }
}
