//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport

/// A key document as it is published at this moment, for those who want to see or keep it.
package struct PublishedKeys: Sendable {
    /// The document as it was received.
    package let bytes: [UInt8]
    /// The document, read.
    package let document: KeyDocument
    /// For how long it is fresh.
    package let lifetime: Duration

    /// Fetches a document, once.
    ///
    /// - Parameter url: The document's URL; Google's, if nil.
    /// - Returns: The document.
    /// - Throws: ``ConfigurationError`` if the URL cannot be fetched from, ``VerificationError`` with
    ///   `keys_unavailable`.
    package static func fetch(from url: String?) async throws -> PublishedKeys {
        let fetcher = KeyFetcher(url: url ?? TrustProfile.googleIDToken.keysURL, transport: CurlTransport())
        _ = try KeySource.remote(fetcher.url).open(onEvent: nil)
        let response: HTTPResponse
        do throws(TransportError) {
            response = try await fetcher.transport.get(fetcher.url)
        } catch {
            throw VerificationError(.keysUnavailable, fetcher.named("\(error)"))
        }
        let outcome = fetcher.judge(response, wasConditional: false)
        switch outcome.result {
        case .document(_, let fresh):
            do throws(KeyDocumentError) {
                let document = try KeyDocument(parsing: response.body)
                return PublishedKeys(
                    bytes: response.body,
                    document: document,
                    lifetime: fresh.lifetime ?? CacheLifetime.fallback
                )
            } catch {
                throw VerificationError(.keysUnavailable, fetcher.named("\(error)"))
            }
        case .failure(let words, _): throw VerificationError(.keysUnavailable, words)
        case .notModified: throw VerificationError(.keysUnavailable, fetcher.named("nothing was sent"))
        }
    }
}
