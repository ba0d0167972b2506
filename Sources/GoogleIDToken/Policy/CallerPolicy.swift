//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The callers that a service allows.
///
/// A valid token for this service proves only the caller's identity, and anyone with a Google account can request one.
///
/// ```swift
/// let policy: CallerPolicy = .union(
///     .serviceAccounts("login@my-project.iam.gserviceaccount.com"),
///     .subjects("104029292853099978293"))
/// ```
/// All comparisons are byte by byte. The claim `azp` is not used: its form depends on how the token was requested.
public struct CallerPolicy: Sendable {
    private(set) var emails = ExactStrings([])
    private(set) var subjects = ExactStrings([])
    private(set) var domains = ExactStrings([])
    /// Names in other claims, which only some kinds of tokens have.
    private(set) var others: [Others] = []
    private var allowsAny = false

    /// Names in one claim.
    struct Others: Sendable {
        let claim: CallerClaim
        let names: ExactStrings
    }

    /// Allows callers by names in a claim that only some kinds of tokens have.
    static func named(_ names: [String], by claim: CallerClaim) -> CallerPolicy {
        CallerPolicy(others: [Others(claim: claim, names: ExactStrings(names))])
    }

    /// Allows users by their e-mail addresses, which must be verified in the token.
    ///
    /// The address of a Google account in an assertion of Identity-Aware Proxy is always verified.
    ///
    /// - Parameter emails: E-mail addresses, such as `user@example.com`. A verifier with a name that is no address throws
    ///   ``IDTokenVerifier/ConfigurationError`` with `caller_invalid`.
    /// - Returns: A policy that allows these users.
    public static func users(_ emails: String...) -> CallerPolicy {
        self.serviceAccounts(emails)
    }

    /// Allows service accounts by their e-mail addresses, which must be verified in the token.
    ///
    /// - Parameter emails: E-mail addresses, such as `login@my-project.iam.gserviceaccount.com`. A verifier with a name
    ///   that is no address throws ``IDTokenVerifier/ConfigurationError`` with `caller_invalid`.
    /// - Returns: A policy that allows these accounts.
    public static func serviceAccounts(_ emails: String...) -> CallerPolicy {
        self.serviceAccounts(emails)
    }

    /// Allows service accounts by their e-mail addresses, which must be verified in the token.
    ///
    /// - Parameter emails: E-mail addresses, such as `login@my-project.iam.gserviceaccount.com`. A verifier with a name
    ///   that is no address throws ``IDTokenVerifier/ConfigurationError`` with `caller_invalid`.
    /// - Returns: A policy that allows these accounts.
    public static func serviceAccounts(_ emails: [String]) -> CallerPolicy {
        CallerPolicy(emails: ExactStrings(emails))
    }

    /// Allows accounts by their unique IDs (claim `sub`), which do not change when an account is renamed.
    ///
    /// - Parameter subjects: Unique IDs.
    /// - Returns: A policy that allows these accounts.
    public static func subjects(_ subjects: String...) -> CallerPolicy {
        self.subjects(subjects)
    }

    /// Allows accounts by their unique IDs (claim `sub`), which do not change when an account is renamed.
    ///
    /// - Parameter subjects: Unique IDs.
    /// - Returns: A policy that allows these accounts.
    public static func subjects(_ subjects: [String]) -> CallerPolicy {
        CallerPolicy(subjects: ExactStrings(subjects))
    }

    /// Allows all users of a Google Workspace domain (claim `hd`); service accounts have no domain.
    ///
    /// - Parameter domain: The domain's name, as Google writes it.
    /// - Returns: A policy that allows the domain's users.
    public static func hostedDomain(_ domain: String) -> CallerPolicy {
        CallerPolicy(domains: ExactStrings([domain]))
    }

    /// Allows every Google account and every service account of any project or organisation.
    ///
    /// - Important: With this policy only the audience restricts who can call, and the audience is not a secret.
    public static let anyGoogleIdentity = CallerPolicy(allowsAny: true)

