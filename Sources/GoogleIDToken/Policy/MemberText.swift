//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// A text in the form of a member of an IAM policy, such as `user:a@example.com`.
struct MemberText {
    /// The kind of member, which its prefix shows.
    enum Kind {
        /// A claim that a policy can name.
        case claim(CallerClaim)
        /// A kind that no claim names, with the reason.
        case notInTokens(String)
    }

    /// What to do about a member that no claim names.
    static let remedy = "name the service accounts or users themselves"

    /// The prefix as it was written, with its colon.
    let prefix: String
    /// Whether the prefix is one that a policy's text may have, spelled exactly.
    let isAccepted: Bool
    let kind: Kind
    /// The text after the prefix.
    let name: String

    /// Parses a text, ignoring the case of its prefix.
    ///
    /// - Returns: Nil if it begins with no known prefix.
    init?(_ text: String) {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let prefix = String(text[..<colon])
        guard let known = Self.known.first(where: { Bytes.areEqual(prefix.utf8.span, ignoringCaseOf: $0.lowercase) })
        else { return nil }
        self.prefix = "\(prefix):"
        self.isAccepted = known.prefix.map { prefix.isExactly($0) } ?? false
        self.kind = known.kind
        self.name = String(text[text.utf8.index(after: colon)...])
    }

    private static let known: [(prefix: String?, lowercase: String, kind: Kind)] =
        Self.claims.map { (prefix: $0.prefix, lowercase: Self.lowercased($0.prefix), kind: .claim($0)) } + [
            ("user", "user", .claim(.email)),
            (nil, "mailto", .claim(.email)),
            (nil, "group", .notInTokens("but ID tokens do not name groups")),
            (nil, "principal", .notInTokens("but ID tokens do not name federated identities")),
            (nil, "principalset", .notInTokens("but ID tokens do not name sets of identities")),
            (nil, "deleted", .notInTokens("but a deleted account cannot call")),
        ]

    /// The claims of all kinds of tokens, each once.
    private static let claims: [CallerClaim] = TrustProfile.kinds.flatMap(\.callerClaims)
        .reduce(into: []) { claims, claim in
            if !claims.contains(where: { $0.isSame(as: claim) }) { claims.append(claim) }
        }

    private static func lowercased(_ text: String) -> String {
        String(decoding: text.utf8.map(NearMiss.lowercased), as: UTF8.self)
    }
}
