//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The values of the request headers that can carry a token.
struct RequestHeaders: Sendable {
    private var xServerlessAuthorization = Occurrence.absent
    private var authorization = Occurrence.absent
    private var xGoogIAPJWTAssertion = Occurrence.absent

    /// The largest value of `Configuration.maximumTokenSize`, in bytes.
    private static let largestToken = 65_536

    private enum Occurrence: Sendable {
        case absent
        case once(String)
        case repeated

        mutating func note(_ value: String) {
            if case .absent = self {
                self = .once(value)
            } else {
                self = .repeated
            }
        }
    }

    /// Selects the headers from all header fields.
    init(_ fields: some Sequence<(name: String, value: String)>) {
        // For other modules the generic loop is not specialised: a cached token would take half as long again.
        guard let fields = fields as? [(name: String, value: String)] else {
            for field in fields { self.note(field.name, field.value) }
            return
        }
        // A span gives access in place: a copy of each string would cost a retain and a release.
        let span = fields.span
        for index in span.indices { self.note(span[index].name, span[index].value) }
    }

    /// Selects the headers from a dictionary.
    init(_ fields: [String: String]) {
        for (name, value) in fields {
            self.note(name, value)
        }
    }

    private mutating func note(_ name: String, _ value: String) {
        if CredentialHeader.authorization.matches(name) {
            self.authorization.note(value)
        } else if CredentialHeader.xServerlessAuthorization.matches(name) {
            self.xServerlessAuthorization.note(value)
        } else if CredentialHeader.xGoogIAPJWTAssertion.matches(name) {
            self.xGoogIAPJWTAssertion.note(value)
        }
    }

    /// Returns the header that the verifier reads: the first one that the request has.
    ///
    /// - Parameter headers: The headers that may carry a token, in order of preference.
    /// - Returns: The header; the last one if the request has none of them.
    func preferred(of headers: [CredentialHeader]) -> CredentialHeader {
        headers.first { self.has($0) } ?? headers.last ?? .authorization
    }

    /// Whether the request has a header, once or more often.
    func has(_ header: CredentialHeader) -> Bool {
        if case .absent = self.occurrence(of: header) { false } else { true }
    }

    /// Whether a header carries a token, or more than one: another scheme than Bearer counts as none.
    func carriesToken(in header: CredentialHeader) -> Bool {
        do throws(VerificationError) {
            _ = try self.token(in: header, maximumSize: Self.largestToken)
            return true
        } catch {
            return error.code != .credentialsMissing
        }
    }

    /// Whether the token of a header ends with the mark in place of a signature that Cloud Run removed.
    func isSignatureRemoved(in header: CredentialHeader) -> Bool {
        guard let token = try? self.token(in: header, maximumSize: Self.largestToken) else { return false }
        let mark = ".\(CompactToken.removedSignature)"
        return token.utf8.count > mark.utf8.count && token.utf8.suffix(mark.utf8.count).elementsEqual(mark.utf8)
    }

    private func occurrence(of header: CredentialHeader) -> Occurrence {
        switch header {
        case .authorization: self.authorization
        case .xServerlessAuthorization: self.xServerlessAuthorization
        case .xGoogIAPJWTAssertion: self.xGoogIAPJWTAssertion
        }
    }

    /// Returns the token that a header carries.
    ///
    /// - Parameters:
    ///   - header: The header to read; the others are ignored.
    ///   - maximumSize: The longest accepted token, in bytes.
    /// - Returns: The token; its characters are not checked.
    /// - Throws: ``VerificationError`` with `credentials_missing`, `credentials_ambiguous` or `token_too_large`.
    func token(in header: CredentialHeader, maximumSize: Int) throws(VerificationError) -> Substring {
        switch self.occurrence(of: header) {
        case .absent: throw self.missing
        case .repeated:
            throw VerificationError(
                .credentialsAmbiguous,
                "The request has the header \(header.rawValue) more than once; a proxy may have added its own. Make "
                    + "sure that the request carries one credential."
            )
        case .once(let value):
            return header.hasScheme
                ? try BearerCredential.token(in: value, of: header, maximumSize: maximumSize)
                : try AssertionCredential.token(in: value, of: header, maximumSize: maximumSize)
        }
    }

    /// The error for a request without a token in the headers that the verifier reads.
    private var missing: VerificationError {
        let hasAssertion = self.has(.xGoogIAPJWTAssertion)
        return VerificationError(.credentialsMissing) { words in
            guard hasAssertion, words !== TokenWords.identityAwareProxy else { return words.missing }
            return "\(words.missing) The request has X-Goog-IAP-JWT-Assertion, so the service is probably behind "
                + "Identity-Aware Proxy; to let its users call, \(TokenWords.identityAwareProxy.usage)."
        }
    }
}
