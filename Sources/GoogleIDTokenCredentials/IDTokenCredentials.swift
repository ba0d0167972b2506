//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import GoogleIDToken

/// Fetches Google-signed ID tokens for audiences, keeps them, and replaces them before they expire.
///
/// ```swift
/// let credentials = try IDTokenCredentials.applicationDefault()
/// let header = try await credentials.header(for: "https://profiles-123456.europe-west1.run.app")
/// request.headers.add(name: header.name, value: header.value)
/// ```
/// Create one instance for a process and share it: it keeps the tokens of at most 64 audiences. For each audience at most one
/// fetch runs at a time. A token is replaced 240 seconds before it expires, and is used until it expires while fetches fail.
public final class IDTokenCredentials: Sendable {
    private let source: any IDTokenSource
    private let environment: CredentialsEnvironment
    private let cache: AudienceCache

    init(_ source: any IDTokenSource, _ environment: CredentialsEnvironment) {
        self.source = source
        self.environment = environment
        let report = environment.onEvent
        self.cache = AudienceCache { audience in
            TokenStore(environment) { () async throws(IDTokenCredentialsError) in
                try await source.idToken(for: audience)
            } onResult: { result, outcome in
                switch result {
                case .success(let token):
                    let expiresIn = Duration.seconds(max(token.usableUntil - environment.clock.now(), 0))
                    report?(.tokenFetched(.init(audience: audience, expiresIn: expiresIn)))
                case .failure(let error):
                    report?(
                        .fetchFailed(
                            .init(
                                audience: audience,
                                error: error,
                                retryIn: outcome.retryIn,
                                hasUsableToken: outcome.hasUsableToken
                            )
                        )
                    )
                }
            }
        }
    }

    /// Returns an ID token for an audience.
    ///
    /// It suspends only while a token is fetched. If this task is cancelled meanwhile, the fetch goes on for other tasks.
    ///
    /// - Parameter audience: The receiver's audience, byte by byte: for Cloud Run the service's URL without a path, for
    ///   Identity-Aware Proxy the OAuth client ID.
    /// - Returns: The token; it has not expired.
    /// - Throws: ``IDTokenCredentialsError``.
    public func token(for audience: String) async throws(IDTokenCredentialsError) -> Token {
        Token(try await self.fetchedToken(for: audience), audience: audience)
    }

    /// Returns the header field that authorizes a request to an audience.
    ///
    /// - Parameters:
    ///   - audience: The receiver's audience, as for ``token(for:)``.
    ///   - header: The header. Use `X-Serverless-Authorization` if the application needs `Authorization` for itself; Cloud Run
    ///     then checks only the former.
    /// - Returns: The name of the header field and its value, `Bearer` and the token.
    /// - Throws: ``IDTokenCredentialsError``.
    public func header(
        for audience: String,
        in header: CredentialHeader = .authorization
    ) async throws(IDTokenCredentialsError) -> (name: String, value: String) {
        (header.rawValue, try await self.fetchedToken(for: audience).header)
    }

    /// Fetches the tokens for some audiences, so that the first requests need not wait.
    ///
    /// - Parameter audiences: The audiences; for each without a valid token, one is fetched.
    /// - Throws: ``IDTokenCredentialsError`` of the first audience for which there is no token.
    public func warmUp(for audiences: String...) async throws(IDTokenCredentialsError) {
        try await self.warmUp(for: audiences)
    }

    /// Fetches the tokens for some audiences, so that the first requests need not wait.
    ///
    /// - Parameter audiences: The audiences; for each without a valid token, one is fetched.
    /// - Throws: ``IDTokenCredentialsError`` of the first audience for which there is no token.
    public func warmUp(for audiences: [String]) async throws(IDTokenCredentialsError) {
        let results = await withTaskGroup(of: (Int, IDTokenCredentialsError?).self) { group in
            for (index, audience) in audiences.enumerated() {
                group.addTask {
                    do throws(IDTokenCredentialsError) {
                        _ = try await self.fetchedToken(for: audience)
                        return (index, nil)
                    } catch {
                        return (index, error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let failures = results.compactMap { index, error in error.map { (index, $0) } }
        if let (_, error) = failures.min(by: { $0.0 < $1.0 }) { throw error }
    }

    /// Replaces the tokens of all audiences before they expire, until the task is cancelled.
    ///
    /// Without it, a token is replaced when it is asked for in its last 240 seconds. With it, a service that is idle for hours
    /// has a valid token for its next request. It goes on after every kind of failure.
    public func run() async {
        while !Task.isCancelled {
            for (_, store) in self.cache.stores { store.refreshIfDue() }
            // The wall clock may be set, and there may be other audiences soon, so no sleep is longer than this.
            await self.environment.clock.sleep(.seconds(ExpiryClock.longestSleep))
        }
    }

    /// The state of the tokens.
    public var health: Health {
        Health(
            source: self.source.words,
            audiences: self.cache.stores.map { $0.store.health(of: $0.audience) },
            clockOffset: self.environment.clockOffset.current
        )
    }

    private func fetchedToken(for audience: String) async throws(IDTokenCredentialsError) -> FetchedToken {
        let store: TokenStore
        if let known = self.cache.knownStore(for: audience) {
            store = known
        } else {
            try Self.check(audience)
            store = self.cache.store(for: audience)
        }
        return try await store.token()
    }

    /// Checks that a token can have an audience.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `audience_invalid`.
    static func check(_ audience: String) throws(IDTokenCredentialsError) {
        guard !audience.utf8.isEmpty, audience.utf8.count <= 2_048 else {
            throw IDTokenCredentialsError(
                .audienceInvalid,
                "The audience is empty or longer than 2048 bytes; give the URL or the client ID that the receiver expects."
            )
        }
        guard let mistake = ConfiguredText(audience).mistake else { return }
        let meant = mistake.meant.first.map { "; give \($0.quotedForOperators) instead" } ?? ""
        throw IDTokenCredentialsError(
            .audienceInvalid,
            "There is no token for the audience \(audience.quotedForOperators), \(mistake.what)\(meant)."
        )
    }
}
