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
/// | request refused | info | `code`, `stage`, `explanation`, `route` if it is known |
/// | request undecided | warning | `code`, `stage`, `explanation`, `route` if it is known |
/// | refusals left out of the log | as the lines that were left out | `code`, `stage`, `left_out`, `period_seconds` |
/// | keys fetched | info; notice if some cannot be used | `keys`, `skipped_keys`, `fresh_for_seconds` |
/// | keys unchanged | debug | `keys`, `fresh_for_seconds` |
/// | keys not fetched | warning; error without usable keys | `explanation`, `retry_in_seconds` |
/// | clock differs from the key server's | warning | `ahead_by_seconds` |
///
/// Of requests with the same error code ten in ten seconds have a line; one more line says how many had none. A refusal
/// that Hummingbird's middleware has logged already, beside the request's ID, is at the level debug here.
public struct VerifierLog: Sendable {
    private let logger: Logger
    private let limit: RefusalLimit

    /// Creates a log for a verifier's events.
    ///
    /// - Parameter logger: The logger that receives the messages.
    public init(_ logger: Logger) {
        self.init(logger, limit: RefusalLimit())
    }

    /// Creates a log with a limit for the lines about refused requests.
    package init(_ logger: Logger, limit: RefusalLimit) {
        self.logger = logger
        self.limit = limit
    }

    /// Logs an event.
    ///
    /// - Parameter event: The event.
    @Sendable public func write(_ event: IDTokenVerifier.Event) {
        switch event {
        case .verified:
            self.logger.trace("caller verified")
        case .refused(let error, let verification):
            self.write(error, verification)
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

    private func write(_ error: VerificationError, _ verification: IDTokenVerifier.Event.Verification) {
        let line = RefusalLine(error, route: verification.route)
        let level: Logger.Level = verification.isLogged ? .debug : line.isServiceFault ? .warning : .info
        guard self.logger.logLevel <= level else { return }
        let isAllowed = self.limit.allowsLine(for: error.code) { [logger = self.logger] count in
            Self.write(RefusalLine(leftOut: count, of: error), to: logger, level)
        }
        if isAllowed { Self.write(line, to: self.logger, level) }
    }

    private static func write(_ line: RefusalLine, to logger: Logger, _ level: Logger.Level) {
        let metadata = Logger.Metadata(uniqueKeysWithValues: line.fields.map { ($0.name, .string($0.value)) })
        logger.log(level: level, "\(line.message)", metadata: metadata)
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
