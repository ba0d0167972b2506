//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Observability
public import GoogleIDToken
public import Logging

/// Logs the events of a verifier.
///
/// ```swift
/// var configuration = IDTokenVerifier.Configuration()
/// configuration.onEvent = VerifierLog(Logger(label: "callers")).write
/// ```
/// Messages are constant, and variable values are metadata. The log never contains bytes of a token, and contains
/// claims only as an error's explanation quotes them: verified and escaped.
///
/// | message | level | metadata |
/// |---|---|---|
/// | caller verified | trace | |
/// | request refused | info | `code`, `explanation` |
/// | request undecided | warning | `code`, `explanation` |
/// | keys fetched | info; notice if some cannot be used | `keys`, `skipped_keys`, `fresh_for_seconds` |
/// | keys unchanged | debug | `keys`, `fresh_for_seconds` |
/// | keys not fetched | warning; error without usable keys | `explanation`, `retry_in_seconds` |
/// | clock differs from the key server's | warning | `ahead_by_seconds` |
public struct VerifierLog: Sendable {
    private let logger: Logger

    /// Creates a log for a verifier's events.
    ///
    /// - Parameter logger: The logger that receives the messages.
    public init(_ logger: Logger) {
        self.logger = logger
    }

    /// Logs an event.
    ///
    /// - Parameter event: The event.
    @Sendable public func write(_ event: IDTokenVerifier.Event) {
        switch event {
        case .verified:
            self.logger.trace("caller verified")
        case .refused(let error, _):
            let isOurs = error.disposition == .undecided
            self.logger.log(
                level: isOurs ? .warning : .info,
                isOurs ? "request undecided" : "request refused",
                metadata: ["code": "\(error.code.rawValue)", "explanation": "\(error.explanation)"]
            )
        case .keysFetched(let fetch):
            self.logger.log(
                level: fetch.skippedKeyCount == 0 ? .info : .notice,
                "keys fetched",
                metadata: [
                    "keys": "\(fetch.keyCount)", "skipped_keys": "\(fetch.skippedKeyCount)",
                    "fresh_for_seconds": Self.seconds(fetch.freshFor),
                ]
            )
        case .keysUnchanged(let fetch):
            self.logger.debug(
                "keys unchanged",
                metadata: ["keys": "\(fetch.keyCount)", "fresh_for_seconds": Self.seconds(fetch.freshFor)]
            )
        case .fetchFailed(let failure):
            self.logger.log(
                level: failure.hasUsableKeys ? .warning : .error,
                "keys not fetched",
                metadata: [
                    "explanation": "\(failure.explanation)", "retry_in_seconds": Self.seconds(failure.retryIn),
                ]
            )
        case .clockOffset(let offset):
            self.logger.warning(
                "clock differs from the key server's",
                metadata: ["ahead_by_seconds": Self.seconds(offset)]
            )
        @unknown default:
            break
        }
    }

    private static func seconds(_ duration: Duration) -> Logger.MetadataValue {
        "\(Int(duration.inSeconds))"
    }
}
#else
/// Logs the events of a verifier.
@available(*, unavailable, message: "enable the trait Observability of swift-google-id-token in Package.swift")
public typealias VerifierLog = `Enable the trait Observability of swift-google-id-token in Package.swift`
#endif
