//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The words of a log line about a refused request, which all logs of this package share.
package struct RefusalLine: Sendable {
    /// The message, which is constant.
    package let message: String
    /// Whether the fault is the service's and not the caller's, so that the line is a warning.
    package let isServiceFault: Bool
    /// The names and values of the metadata.
    package let fields: [(name: String, value: String)]

    /// The line about one refusal.
    ///
    /// - Parameters:
    ///   - error: The reason.
    ///   - route: The route of the request, if it is known.
    ///   - isMisconfigured: Whether the service itself lacks what it needs to let any caller through.
    package init(_ error: VerificationError, route: String?, isMisconfigured: Bool = false) {
        let isUndecided = error.disposition == .undecided
        self.message = isUndecided ? "request undecided" : "request refused"
        self.isServiceFault = isUndecided || isMisconfigured
        self.fields =
            Self.names(error.code) + [("explanation", error.explanation)] + (route.map { [("route", $0)] } ?? [])
    }

    /// The line about refusals for which there was no line.
    package init(leftOut count: Int, of error: VerificationError, isMisconfigured: Bool = false) {
        self.message = "refusals left out of the log"
        self.isServiceFault = error.disposition == .undecided || isMisconfigured
        self.fields =
            Self.names(error.code) + [
                ("left_out", "\(count)"), ("period_seconds", "\(Int(RefusalLimit.period.inSeconds))"),
            ]
    }

    private static func names(_ code: VerificationError.Code) -> [(name: String, value: String)] {
        [("code", code.rawValue), ("stage", code.stage.label)]
    }
}
