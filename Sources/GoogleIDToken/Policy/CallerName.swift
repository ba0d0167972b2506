//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// A name in a caller policy, and the claim that it must equal.
struct CallerName {
    /// How the operator or the service author writes a name, so that an error can show the right one in the same way.
    enum Style {
        /// As a part of a text, such as `subject:1`.
        case text
        /// In Swift, such as `.subjects("1")`.
        case code
    }

    let claim: CallerClaim
    let text: String

    init(_ claim: CallerClaim, _ text: String) {
        self.claim = claim
        self.text = text
    }

    /// Checks that a claim can equal the name.
    ///
    /// - Parameters:
    ///   - policy: The policy's name in the error.
    ///   - style: How the name was written.
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` with `caller_invalid`.
    func check(in policy: String, writtenAs style: Style) throws(IDTokenVerifier.ConfigurationError) {
        let start = "\(policy) names the \(self.claim.words)"
        if let mistake = ConfiguredText(self.text).mistake {
            throw IDTokenVerifier.ConfigurationError(.callerInvalid, start, self.text, mistake)
        }
        guard let mistake = self.memberMistake ?? self.claim.mistake(self.text) else { return }
        let remedy =
            switch mistake.remedy {
            case .name(let name): "give \(name.written(as: style)) instead"
            case .words(let words): words
            }
        throw IDTokenVerifier.ConfigurationError(
            .callerInvalid,
            "\(start) \(self.text.quotedForOperators), \(mistake.what); \(remedy)."
        )
    }

    /// The name as the operator or the service author should write it.
    func written(as style: Style) -> String {
        switch style {
        case .text: "\(self.claim.prefix):\(self.text)".quotedForOperators
        case .code: "\(self.claim.function)\(self.text.quotedForOperators))"
        }
    }

    /// Why no claim can equal a name: what is wrong, as the end of a sentence, and the remedy.
    struct Mistake {
        enum Remedy {
            case name(CallerName)
            case words(String)
        }

        let what: String
        let remedy: Remedy

        init(_ what: String, _ remedy: Remedy) {
            self.what = what
            self.remedy = remedy
        }
    }

    /// A name that is written as a member of an IAM policy.
    private var memberMistake: Mistake? {
        guard let member = MemberText(self.text) else { return nil }
        let what = "which begins with \(member.prefix.quotedForOperators)"
        switch member.kind {
        case .claim(let claim): return Mistake(what, .name(CallerName(claim, member.name)))
        case .notInTokens(let words): return Mistake("\(what), \(words)", .words(MemberText.remedy))
        }
    }

    /// An address with characters that no address of Google's has.
    private static func copiedMistake(_ text: String) -> Mistake? {
        let bytes = text.utf8
        if let slash = bytes.lastIndex(of: UInt8(ascii: "/")) {
            let name = String(text[bytes.index(after: slash)...])
            return Mistake(
                "which is the name of a resource and not an address",
                .name(CallerName(.email, name))
            )
        }
        if bytes.contains(UInt8(ascii: "*")) {
            return Mistake("which contains *, but names are compared byte by byte", .words("name each account"))
        }
        return nil
    }

    static func emailMistake(_ text: String) -> Mistake? {
        if text.isExactly("allUsers") || text.isExactly("allAuthenticatedUsers") {
            return Mistake(
                "which is a member of IAM policies that no token contains",
                .words("name the callers, or choose .anyGoogleIdentity if everybody with a Google account may call")
            )
        }
        let bytes = text.utf8
        let full = "give the whole address, such as NAME@PROJECT.iam.gserviceaccount.com"
        guard let at = bytes.firstIndex(of: UInt8(ascii: "@")) else {
            let isNumber = bytes.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            return isNumber
                ? Mistake("which is a unique ID and not an address", .name(CallerName(.subject, text)))
                : Mistake("which is an address without @ and domain", .words(full))
        }
        if let mistake = self.copiedMistake(text) { return mistake }
        let domain = text[text.utf8.index(after: at)...]
        if domain.isEmpty { return Mistake("which is an address without a domain", .words(full)) }
        if at == bytes.startIndex {
            return Mistake("which is a domain and not an address", .name(CallerName(.hostedDomain, String(domain))))
        }
        if domain.utf8.contains(UInt8(ascii: "@")) {
            return Mistake("which contains @ more than once", .words("give one address"))
        }
        return nil
    }

    static func subjectMistake(_ text: String) -> Mistake? {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return nil }
        return Mistake("which is an address and not a unique ID", .name(CallerName(.email, text)))
    }

    static func domainMistake(_ text: String) -> Mistake? {
        let bytes = text.utf8
        let url = URLParts(text)
        if bytes.first == UInt8(ascii: "@"), bytes.count > 1 {
            return Mistake(
                "which begins with @",
                .name(CallerName(.hostedDomain, String(Substring(bytes.dropFirst()))))
            )
        }
        if bytes.contains(UInt8(ascii: "@")) {
            return Mistake("which is an address and not a domain", .name(CallerName(.email, text)))
        }
        if bytes.contains(UInt8(ascii: "/")), !url.authority.isEmpty {
            return Mistake("which is a URL and not a domain", .name(CallerName(.hostedDomain, url.authority)))
        }
        if url.isHost(in: "gserviceaccount.com") {
            return Mistake("but service accounts have no hosted domain", .words("name the service accounts"))
        }
        return nil
    }
}
