//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// A request that an integration serves, as far as the verifier's events tell of it.
package struct ServedRequest: Sendable {
    /// The pattern of the route or the name of the method; never text that the caller sent.
    package let route: String?
    /// Whether the integration passes the request on if it has no credentials.
    package let allowsAnonymous: Bool
    /// Whether the integration logs a refusal itself.
    package let isLogged: Bool

    package init(route: String?, allowsAnonymous: Bool = false, isLogged: Bool = false) {
        self.route = route
        self.allowsAnonymous = allowsAnonymous
        self.isLogged = isLogged
    }
}

extension IDTokenVerifier {
    /// Verifies the ID token of a request that an integration serves.
    ///
    /// The event of a refusal names the request's route. There is no event if the request has no credentials and may be
    /// anonymous; the error is thrown all the same.
    ///
    /// - Throws: ``VerificationError``.
    package func verify(
        headers: some Sequence<(name: String, value: String)>,
        of request: ServedRequest
    ) async throws(VerificationError) -> VerifiedIDToken {
        try await self.verify(.request(RequestHeaders(headers)), of: request, at: JudgementTime(nil))
    }

    /// Reports a request that was refused after its verification, by the policy of a route or by a handler.
    package func reportRefusal(_ error: VerificationError, of request: ServedRequest) {
        self.configuration.onEvent?(
            .refused(
                error,
                Event.Verification(
                    duration: .zero,
                    isCached: false,
                    route: request.route,
                    isAfterVerification: true,
                    isLogged: request.isLogged
                )
            )
        )
    }
}
