//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import Foundation

/// As of when captured tokens are judged.
enum JudgementTime: ExpressibleByArgument, Sendable {
    /// As of each record's own time; inside its own validity where the record has none.
    case captured
    /// Inside the token's own validity: signature and claims, time aside.
    case issue
    /// As of one instant, in seconds since 1970.
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

    /// As of when one record's token is judged.
    enum Moment: Hashable, Sendable {
        case captured(Double)
        case ownTime
        /// The same, because the record has no time of its own.
        case ownTimeForWant
        case given(Double)

        var text: String {
            switch self {
            case .captured(let seconds): "captured \(seconds.utcText)"
            case .ownTime: "issue"
            case .ownTimeForWant: "issue, no captured time"
            case .given(let seconds): seconds.utcText
            }
        }
    }

    func moment(captured seconds: Double?) -> Moment {
        switch self {
        case .captured: seconds.map { .captured($0) } ?? .ownTimeForWant
        case .issue: .ownTime
        case .instant(let seconds): .given(seconds)
        }
    }

    /// For the summary.
    var words: String {
        switch self {
        case .captured: "as of its record's own time, or inside its own validity where the record has none"
        case .issue: "inside its own validity (signature and claims, time aside)"
        case .instant(let seconds): "as of \(seconds.utcText)"
        }
    }
}
#endif
