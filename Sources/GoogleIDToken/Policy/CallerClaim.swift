//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// A claim by which a policy names callers.
struct CallerClaim: Sendable {
    /// The prefix of a name in text, such as `subject`.
    let prefix: String
    /// The call of ``CallerPolicy``'s function that takes such names, up to the name.
    let function: String
    /// A named caller in words, such as "account".
    let words: String
    /// Several of them in words.
    let pluralWords: String
    /// Describes why no claim can equal a name.
    let mistake: @Sendable (_ name: String) -> CallerName.Mistake?
    /// Creates a policy that allows the callers with these names.
    let policy: @Sendable (_ names: [String]) -> CallerPolicy
    /// Whether a token's claims have one of the names; of e-mail addresses only verified ones count.
    let isNamed: @Sendable (_ claims: Claims, _ names: ExactStrings) -> Bool

    /// Whether both are the same claim.
    func isSame(as other: CallerClaim) -> Bool { self.prefix.isExactly(other.prefix) }

    static let email: CallerClaim = CallerClaim(
        prefix: "serviceAccount",
        function: ".serviceAccounts(",
        words: "account",
        pluralWords: "the accounts",
        mistake: { CallerName.emailMistake($0) },
        policy: { .serviceAccounts($0) },
        isNamed: { $0.isEmailVerified && $0.hasEmail(in: $1) }
    )

    static let subject: CallerClaim = CallerClaim(
        prefix: "subject",
        function: ".subjects(",
        words: "subject",
        pluralWords: "the subjects",
        mistake: { CallerName.subjectMistake($0) },
        policy: { .subjects($0) },
        isNamed: { $0.hasSubject(in: $1) }
    )

    static let hostedDomain: CallerClaim = CallerClaim(
        prefix: "domain",
        function: ".hostedDomain(",
        words: "domain",
        pluralWords: "the domains",
        mistake: { CallerName.domainMistake($0) },
        policy: { names in .union(names.map { .hostedDomain($0) }) },
        isNamed: { $0.hasHostedDomain(in: $1) }
    )
}
