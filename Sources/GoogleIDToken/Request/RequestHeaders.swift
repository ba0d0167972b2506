//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The values of the headers that can carry a token, as a request has them.
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

    /// Picks the two headers out of all.
    init(_ fields: some Sequence<(name: String, value: String)>) {
        // Without this a cached token takes half as long again: the loop below is not specialised for other modules.
        guard let fields = fields as? [(name: String, value: String)] else {
            for field in fields { self.note(field.name, field.value) }
            return
        }
        // Looked at where they are: taken out one by one, each text would be counted as used twice.
        let span = fields.span
        for index in span.indices { self.note(span[index].name, span[index].value) }
    }

    /// Picks the two headers out of a dictionary.
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

    /// The header that a request is judged by: the first that it has.
    ///
    /// - Parameter headers: The headers that may carry a token, in the order in which they are preferred.
    /// - Returns: The header, or the last one if the request has none of them.
    func preferred(of headers: [CredentialHeader]) -> CredentialHeader {
        headers.first { if case .absent = self.occurrence(of: $0) { false } else { true } } ?? .authorization
    }

    private func occurrence(of header: CredentialHeader) -> Occurrence {
        switch header {
        case .authorization: self.authorization
        case .xServerlessAuthorization: self.xServerlessAuthorization
        }
    }

    /// The token that a header carries.
    ///
    /// - Parameters:
    ///   - header: The header to look at; the other is left alone.
    ///   - maximumSize: The longest token taken, in bytes.
    /// - Returns: The token; its characters are not looked at.
    /// - Throws: ``VerificationError`` with `credentials_missing`, `credentials_ambiguous` or `token_too_large`.
    func bearerToken(in header: CredentialHeader, maximumSize: Int) throws(VerificationError) -> Substring {
        switch self.occurrence(of: header) {
        case .absent:
            throw VerificationError(
                .credentialsMissing,
                "The request has neither X-Serverless-Authorization nor Authorization; the caller must send "
                    + "'Authorization: Bearer' with an ID token."
            )
        case .repeated:
            throw VerificationError(
                .credentialsAmbiguous,
                "The request has \(header.rawValue) more than once; a proxy may have added its own."
            )
        case .once(let value):
            return try BearerCredential.token(in: value, of: header, maximumSize: maximumSize)
        }
    }
}
