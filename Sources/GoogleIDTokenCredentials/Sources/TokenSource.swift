//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// A way to obtain ID tokens.
protocol IDTokenSource: Sendable {
    /// The source in words, for health and explanations; without secrets.
    var words: String { get }

    /// Obtains a token.
    ///
    /// - Parameter audience: The audience; it is not empty.
    /// - Returns: The token.
    /// - Throws: ``IDTokenCredentialsError``.
    func idToken(for audience: String) async throws(IDTokenCredentialsError) -> FetchedToken
}

/// A way to obtain access tokens of OAuth for Google's APIs, with which ID tokens are requested.
protocol AccessTokenFetching: Sendable {
    /// The source in words, for health and explanations; without secrets.
    var words: String { get }

    /// Obtains a token with the scope `cloud-platform`.
    ///
    /// - Throws: ``IDTokenCredentialsError``.
    func accessToken() async throws(IDTokenCredentialsError) -> FetchedToken
}

/// Names that several sources use.
enum GoogleName {
    /// The domain of Google's APIs.
    static let universe = "googleapis.com"
    /// The scope of an access token that may request ID tokens.
    static let scope = "https://www.googleapis.com/auth/cloud-platform"
    /// Google's token endpoint.
    static let tokenURL = "https://oauth2.googleapis.com/token"
    /// The type of the content of a form.
    static let formField = (name: "Content-Type", value: "application/x-www-form-urlencoded")
}
