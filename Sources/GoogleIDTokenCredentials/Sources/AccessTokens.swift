//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import IDTokenPlatform

/// The access tokens of a source, kept until they expire; or of a function of the application, which keeps them itself.
struct AccessTokens: Sendable {
    private enum Origin: Sendable {
        case store(TokenStore)
        case closure(@Sendable () async throws -> String)
    }

    /// The time limit of a function of the application.
    static let timeLimit: Duration = .seconds(30)

    let words: String
    private let origin: Origin

    init(of source: some AccessTokenFetching, _ environment: CredentialsEnvironment) {
        self.words = source.words
        self.origin = .store(
            TokenStore(environment) { () async throws(IDTokenCredentialsError) in try await source.accessToken() }
        )
    }

    init(calling closure: @escaping @Sendable () async throws -> String) {
        self.words = "access tokens of the application"
        self.origin = .closure(closure)
    }

    /// Returns a token.
    ///
    /// - Throws: ``IDTokenCredentialsError``.
    func token() async throws(IDTokenCredentialsError) -> String {
        switch self.origin {
        case .store(let store): return try await store.token().text
        case .closure(let closure):
            let result = await TimeLimit.first(within: Self.timeLimit) { try await closure() }
            guard let result else {
                throw IDTokenCredentialsError(
                    .accessTokenUnavailable,
                    "The application's source of access tokens returned nothing within \(Self.timeLimit)."
                )
            }
            switch result {
            case .success(let text) where ServerAnswer.isAccessToken(text): return text
            case .success:
                throw IDTokenCredentialsError(
                    .accessTokenUnavailable,
                    "The application's source of access tokens returned a text that is empty or contains white space or "
                        + "non-ASCII characters; return the token alone, without Bearer."
                )
            case .failure(let error):
                // The error's own text may contain anything, such as a token.
                throw IDTokenCredentialsError(
                    .accessTokenUnavailable,
                    "The application's source of access tokens failed with \(type(of: error))."
                )
            }
        }
    }

    /// Forgets a token that a server has refused, so that the next request uses another one.
    func forget(_ text: String) {
        if case .store(let store) = self.origin { store.forget(text) }
    }
}
