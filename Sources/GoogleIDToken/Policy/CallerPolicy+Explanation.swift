//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension CallerPolicy {
    /// Explains to the operator why a caller is not allowed: who calls, whom the policy allows, and the likely mistake.
    func explain(_ claims: Claims) -> String {
        let caller = claims.email.map { "\($0.quotedForOperators), subject " } ?? "subject "
        let start = "The policy does not allow the verified caller (\(caller)\(claims.subject.quotedForOperators))"
        let mistake =
            self.emailMistake(claims) ?? self.domainMistake(claims)
            ?? Self.mistake("subject", claims.subject, self.subjects)
        let remedy = "if it is meant to call, add it to the caller policy"
        return "\(start)\(mistake.map { ", \($0)" } ?? ""); \(remedy). The policy allows \(self.inWords)."
    }

    /// The allowed callers, at most three of each kind.
    private var inWords: String {
        let kinds = [("the accounts", self.emails), ("the subjects", self.subjects), ("the domains", self.domains)]
        let words =
            kinds.filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1.strings.quotedForOperators)" }
            + self.others.map { "\($0.claim.pluralWords) \($0.names.strings.quotedForOperators)" }
        return words.isEmpty ? "nobody" : words.joined(separator: ", and ")
    }

    /// Describes the only difference between a claim and an allowed value.
    private static func mistake(_ name: String, _ received: String?, _ allowed: ExactStrings) -> String? {
        guard let received, let (value, difference) = NearMiss(received)?.find(in: allowed.strings) else { return nil }
        return "whose \(name) differs from the allowed \(value.quotedForOperators) only by \(difference.rawValue)"
    }

    private func emailMistake(_ claims: Claims) -> String? {
        guard let email = claims.email, !email.isEmpty, email.utf8.count <= NearMiss.longestText else { return nil }
        if let mistake = Self.mistake("address", email, self.emails) { return mistake }
        let received = AddressParts(email)
        for allowed in self.emails.strings.prefix(NearMiss.mostCompared) {
            let expected = AddressParts(allowed)
            guard received.name.elementsEqual(expected.name) else { continue }
            if received.domain.isEmpty {
                return "whose address lacks the domain of the allowed \(allowed.quotedForOperators)"
            }
            if received.isOfProject, expected.isOfProject {
                return
                    "whose address has the name of the allowed \(allowed.quotedForOperators) but is in another project"
            }
        }
        return nil
    }

    private func domainMistake(_ claims: Claims) -> String? {
        guard let domain = claims.hostedDomain else {
            guard let email = claims.email, email.utf8.count <= NearMiss.longestText else { return nil }
            let received = AddressParts(email)
            guard
                let allowed = self.domains.strings.prefix(NearMiss.mostCompared)
                    .first(where: { received.domain.elementsEqual($0.utf8) })
            else { return nil }
            return "whose address is in the allowed domain \(allowed.quotedForOperators) but whose token has no hosted "
                + "domain (hd), so that it is not an account of that Google Workspace domain"
        }
        return Self.mistake("hosted domain", domain, self.domains)
    }
}

/// The two parts of an e-mail address.
private struct AddressParts {
    let name: Substring.UTF8View
    /// The domain; empty if the address has none.
    let domain: Substring.UTF8View

    init(_ address: String) {
        let bytes = address[...].utf8
        let at = bytes.lastIndex(of: UInt8(ascii: "@")) ?? bytes.endIndex
        self.name = bytes[..<at]
        self.domain = bytes[at...].dropFirst()
    }

    /// Whether this is the address of a service account that belongs to a project.
    var isOfProject: Bool {
        let suffix = ".iam.gserviceaccount.com"
        return self.domain.count > suffix.utf8.count
            && self.domain.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }
}
