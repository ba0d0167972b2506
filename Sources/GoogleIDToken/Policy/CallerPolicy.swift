//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Who may call: a genuine token for this service proves only who calls, and anyone with a Google account can mint one.
///
/// ```swift
/// let policy: CallerPolicy = .union(
///     .serviceAccounts("login@my-project.iam.gserviceaccount.com"),
///     .subjects("104029292853099978293"))
/// ```
/// All comparisons are byte by byte. The claim `azp` is never used: its form depends on how the token was minted.
public struct CallerPolicy: Sendable {
    private var emails = ExactStrings([])
    private var subjects = ExactStrings([])
    private var domains = ExactStrings([])
    private var allowsAny = false

    /// Service accounts by their e-mail addresses, which the token must carry verified.
    ///
    /// - Parameter emails: E-mail addresses, such as `login@my-project.iam.gserviceaccount.com`.
    /// - Returns: A policy that accepts these.
    public static func serviceAccounts(_ emails: String...) -> CallerPolicy {
        self.serviceAccounts(emails)
    }

    /// Service accounts by their e-mail addresses, which the token must carry verified.
    ///
    /// - Parameter emails: E-mail addresses, such as `login@my-project.iam.gserviceaccount.com`.
    /// - Returns: A policy that accepts these.
    public static func serviceAccounts(_ emails: [String]) -> CallerPolicy {
        CallerPolicy(emails: ExactStrings(emails))
    }

    /// Accounts by their subject, the claim `sub`: the account's unique ID, which outlives its name.
    ///
    /// - Parameter subjects: Unique IDs.
    /// - Returns: A policy that accepts these.
    public static func subjects(_ subjects: String...) -> CallerPolicy {
        self.subjects(subjects)
    }

    /// Accounts by their subject, the claim `sub`: the account's unique ID, which outlives its name.
    ///
    /// - Parameter subjects: Unique IDs.
    /// - Returns: A policy that accepts these.
    public static func subjects(_ subjects: [String]) -> CallerPolicy {
        CallerPolicy(subjects: ExactStrings(subjects))
    }

    /// All users of a Google Workspace domain, by the claim `hd`; service accounts have none.
    ///
    /// - Parameter domain: The domain's name, as Google writes it.
    /// - Returns: A policy that accepts its users.
    public static func hostedDomain(_ domain: String) -> CallerPolicy {
        CallerPolicy(domains: ExactStrings([domain]))
    }

    /// Everyone with a Google account or service account, in whatever project or company.
    ///
    /// - Important: With this policy the audience is all that keeps strangers out, and the audience is no secret.
    public static let anyGoogleIdentity = CallerPolicy(allowsAny: true)

    /// Whoever one of several policies accepts.
    ///
    /// - Parameter policies: The policies.
    /// - Returns: A policy that accepts a caller as soon as one of them does.
    public static func union(_ policies: CallerPolicy...) -> CallerPolicy {
        self.union(policies)
    }

    /// Whoever one of several policies accepts.
    ///
    /// - Parameter policies: The policies.
    /// - Returns: A policy that accepts a caller as soon as one of them does.
    public static func union(_ policies: [CallerPolicy]) -> CallerPolicy {
        CallerPolicy(
            emails: ExactStrings(policies.flatMap(\.emails.strings)),
            subjects: ExactStrings(policies.flatMap(\.subjects.strings)),
            domains: ExactStrings(policies.flatMap(\.domains.strings)),
            allowsAny: policies.contains(where: \.allowsAny)
        )
    }

    /// Checks that somebody can meet the policy.
    ///
    /// - Parameter name: What the policy is called in the error.
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` with `callers_missing` if it names nobody, or an empty name.
    package func checkNames(_ name: String) throws(IDTokenVerifier.ConfigurationError) {
        let names = self.emails.strings + self.subjects.strings + self.domains.strings
        guard self.allowsAny || !names.isEmpty, !names.contains("") else {
            throw IDTokenVerifier.ConfigurationError(
                .callersMissing,
                "\(name) names nobody, or an empty name; say who may call, or .anyGoogleIdentity."
            )
        }
    }

    /// Checks whether a caller who is established already may do something more: for rules of single routes.
    ///
    /// - Parameter caller: The caller.
    /// - Throws: ``VerificationError`` with `email_missing`, `email_not_verified` or `caller_not_allowed`.
    public func check(_ caller: VerifiedIDToken) throws(VerificationError) {
        do throws(VerificationError) {
            try self.check(caller.claims)
        } catch {
            throw caller.assurance == .signature ? error : .withoutClaims(error.code)
        }
    }

    /// Checks who calls.
    ///
    /// - Throws: ``VerificationError`` with `email_missing`, `email_not_verified` or `caller_not_allowed`.
    func check(_ claims: Claims) throws(VerificationError) {
        if self.allowsAny || claims.hasSubject(in: self.subjects) { return }
        if claims.hasHostedDomain(in: self.domains) { return }
        if !self.emails.isEmpty {
            if claims.isEmailVerified, claims.hasEmail(in: self.emails) { return }
            guard let email = claims.email else {
                throw VerificationError(
                    .emailMissing,
                    "The token carries no e-mail address; have the caller mint it with format=full (metadata server) "
                        + "or includeEmail (generateIdToken), or allow the subject "
                        + "\(claims.subject.quotedForOperators)."
                )
            }
            guard claims.isEmailVerified else {
                throw VerificationError(
                    .emailNotVerified,
                    "Google has not verified the e-mail address \(email.quotedForOperators) (email_verified)."
                )
            }
        }
        let caller = claims.email.map { "\($0.quotedForOperators), subject " } ?? "subject "
        throw VerificationError(
            .callerNotAllowed,
            "The caller is genuine (\(caller)\(claims.subject.quotedForOperators)) and not among those who may call."
        )
    }
}
