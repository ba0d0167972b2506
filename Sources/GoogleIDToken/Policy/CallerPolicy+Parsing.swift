//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

extension CallerPolicy {
    /// Parses a policy from text, such as the value of an environment variable.
    ///
    /// The text names callers, separated by white space or commas. Each is one of these:
    ///
    /// | caller | allows |
    /// |---|---|
    /// | `serviceAccount:E-MAIL` | a service account, as ``serviceAccounts(_:)-(String...)`` does |
    /// | `user:E-MAIL` | a user, by the verified e-mail address of the account |
    /// | `subject:ID` | an account by its unique ID, as ``subjects(_:)-(String...)`` does |
    /// | `domain:NAME` | the users of a Google Workspace domain, as ``hostedDomain(_:)`` does |
    /// | `accessLevel:NAME` | the users with an access level, as ``accessLevels(_:)-(String...)`` does |
    /// | `tenant:ID` | the users of a Firebase tenant, as ``firebaseTenants(_:)-(String...)`` does |
    /// | `signInProvider:NAME` | Firebase users by provider, as ``signInProviders(_:)-(String...)`` does |
    /// | `agents:SPIFFE-ID` | agents by a part of their SPIFFE ID, as ``agents(in:)-(String...)`` does |
    /// | `any` | everybody, as ``anyGoogleIdentity`` does |
    ///
    /// `serviceAccount`, `user` and `domain` are spelled as in IAM policies. Other kinds of IAM members, such as groups,
    /// are not in ID tokens and are errors.
    ///
    /// ```swift
    /// let policy = try CallerPolicy(parsing: "serviceAccount:login@my-project.iam.gserviceaccount.com, subject:1040")
    /// ```
    ///
    /// - Parameter text: The callers.
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` with `callers_missing` if the text names no caller, and with
    ///   `caller_invalid` and the wrong part if no token can name the caller.
    public init(parsing text: String) throws(IDTokenVerifier.ConfigurationError) {
        try self.init(parsing: text, named: "The caller policy")
    }

    /// Parses a policy from text; errors mention it by a name.
    init(parsing text: String, named name: String) throws(IDTokenVerifier.ConfigurationError) {
        let parts = ConfiguredText.values(in: text)
        guard !parts.isEmpty else {
            throw IDTokenVerifier.ConfigurationError(.callersMissing, "\(name) names no caller; \(Self.syntax).")
        }
        var policies: [CallerPolicy] = []
        for (index, part) in parts.enumerated() {
            let place = parts.count == 1 ? name : "\(name), in part \(index + 1) of \(parts.count),"
            policies.append(try Self.policy(part, in: place))
        }
        self = .union(policies)
    }

    private static let syntax = "write serviceAccount:E-MAIL, user:E-MAIL, subject:ID, domain:NAME or any"

    private static func policy(
        _ part: String,
        in place: String
    ) throws(IDTokenVerifier.ConfigurationError) -> CallerPolicy {
        if part.isExactly("any") { return .anyGoogleIdentity }
        if let mistake = ConfiguredText(part).mistake {
            throw IDTokenVerifier.ConfigurationError(.callerInvalid, "\(place) names the caller", part, mistake)
        }
        guard let member = MemberText(part) else { throw Self.unknown(part, in: place) }
        guard !member.name.isEmpty else {
            throw IDTokenVerifier.ConfigurationError(
                .callersMissing,
                "\(place) names nobody after \(member.prefix.quotedForOperators); \(Self.syntax)."
            )
        }
        let name: CallerName
        switch member.kind {
        case .claim(let claim): name = CallerName(claim, member.name)
        case .notInTokens(let words):
            throw IDTokenVerifier.ConfigurationError(
                .callerInvalid,
                "\(place) names the caller \(part.quotedForOperators), \(words); \(MemberText.remedy)."
            )
        }
        try name.check(in: place, writtenAs: .text)
        guard member.isAccepted else {
            throw IDTokenVerifier.ConfigurationError(
                .callerInvalid,
                "\(place) names the caller \(part.quotedForOperators), whose kind is spelled differently; give "
                    + "\(name.written(as: .text)) instead."
            )
        }
        return name.claim.policy([name.text])
    }

    /// Creates the error for a part without a known prefix.
    private static func unknown(_ part: String, in place: String) -> IDTokenVerifier.ConfigurationError {
        let start = "\(place) names the caller \(part.quotedForOperators)"
        for everybody in ["any", "allauthenticatedusers", "allusers", "anygoogleidentity", "*"]
        where Bytes.areEqual(part.utf8.span, ignoringCaseOf: everybody) {
            return IDTokenVerifier.ConfigurationError(
                .callerInvalid,
                "\(start), which is no caller; give \"any\" if every Google account and every service account may call."
            )
        }
        let bytes = part.utf8
        let meant: CallerName? =
            if bytes.contains(UInt8(ascii: ":")) {
                nil
            } else if bytes.first == UInt8(ascii: "@") {
                CallerName(.hostedDomain, String(Substring(bytes.dropFirst())))
            } else if bytes.contains(UInt8(ascii: "@")) {
                CallerName(.email, part)
            } else if bytes.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
                CallerName(.subject, part)
            } else {
                nil
            }
        return IDTokenVerifier.ConfigurationError(
            .callerInvalid,
            "\(start), which does not begin with a known kind; "
                + (meant.map { "give \($0.written(as: .text)) instead." } ?? "\(Self.syntax).")
        )
    }
}
