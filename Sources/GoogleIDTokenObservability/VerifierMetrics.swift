//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Observability
public import CoreMetrics
public import GoogleIDToken
internal import IDTokenPlatform

/// Records the events of a verifier as metrics.
///
/// ```swift
/// var configuration = IDTokenVerifier.Configuration()
/// configuration.onEvent = VerifierMetrics().record
/// ```
/// | metric | kind | labels |
/// |---|---|---|
/// | `google_id_token_verifications_total` | counter | `code`: `verified`, or a `VerificationError.Code`'s raw value; `cached`: `true` or `false`; for a refusal always `false` |
/// | `google_id_token_verification_seconds` | timer | |
/// | `google_id_token_refusals_total` | counter: the refused requests | `code`: a `VerificationError.Code`'s raw value; `stage`: the step that failed |
/// | `google_id_token_key_fetches_total` | counter | `outcome`: `fetched`, `unchanged` or `failed` |
/// | `google_id_token_keys` | gauge: the number of usable keys after the last fetch; keys of a file or a document are not fetched | |
/// | `google_id_token_key_age_seconds` | gauge: the time since the keys were fetched or confirmed | |
///
/// A request that the policy of its route, or its handler, refuses after the verification counts as a refusal, and as a
/// verification with the code `verified`. The stages are `credential`, `token`, `header`, `key`, `signature`, `claims`,
/// `issuer`, `audience`, `time`, `caller`, `key_fetch` and `cancellation`.
///
/// Several verifiers of one service need `VerifierMetrics(verifier:)`, whose metrics also have the label `verifier`.
///
/// Every label has a fixed set of values, and no value comes from a request. The age is updated with every event.
public struct VerifierMetrics: Sendable {
    private let verified: Counter
    private let verifiedFromCache: Counter
    private let failedVerifications: [VerificationError.Code: Counter]
    private let refusals: [VerificationError.Code: Counter]
    private let duration: CoreMetrics.Timer
    private let fetched: Counter
    private let unchanged: Counter
    private let failed: Counter
    private let keyCount: Gauge
    private let keyAge: Gauge
    private let confirmedAt = Lock<ContinuousClock.Instant?>(nil)

    /// Creates the metrics.
    ///
    /// - Parameters:
    ///   - name: The name of the verifier, for the label `verifier`, in a service with several; nil means no such label.
    ///     Give a name to all verifiers of a service, or to none.
    ///   - factory: The factory of the metrics; nil means the process's own factory.
    public init(verifier name: String? = nil, factory: (any MetricsFactory)? = nil) {
        let ofVerifier = name.map { [("verifier", $0)] } ?? []
        let factory = factory ?? MetricsSystem.factory
        func verifications(_ code: String, isCached: Bool = false) -> Counter {
            Counter(
                label: "google_id_token_verifications_total",
                dimensions: [("code", code), ("cached", isCached ? "true" : "false")] + ofVerifier,
                factory: factory
            )
        }
        func fetches(_ outcome: String) -> Counter {
            Counter(
                label: "google_id_token_key_fetches_total",
                dimensions: [("outcome", outcome)] + ofVerifier,
                factory: factory
            )
        }
        self.verified = verifications("verified")
        self.verifiedFromCache = verifications("verified", isCached: true)
        let codes = VerificationError.Code.allCases
        self.failedVerifications = Dictionary(uniqueKeysWithValues: codes.map { ($0, verifications($0.rawValue)) })
        self.refusals = Dictionary(
            uniqueKeysWithValues: codes.map { code in
                let dimensions = [("code", code.rawValue), ("stage", code.stage.label)] + ofVerifier
                return (
                    code,
                    Counter(label: "google_id_token_refusals_total", dimensions: dimensions, factory: factory)
                )
            }
        )
        self.duration = CoreMetrics.Timer(
            label: "google_id_token_verification_seconds",
            dimensions: ofVerifier,
            factory: factory
        )
        self.fetched = fetches("fetched")
        self.unchanged = fetches("unchanged")
        self.failed = fetches("failed")
        self.keyCount = Gauge(label: "google_id_token_keys", dimensions: ofVerifier, factory: factory)
        self.keyAge = Gauge(label: "google_id_token_key_age_seconds", dimensions: ofVerifier, factory: factory)
    }

    /// Records an event.
    ///
    /// - Parameter event: The event.
    @Sendable public func record(_ event: IDTokenVerifier.Event) {
        switch event {
        case .verified(let verification):
            (verification.isCached ? self.verifiedFromCache : self.verified).increment()
            self.record(verification.duration)
        case .refused(let error, let verification):
            self.refusals[error.code]?.increment()
            // The verification before a later refusal was an event of its own.
            if !verification.isAfterVerification {
                self.failedVerifications[error.code]?.increment()
                self.record(verification.duration)
            }
        case .keysFetched(let fetch):
            self.fetched.increment()
            self.keyCount.record(fetch.keyCount)
            self.confirm()
        case .keysUnchanged:
            self.unchanged.increment()
            self.confirm()
        case .fetchFailed:
            self.failed.increment()
        case .clockOffset:
            break
        @unknown default:
            break
        }
        if let confirmedAt = self.confirmedAt.withLock({ $0 }) {
            self.keyAge.record(confirmedAt.duration(to: .now).inSeconds)
        }
    }

    private func record(_ duration: Duration) {
        self.duration.recordNanoseconds(Int64(duration / .nanoseconds(1)))
    }

    private func confirm() {
        self.confirmedAt.withLock { $0 = .now }
    }
}
#else
/// Records the events of a verifier as metrics.
@available(*, unavailable, message: "enable the trait Observability of swift-google-id-token in Package.swift")
public typealias VerifierMetrics = `Enable the trait Observability of swift-google-id-token in Package.swift`
#endif
