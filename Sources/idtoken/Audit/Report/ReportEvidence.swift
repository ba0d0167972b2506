//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// What a report says about the run itself, so that somebody else can repeat it and compare.
struct ReportEvidence: Sendable {
    /// A file that was read.
    struct Input: Sendable {
        let name: String
        /// How many bytes of it were read.
        let size: Int
        /// The SHA-256 of these bytes, in hexadecimal digits.
        let sha256: String
        /// What the digest is of, if not of the whole file.
        let remark: String
    }

    /// The keys that verified the tokens.
    struct Keys: Sendable {
        /// The file, folder or URL.
        let source: String
        /// The SHA-256, in hexadecimal digits; nil if they could not be read once more.
        let sha256: String?
        /// What the digest is of.
        let scope: String
    }

    let version: String
    /// The command's arguments, without words that may be credentials.
    let arguments: [String]
    /// In seconds since 1970.
    let startedAt: Double
    let endedAt: Double
    let inputs: [Input]
    let keys: Keys?
    let ending: AuditEnding

    /// The meaning of each exit status.
    static let exitStatuses: [(status: Int32, meaning: String)] = [
        (0, "all tokens were verified"),
        (1, "some tokens were rejected"),
        (2, "no token was rejected, but some could not be decided, or something could not be read"),
        (3, "no token was found"),
        (64, "the arguments were wrong"),
        (74, "input or output failed"),
        (75, "the keys could not be read or fetched"),
        (129, "the run was interrupted, because its terminal was closed"),
        (130, "the run was interrupted by its user"),
        (143, "the run was interrupted by the system"),
    ]
}

/// How a run ended.
struct AuditEnding: Sendable {
    /// The exit status that the verdicts, or what ended the run early, call for.
    let status: Int32
    /// Whether the command ends with it; if not, it ends with 0.
    let isStatusKept: Bool
    /// Why the run ended before the end of the input, if it did.
    let earlyEnd: String?
    /// The summary of the run.
    let summary: String

    /// The exit status with its meaning.
    var words: String {
        let meaning = ReportEvidence.exitStatuses.first { $0.status == self.status }?.meaning ?? "the run failed"
        return self.isStatusKept || self.status == 0
            ? "\(self.status): \(meaning)"
            : "0, because --status-only-errors was given; without it \(self.status): \(meaning)"
    }
}
#endif
