//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenVerifier.TrustedIssuer where Audience == String {
    /// The agents of one organisation, whose ID tokens Google's Security Token Service signs.
    ///
    /// The organisation is part of the issuer and of the URL of its keys, so that agents of other organisations are never
    /// accepted. Agents have no e-mail address; their subject is a SPIFFE ID. See
    /// [Agent Identity](https://cloud.google.com/iam/docs/agent-identity-overview).
    ///
    /// - Parameter organization: The number of the organisation, such as `123456789012`.
    /// - Returns: The issuer.
    public static func agentIdentity(organization: String) -> IDTokenVerifier.TrustedIssuer<String> {
        Self(AgentPool(.organization, organization))
    }

    /// The agents of one project that belongs to no organisation.
    ///
    /// - Parameter project: The number of the project, such as `123456789012`; not its ID.
    /// - Returns: The issuer.
    public static func agentIdentity(project: String) -> IDTokenVerifier.TrustedIssuer<String> {
        Self(AgentPool(.project, project))
    }

    private init(_ pool: AgentPool) {
        self.init(
            claim: { (audience) throws(IDTokenVerifier.ConfigurationError) in audience },
            { () throws(IDTokenVerifier.ConfigurationError) in try .agentIdentity(pool) }
        )
    }
}

extension TrustProfile {
    /// The ID tokens of the agents of an organisation or a project.
    ///
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` with `issuer_invalid`.
    fileprivate static func agentIdentity(_ pool: AgentPool) throws(IDTokenVerifier.ConfigurationError) -> TrustProfile
    {
        try pool.check()
        return TrustProfile(
            kind: .agentIdentity,
            name: "agentIdentity:\(pool.path)",
            issuers: [pool.issuer],
            keysURL: "\(pool.issuer)/openid/jwks",
            credentialHeaders: [.xServerlessAuthorization, .authorization],
            maximumLifetime: .seconds(24 * 60 * 60),
            rules: ClaimRules(
                subject: .ascii(maximumCount: 2_048),
                check: { (claims, _) throws(VerificationError) in
                    guard pool.contains(claims.subject) else {
                        throw VerificationError(
                            .claimsMalformed,
                            "The subject (sub) is not the SPIFFE ID of an agent in the trust domain of the issuer, without empty "
                                + "segments; Google did not issue the token for an agent."
                        )
                    }
                }
            )
        )
    }
}

/// The pool of identities to which all agents of an organisation, or of a project without one, belong.
private struct AgentPool: Sendable {
    enum Owner: String, Sendable {
        case organization = "organizations"
        case project = "projects"
    }

    let owner: Owner
    let number: String

    init(_ owner: Owner, _ number: String) {
        self.owner = owner
        self.number = number
    }

    /// Reads a path such as `organizations/123456789012`.
    init?(path: String) {
        guard
            let owner = [Owner.organization, .project].first(where: { path.utf8.starts(with: "\($0.rawValue)/".utf8) })
        else { return nil }
        self.init(owner, String(Substring(path.utf8.dropFirst(owner.rawValue.utf8.count + 1))))
    }

    var path: String { "\(self.owner.rawValue)/\(self.number)" }

    /// The trust domain of the agents' SPIFFE IDs, which is also the ID of the pool.
    var trustDomain: String {
        switch self.owner {
        case .organization: "agents.global.org-\(self.number).system.id.goog"
        case .project: "agents.global.proj-\(self.number).system.id.goog"
        }
    }

    var issuer: String {
        "\(KnownToken.agentIssuerPrefix)\(self.path)/locations/global/workloadIdentityPools/\(self.trustDomain)"
    }

    var subjectPrefix: String { "\(AgentPath.scheme)\(self.trustDomain)/" }

    /// Whether a subject is a SPIFFE ID of the pool: its path has no empty segment, `.` or `..` (SPIFFE ID §2.2).
    func contains(_ subject: String) -> Bool {
        guard subject.utf8.starts(with: self.subjectPrefix.utf8) else { return false }
        return subject.utf8.dropFirst(self.subjectPrefix.utf8.count)
            .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .allSatisfy { $0.contains { $0 != UInt8(ascii: ".") } }
    }

    /// Checks that the number is one: it becomes a part of the URL of the keys.
    func check() throws(IDTokenVerifier.ConfigurationError) {
        let isNumber = self.number.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard isNumber, 1...20 ~= self.number.utf8.count, self.number.utf8.first != UInt8(ascii: "0") else {
            throw IDTokenVerifier.ConfigurationError(
                .issuerInvalid,
                "The agents' issuer \(self.path.quotedForOperators) has no valid number; give the number of the organisation "
                    + "('gcloud organizations list') or of the project, in digits."
            )
        }
    }
}

extension TrustProfile.Kind {
    static let agentIdentity: TrustProfile.Kind = TrustProfile.Kind(
        name: "agentIdentity",
        arguments: ["organizations/N", "projects/N"],
        words: .agentIdentity,
        callerClaims: [.subject, .agentPath],
        removedSignaturePolicies: RemovedSignaturePolicy.allCases,
        isIssuer: { $0.utf8.starts(with: KnownToken.agentIssuerPrefix.utf8) },
        argument: { issuer in
            issuer.utf8.dropFirst(KnownToken.agentIssuerPrefix.utf8.count)
                .split(separator: UInt8(ascii: "/"), maxSplits: 2, omittingEmptySubsequences: false).prefix(2)
                .map { String(Substring($0)) }.joined(separator: "/")
        },
        issuerMistake: { issuer, profile in
            guard profile.kind.name.isExactly("agentIdentity"),
                issuer.utf8.starts(with: KnownToken.agentIssuerPrefix.utf8)
            else {
                return nil
            }
            return "The token is of the issuer \(issuer.quotedForOperators), and this service accepts agents of "
                + "\(profile.issuers.quotedForOperators) alone; if those agents are meant to call, name their organisation or "
                + "project."
        },
        callerMistake: { caller, profile in
            guard !caller.text.utf8.starts(with: AgentPath.scheme.utf8) else { return nil }
            let principal = "principal://"
            guard caller.text.utf8.starts(with: principal.utf8) else {
                return CallerName.Mistake(
                    "which is not a SPIFFE ID",
                    .words(
                        "give the ID of an agent, such as spiffe://DOMAIN/resources/run/projects/N/locations/R/services/ID"
                    )
                )
            }
            let rest = String(Substring(caller.text.utf8.dropFirst(principal.utf8.count)))
            return CallerName.Mistake(
                "which is the name of a principal in IAM policies",
                .name(CallerName(caller.claim, "\(AgentPath.scheme)\(rest)"))
            )
        },
        exampleClaims: { token, profile in
            let domain = profile.issuers.first?.utf8.split(separator: UInt8(ascii: "/")).last ?? Substring().utf8
            let isComplete = token.subject.utf8.starts(with: AgentPath.scheme.utf8)
            let subject =
                isComplete ? token.subject : "\(AgentPath.scheme)\(Substring(domain))/resources/\(token.subject)"
            return [("aud", .array([.string(token.audience)])), ("sub", .string(subject))]
        },
        profile: { (argument) throws(IDTokenVerifier.ConfigurationError) in
            try .agentIdentity(AgentPool(path: argument ?? "") ?? AgentPool(.organization, argument ?? ""))
        }
    )
}

extension CallerClaim {
    static let agentPath: CallerClaim = CallerClaim(
        prefix: "agents",
        function: ".agents(in: ",
        words: "agents in",
        pluralWords: "the agents in",
        mistake: { path in
            guard path.utf8.last == UInt8(ascii: "/") else { return nil }
            let shorter = String(Substring(path.utf8.dropLast()))
            return CallerName.Mistake("which ends with a slash", .name(CallerName(.agentPath, shorter)))
        },
        policy: { .agents(in: $0) },
        isNamed: { claims, paths in
            let subject = claims.subject
            return paths.strings.contains { AgentPath.contains(subject, in: $0) }
        }
    )
}

private enum AgentPath {
    static let scheme = "spiffe://"

    /// Whether a SPIFFE ID is a path, or continues it with whole segments; a path names at least the trust domain.
    static func contains(_ id: String, in path: String) -> Bool {
        guard path.utf8.count > self.scheme.utf8.count, path.utf8.starts(with: self.scheme.utf8) else { return false }
        guard id.utf8.starts(with: path.utf8) else { return false }
        let rest = id.utf8.dropFirst(path.utf8.count)
        return rest.isEmpty || rest.first == UInt8(ascii: "/") && rest.count > 1
    }
}

extension CallerPolicy {
    /// Allows agents whose SPIFFE ID is a path, or begins with it in whole segments.
    ///
    /// `spiffe://DOMAIN/resources/run/projects/12` allows `spiffe://DOMAIN/resources/run/projects/12/locations/…`, and
    /// nothing of project 123. Name single agents with ``subjects(_:)-(String...)``.
    ///
    /// - Parameter paths: The paths, such as `spiffe://agents.global.org-123456.system.id.goog/resources/run/projects/12`,
    ///   without a slash at the end.
    /// - Returns: A policy that allows these agents.
    public static func agents(in paths: String...) -> CallerPolicy {
        self.agents(in: paths)
    }

