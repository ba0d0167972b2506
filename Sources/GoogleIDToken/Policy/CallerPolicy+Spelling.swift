//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension CallerPolicy {
    /// Parses a policy in the syntax of fixture cases and the command line.
    ///
    /// - Parameter spelling: `serviceAccount:E-MAIL`, `subject:ID`, `domain:NAME` or `any`.
    package init?(spelling: String) {
        if spelling.isExactly("any") {
            self = .anyGoogleIdentity
            return
        }
        let parts = spelling.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[1].isEmpty else { return nil }
        switch parts[0] {
        case "serviceAccount": self = .serviceAccounts(parts[1])
        case "subject": self = .subjects(parts[1])
        case "domain": self = .hostedDomain(parts[1])
        default: return nil
        }
    }
}