    /// Allows everybody whom the trusted issuer names: with Identity-Aware Proxy all users whom it lets through, with Firebase
    /// all users of the project, anonymous ones included, and with agent identities all agents of the organisation.
    ///
    /// - Important: For a verifier of ID tokens it means ``anyGoogleIdentity``.
    public static let anyCaller = CallerPolicy(allowsAny: true)

    /// Allows the callers that any of several policies allows.
    ///
    /// - Parameter policies: The policies.
    /// - Returns: A policy that allows a caller if at least one of the policies does.
    public static func union(_ policies: CallerPolicy...) -> CallerPolicy {
        self.union(policies)
    }

    /// Allows the callers that any of several policies allows.
    ///
    /// - Parameter policies: The policies.
    /// - Returns: A policy that allows a caller if at least one of the policies does.
    public static func union(_ policies: [CallerPolicy]) -> CallerPolicy {
        CallerPolicy(
            emails: ExactStrings(policies.flatMap(\.emails.strings)),
            subjects: ExactStrings(policies.flatMap(\.subjects.strings)),
            domains: ExactStrings(policies.flatMap(\.domains.strings)),
            others: policies.flatMap(\.others),
            allowsAny: policies.contains(where: \.allowsAny)
        )
    }

    /// Checks that the policy can allow at least one caller, and that a token can name each of its callers.
    ///
    /// - Parameter name: The policy's name in the error.
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` with `callers_missing` if the policy names no caller, or
    ///   contains an empty name, and with `caller_invalid` if no token can contain one of the names.
    package func checkNames(_ name: String) throws(IDTokenVerifier.ConfigurationError) {
        let names = self.names
        guard self.allowsAny || !names.isEmpty, names.allSatisfy({ !$0.text.isEmpty }) else {
            throw IDTokenVerifier.ConfigurationError(
                .callersMissing,
                "\(name) names no caller, or contains an empty name; name the callers, or use .anyGoogleIdentity."
            )
        }
        for one in names { try one.check(in: name, writtenAs: .code) }
    }

    /// All names of the policy.
    var names: [CallerName] {
        self.emails.strings.map { CallerName(.email, $0) }
            + self.subjects.strings.map { CallerName(.subject, $0) }
            + self.domains.strings.map { CallerName(.hostedDomain, $0) }
            + self.others.flatMap { others in others.names.strings.map { CallerName(others.claim, $0) } }
    }

    /// Checks whether the policy allows a verified caller, for example on a single route.
    ///
    /// - Parameter caller: The verified caller.
    /// - Throws: ``VerificationError`` with `email_missing`, `email_not_verified` or `caller_not_allowed`.
    public func check(_ caller: VerifiedIDToken) throws(VerificationError) {
        do throws(VerificationError) {
            try self.check(caller.claims)
        } catch {
            throw caller.assurance == .signature ? error : .withoutClaims(error.code)
        }
    }

    /// Checks whether the policy allows the caller that the claims name.
    ///
    /// - Throws: ``VerificationError`` with `email_missing`, `email_not_verified` or `caller_not_allowed`.
    func check(_ claims: Claims) throws(VerificationError) {
        if self.allowsAny || claims.hasSubject(in: self.subjects) { return }
        if claims.hasHostedDomain(in: self.domains) { return }
        for others in self.others where others.claim.isNamed(claims, others.names) { return }
        if !self.emails.isEmpty {
            if claims.isEmailVerified, claims.hasEmail(in: self.emails) { return }
            guard let email = claims.email else {
                throw VerificationError(
                    .emailMissing,
                    "The token has no e-mail address (email); \(claims.profile.words.emailRemedy) "
                        + "\(claims.subject.quotedForOperators)."
                )
            }
            guard claims.isEmailVerified else {
                throw VerificationError(
                    .emailNotVerified,
                    "The e-mail address \(email.quotedForOperators) is not verified (email_verified); have the caller "
                        + "use a verified account, or allow it by its subject."
                )
            }
        }
        throw VerificationError(.callerNotAllowed, self.explain(claims))
    }
}