    /// Allows agents whose SPIFFE ID is a path, or begins with it in whole segments.
    ///
    /// - Parameter paths: The paths, such as `spiffe://agents.global.org-123456.system.id.goog/resources/run/projects/12`,
    ///   without a slash at the end.
    /// - Returns: A policy that allows these agents.
    public static func agents(in paths: [String]) -> CallerPolicy {
        self.named(paths, by: .agentPath)
    }
}

extension TokenWords {
    static let agentIdentity: TokenWords = TokenWords(
        token: "the ID token of an agent",
        tokens: "the ID tokens of agents",
        remedy: "the caller must send the ID token of an agent of this service's organisation or project",
        alternative: "have the caller send the ID token of an agent",
        audienceRemedy: "have the agent request a token for this service's audience",
        emailRemedy: "allow the agent by the subject",
        lifetime: "an hour",
        missing:
            "The request has neither an Authorization nor an X-Serverless-Authorization header; the agent must send "
            + "'Authorization: Bearer' and its ID token.",
        unknownKey:
            "The token was not signed with the keys of the agents' issuer (it may be a Google ID token, or of an agent "
            + "of another organisation), or it is so old that its key was retired; run 'idtoken inspect' to see its header and "
            + "claims.",
        usage: "verify it with IDTokenVerifier(trusting: .agentIdentity(organization:), …)"
    )
}
