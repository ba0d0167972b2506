//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
private import FoundationEssentials

/// Makes one attempt to fetch a key document over HTTP.
struct KeyFetcher: Sendable {
    let url: String
    let profile: TrustProfile
    let client: KeyClient

    init(url: String, profile: TrustProfile, client: KeyClient) {
        self.url = url
        self.profile = profile
        self.client = client
    }

    /// Creates a fetcher that uses libcurl.
    ///
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` if the URL, or the certificate authorities for it, cannot be used.
    init(
        url: String,
        for profile: TrustProfile,
        with transport: CurlTransport
    ) throws(IDTokenVerifier.ConfigurationError) {
        do throws(TransportError) {
            try transport.check(url)
        } catch {
            let shown = CurlTransport.shown(url)
            let explanation =
                switch error.kind {
                case .plainHTTP:
                    "The URL of the keys, \(shown), cannot be used: \(error). Use https, since whoever changes the keys on "
                        + "their way decides which tokens are accepted. For a stand-in on another host, in tests only, "
                        + "choose KeySource.remoteWithoutTLSForTests(_:)."
                case .certificateAuthoritiesUnreadable: "Keys cannot be fetched from \(shown): \(error)."
                default: "The URL of the keys, \(shown), cannot be used: \(error)."
                }
            throw IDTokenVerifier.ConfigurationError(.keySourceInvalid, explanation)
        }
        self.init(url: url, profile: profile, client: KeyClient(transport))
    }

    /// Fetches the document.
    ///
    /// - Parameter validators: The validators of the current document, if there is one.
    /// - Returns: The outcome; it never throws, since all failures are handled in the same way.
    func fetch(_ validators: KeyValidators?) async -> KeyFetchOutcome {
        let requestFields = validators?.requestFields ?? []
        do {
            return self.judge(
                try await self.client.get(self.url, requestFields),
                wasConditional: !requestFields.isEmpty
            )
        } catch {
            var outcome = self.failure("\(error)")
            outcome.underlying = if let failure = error as? KeyClient.Failure { failure.underlying } else { error }
            return outcome
        }
    }

    /// Interprets a response that has just arrived.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - wasConditional: Whether the request was conditional.
    /// - Returns: The outcome for the keys.
    func judge(_ response: KeySource.Response, wasConditional: Bool) -> KeyFetchOutcome {
        let fields = HeaderFields(response.headerFields)
        let now = Int(Date().timeIntervalSince1970)
        var outcome = self.judge(response, fields, now: now, wasConditional: wasConditional)
        outcome.clock = fields.clock(now: now)
        return outcome
    }

    private func judge(
        _ response: KeySource.Response,
        _ fields: HeaderFields,
        now: Int,
        wasConditional: Bool
    ) -> KeyFetchOutcome {
        let lifetime = CacheLifetime.read(fields, now: now)
        let validators = KeyValidators(
            entityTag: Self.validator(fields.all("etag").first),
            lastModified: Self.validator(fields.all("last-modified").first)
        )
        let fresh = KeyFetchOutcome.Freshness(lifetime: lifetime, validators: validators)
        switch response.status {
        case 200:
            do throws(KeyDocumentError) {
                let document = try KeyDocument(parsing: response.body, for: self.profile)
                return KeyFetchOutcome(result: .document(document.keySet, fresh: fresh))
            } catch {
                return self.failure("the response is not a key document: \(error)")
            }
        case 304 where wasConditional:
            return KeyFetchOutcome(result: .notModified(fresh: fresh))
        case 304:
            return self.failure("the server responded with status 304 (Not Modified) to an unconditional request")
        case 300..<400:
            return self.failure(
                "the server responded with a redirect (status \(response.status)), which is not followed; "
                    + "give the final URL"
            )
        default:
            return self.failure(
                "the server responded with status \(response.status)",
                retryAfter: fields.retryAfter(now: now)
            )
        }
    }

    private func failure(_ reason: String, retryAfter: Duration? = nil) -> KeyFetchOutcome {
        KeyFetchOutcome(result: .failure(self.named(reason), retryAfter: retryAfter))
    }

    /// Prefixes a failure's reason with the URL.
    func named(_ reason: String) -> String {
        "\(CurlTransport.shown(self.url)): \(reason)"
    }

    /// Returns a validator unless it is so long that the server might reject a request with it.
    private static func validator(_ value: String?) -> String? {
        value.flatMap { $0.utf8.count <= 1_024 ? $0 : nil }
    }
}
