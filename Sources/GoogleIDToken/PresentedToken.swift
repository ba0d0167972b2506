//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

/// A token whose form and header are right, and what is to vouch for it.
struct PresentedToken: Sendable {
    /// What is known of it.
    enum Form: Sendable {
        /// It has been taken apart.
        case new(CompactToken)
        /// It was accepted before, byte by byte the same.
        case remembered(RememberedToken)
    }

    let text: Substring
    let form: Form
    /// The header that carries it, or nil if it was given without a request.
    let credentialHeader: CredentialHeader?
    /// The key that must have signed it, or nil if Cloud Run's own access check is believed instead.
    let keyID: String?
}

extension IDTokenVerifier {
    /// Chooses the credential of a request and reads its header.
    func present(_ headers: RequestHeaders) throws(VerificationError) -> PresentedToken {
        let header = headers.preferred
        let text = try headers.bearerToken(in: header, maximumSize: self.configuration.maximumTokenSize)
        if let remembered = self.recall(text, from: header) { return remembered }
        let token = try self.token(text, in: header)
        guard token.isSignatureRemoved else { return try self.present(token, text, from: header) }

        switch self.configuration.removedSignature {
        case .verifyAuthorizationInstead:
            return try self.presentAuthorization(headers, insteadOf: header)
        case let policy where policy.trustsMark(in: header):
            _ = try TokenHeader(parsing: token.header, algorithm: self.profile.algorithm)
            return PresentedToken(text: text, form: .new(token), credentialHeader: header, keyID: nil)
        case .reject, .trustCloudRun, .trustCloudRunInEitherHeader:
            throw .signatureRemoved(in: header)
        }
    }

    func present(_ text: Substring) throws(VerificationError) -> PresentedToken {
        // Before the memory, which reads all of it.
        guard text.utf8.count <= self.configuration.maximumTokenSize else { throw .tokenTooLarge }
        if let remembered = self.recall(text, from: nil) { return remembered }
        let token = try CompactToken(parsing: text, maximumSize: self.configuration.maximumTokenSize)
        guard !token.isSignatureRemoved else { throw .signatureRemoved(in: nil) }
        return try self.present(token, text, from: nil)
    }

    private func presentAuthorization(
        _ headers: RequestHeaders,
        insteadOf header: CredentialHeader
    ) throws(VerificationError) -> PresentedToken {
        let text: Substring
        do throws(VerificationError) {
            text = try headers.bearerToken(in: .authorization, maximumSize: self.configuration.maximumTokenSize)
        } catch {
            throw error.code == .credentialsMissing ? .signatureRemoved(in: header) : error
        }
        if let remembered = self.recall(text, from: .authorization) { return remembered }
        let token = try self.token(text, in: .authorization)
        guard !token.isSignatureRemoved else { throw .signatureRemoved(in: .authorization) }
        return try self.present(token, text, from: .authorization)
    }

    private func present(
        _ token: CompactToken,
        _ text: Substring,
        from credentialHeader: CredentialHeader?
    ) throws(VerificationError) -> PresentedToken {
        let keyID =
            if let keyID = self.usualHeader.keyID(in: token.header) { keyID } else {
                try TokenHeader(parsing: token.header, algorithm: self.profile.algorithm).keyID
            }
        guard let keyID else { throw .keyIDMissing }
        return PresentedToken(text: text, form: .new(token), credentialHeader: credentialHeader, keyID: keyID)
    }

    /// Finds a token that was accepted before; what is checked up to its key ID need not be checked again.
    private func recall(_ text: Substring, from credentialHeader: CredentialHeader?) -> PresentedToken? {
        guard let token = self.memory?.recall(text) else { return nil }
        return PresentedToken(
            text: text,
            form: .remembered(token),
            credentialHeader: credentialHeader,
            keyID: token.keyID
        )
    }

    private func token(_ text: Substring, in header: CredentialHeader) throws(VerificationError) -> CompactToken {
        do throws(VerificationError) {
            return try CompactToken(parsing: text, maximumSize: self.configuration.maximumTokenSize)
        } catch {
            // What is wrong with the credential comes before what is wrong with the token.
            try BearerCredential.check(text, of: header)
            throw error
        }
    }

    /// The token that a request would be judged by, not verified.
    ///
    /// - Throws: ``VerificationError``.
    package static func credential(
        in headers: some Sequence<(name: String, value: String)>
    ) throws(VerificationError) -> String {
        let headers = RequestHeaders(headers)
        let header = headers.preferred
        let text = try headers.bearerToken(in: header, maximumSize: Configuration().maximumTokenSize)
        try BearerCredential.check(text, of: header)
        return String(text)
    }
}
