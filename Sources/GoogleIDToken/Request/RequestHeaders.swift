//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The values of the two request headers that can carry a token.
struct RequestHeaders: Sendable {
    private var xServerlessAuthorization = Occurrence.absent
    private var authorization = Occurrence.absent

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

    /// Selects the two headers from all header fields.
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

    /// Selects the two headers from a dictionary.
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
        }
    }

    /// Returns the header that the verifier reads: the first one that the request has.
    ///
    /// - Parameter headers: The headers that may carry a token, in order of preference.
    /// - Returns: The header; `Authorization` if the request has none of them.
    func preferred(of headers: [CredentialHeader]) -> CredentialHeader {
        headers.first { if case .absent = self.occurrence(of: $0) { false } else { true } } ?? .authorization
    }

    private func occurrence(of header: CredentialHeader) -> Occurrence {
        switch header {
        case .authorization: self.authorization
        case .xServerlessAuthorization: self.xServerlessAuthorization
        }
    }

    /// Returns the token that a header carries.
    ///
    /// - Parameters:
    ///   - header: The header to read; the other one is ignored.
    ///   - maximumSize: The longest accepted token, in bytes.
    /// - Returns: The token; its characters are not checked.
    /// - Throws: ``VerificationError`` with `credentials_missing`, `credentials_ambiguous` or `token_too_large`.
    func bearerToken(in header: CredentialHeader, maximumSize: Int) throws(VerificationError) -> Substring {
        switch self.occurrence(of: header) {
        case .absent:
            throw VerificationError(
                .credentialsMissing,
                "The request has neither an Authorization nor an X-Serverless-Authorization header; the caller must "
                    + "send 'Authorization: Bearer' and an ID token."
            )
        case .repeated:
            throw VerificationError(
                .credentialsAmbiguous,
                "The request has the header \(header.rawValue) more than once; a proxy may have added its own. Make "
                    + "sure that the request carries one credential."
            )
        case .once(let value):
            return try BearerCredential.token(in: value, of: header, maximumSize: maximumSize)
        }
    }
}
