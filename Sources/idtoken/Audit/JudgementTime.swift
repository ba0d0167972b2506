//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import Foundation

/// The time at which captured tokens are judged.
enum JudgementTime: ExpressibleByArgument, Sendable {
    /// The time of the record; a token whose record has no time is judged as with ``issue``.
    case captured
    /// A time at which the token is valid: only its signature and its claims are checked.
    case issue
    /// One time for all tokens, in seconds since 1970.
    case instant(Double)

    var defaultValueDescription: String { "captured" }

    init?(argument: String) {
        switch argument {
        case "captured": self = .captured
        case "issue": self = .issue
        default:
            guard let time = TimeArgument(argument: argument) else { return nil }
            self = .instant(time.date.timeIntervalSince1970)
        }
    }

    /// The time at which the token of one record is judged.
    enum Moment: Hashable, Sendable {
        case captured(Double)
        case ownTime
        /// The same, because the record has no time of its own.
        case ownTimeByDefault
        case given(Double)

        var text: String {
            switch self {
            case .captured(let seconds): "captured \(seconds.utcText)"
            case .ownTime: "issue"
            case .ownTimeByDefault: "issue, no captured time"
            case .given(let seconds): seconds.utcText
            }
        }

        /// A number that is different for most moments.
        var fingerprint: UInt64 {
            switch self {
            case .captured(let seconds): seconds.bitPattern
            case .ownTime: 1
            case .ownTimeByDefault: 2
            case .given(let seconds): ~seconds.bitPattern
            }
        }
    }

    func moment(captured seconds: Double?) -> Moment {
        switch self {
        case .captured: seconds.map { .captured($0) } ?? .ownTimeByDefault
        case .issue: .ownTime
        case .instant(let seconds): .given(seconds)
        }
    }

    /// The time in words, for the summary.
    var words: String {
        switch self {
        case .captured: "as of the time of its record, or by signature and claims only if the record has no time"
        case .issue: "by signature and claims only, not by time"
        case .instant(let seconds): "as of \(seconds.utcText)"
        }
    }
}
#endif
