//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport

/// A key document as it is published now, for commands that show or store it.
package struct PublishedKeys: Sendable {
    /// The document's bytes as they were received.
    package let bytes: [UInt8]
    /// The parsed document.
    package let document: KeyDocument
    /// The time for which the document is fresh.
    package let lifetime: Duration

    /// Fetches a document once.
    ///
    /// - Parameters:
    ///   - url: The document's URL; nil means that of the profile.
    ///   - profile: The kind of token that the keys verify.
    /// - Returns: The document.
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` if the URL cannot be used, and ``VerificationError`` with
    ///   `keys_unavailable`.
    package static func fetch(
        from url: String?,
        for profile: TrustProfile = .googleIDToken
    ) async throws -> PublishedKeys {
        let fetcher = try KeyFetcher(url: url ?? profile.keysURL, for: profile, with: CurlTransport())
        let response: KeySource.Response
        do {
            response = try await fetcher.client.get(fetcher.url, [])
        } catch {
            throw VerificationError(.keysUnavailable, fetcher.named("\(error)"))
        }
        let outcome = fetcher.judge(response, wasConditional: false)
        switch outcome.result {
        case .document(_, let fresh):
            do throws(KeyDocumentError) {
                let document = try KeyDocument(parsing: response.body, for: profile)
                return PublishedKeys(
                    bytes: response.body,
                    document: document,
                    lifetime: fresh.lifetime ?? CacheLifetime.fallback
                )
            } catch {
                throw VerificationError(.keysUnavailable, fetcher.named("\(error)"))
            }
        case .failure(let words, _): throw VerificationError(.keysUnavailable, words)
        case .notModified: throw VerificationError(.keysUnavailable, fetcher.named("the response has no content"))
        }
    }
}
