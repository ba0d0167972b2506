//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// The audiences that a verifier accepts (RFC 7519 §4.1.3, OpenID Connect Core §3.1.3.7, rule 3).
struct AudiencePolicy: Sendable {
    /// The longest audience in bytes that is compared with the accepted ones to explain a mistake.
    private static let longestURL = 2_048
    private let accepted: ExactStrings
    /// The accepted audiences by their authority, which does not change in likely mistakes.
    private let acceptedByAuthority: [ExactString: [URLParts]]

    init(_ audiences: [String]) {
        self.accepted = ExactStrings(audiences)
        self.acceptedByAuthority = Dictionary(grouping: audiences.map { URLParts($0) }) {
            ExactString($0.authority)
        }
    }

    /// Checks that every audience of the token is accepted, byte by byte.
    ///
    /// - Throws: ``VerificationError`` with `audience_mismatch`.
    func check(_ claims: Claims) throws(VerificationError) {
        if claims.hasOneAudience(in: self.accepted) { return }
        guard claims.hasAudience else {
            throw VerificationError(
                .audienceMismatch,
                "The token's audience (aud) is not a string or a list of strings; have the caller request an ID token "
                    + "for this service's audience."
            )
        }
        if let audience = claims.audience(notIn: self.accepted) {
            throw VerificationError(.audienceMismatch, self.explain(audience))
        }
    }

    private func explain(_ audience: String) -> String {
        let start = "The token is for the audience \(audience.quotedForOperators)"
        if let likely = self.likelyMistake(audience) {
            return "\(start), \(likely); have the caller request the exact audience, or accept this one too."
        }
        if audience.isExactly(KnownToken.gcloudAudience) {
            return "\(start), which the tokens of every gcloud user have; have the caller impersonate a service "
                + "account (gcloud auth print-identity-token --impersonate-service-account --audiences)."
        }
        if audience.isExactly(KnownToken.userCredentialsAudience) {
            return "\(start), which the tokens of a user's application default credentials have; have the caller "
                + "impersonate a service account."
        }
        return "\(start), which this service does not accept; have the caller request a token for this service's "
            + "audience."
    }

    /// Describes the only difference between an audience and an accepted one, if there is a likely mistake.
    private func likelyMistake(_ audience: String) -> String? {
        guard audience.utf8.count <= Self.longestURL else { return nil }
        let received = URLParts(audience)
        for expected in self.acceptedByAuthority[ExactString(received.authority), default: []].prefix(100) {
            if received.scheme.isExactly(expected.scheme) {
                return received.hasSlashMoreOrLess(than: expected)
                    ? "which differs from an accepted one only by a trailing slash"
                    : "which differs from an accepted one only by its path"
            }
            if received.path.isExactly(expected.path) {
                return "which differs from an accepted one only by its scheme"
            }
        }
        return nil
    }
}

/// The scheme, authority and path of an audience; an audience need not be a URL.
private struct URLParts {
    let scheme: String
    let authority: String
    let path: String

    init(_ text: String) {
        var rest = text[...]
        if let colon = Self.endOfScheme(text) {
            self.scheme = String(text[..<colon])
            rest = text[text.utf8.index(colon, offsetBy: 3)...]
        } else {
            self.scheme = ""
        }
        let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        self.authority = String(rest[..<slash])
        self.path = String(rest[slash...])
    }

    /// Whether two paths differ only by a trailing slash.
    func hasSlashMoreOrLess(than other: URLParts) -> Bool {
        Self.isSame(self.path, withSlash: other.path) || Self.isSame(other.path, withSlash: self.path)
    }

    private static func isSame(_ short: String, withSlash long: String) -> Bool {
        long.utf8.count == short.utf8.count + 1 && long.utf8.last == UInt8(ascii: "/")
            && long.utf8.starts(with: short.utf8)
    }

    /// Returns the index of the first `://`.
    private static func endOfScheme(_ text: String) -> String.Index? {
        let bytes = text.utf8.span
        let mark = "://".utf8.span
        var start = 0
        while let colon = Bytes.firstIndex(of: UInt8(ascii: ":"), in: bytes, from: start) {
            if colon + mark.count <= bytes.count, Bytes.areEqual(bytes.extracting(colon..<colon + mark.count), mark) {
                return text.utf8.index(text.startIndex, offsetBy: colon)
            }
            start = colon + 1
        }
        return nil
    }
}
