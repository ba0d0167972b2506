//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// A token whose form and header are right, and what is to vouch for it.
struct PresentedToken: Sendable {
    let token: CompactToken
    /// The header that carries it, or nil if it was given without a request.
    let credentialHeader: CredentialHeader?
    /// The key that must have signed it, or nil if Cloud Run's own access check is believed instead.
    let keyID: String?
}

extension IDTokenVerifier {
    /// Chooses the credential of a request and reads its header.
    func present(_ headers: RequestHeaders) throws(VerificationError) -> PresentedToken {
        let header = headers.preferred
        let token = try self.token(in: header, of: headers)
        guard token.isSignatureRemoved else { return try self.present(token, from: header) }

        switch self.configuration.removedSignature {
        case .reject:
            throw .signatureRemoved(in: header)
        case .verifyAuthorizationInstead:
            let other: CompactToken
            do throws(VerificationError) {
                other = try self.token(in: .authorization, of: headers)
            } catch {
                throw error.code == .credentialsMissing ? .signatureRemoved(in: header) : error
            }
            guard !other.isSignatureRemoved else { throw .signatureRemoved(in: .authorization) }
            return try self.present(other, from: .authorization)
        case .trustCloudRun:
            _ = try TokenHeader(parsing: token.header, algorithm: self.profile.algorithm)
            return PresentedToken(token: token, credentialHeader: header, keyID: nil)
        }
    }

    func present(_ text: String) throws(VerificationError) -> PresentedToken {
        let token = try CompactToken(parsing: text, maximumSize: self.configuration.maximumTokenSize)
        guard !token.isSignatureRemoved else { throw .signatureRemoved(in: nil) }
        return try self.present(token, from: nil)
    }

    private func present(
        _ token: CompactToken,
        from credentialHeader: CredentialHeader?
    ) throws(VerificationError) -> PresentedToken {
        let header = try TokenHeader(parsing: token.header, algorithm: self.profile.algorithm)
        guard let keyID = header.keyID else { throw .keyIDMissing }
        return PresentedToken(token: token, credentialHeader: credentialHeader, keyID: keyID)
    }

    private func token(
        in header: CredentialHeader,
        of headers: RequestHeaders
    ) throws(VerificationError) -> CompactToken {
        let maximumSize = self.configuration.maximumTokenSize
        let text = try headers.bearerToken(in: header, maximumSize: maximumSize)
        return try CompactToken(parsing: text, maximumSize: maximumSize)
    }

    /// The token that a request would be judged by, not verified.
    ///
    /// - Throws: ``VerificationError``.
    package static func credential(
        in headers: some Sequence<(name: String, value: String)>
    ) throws(VerificationError) -> String {
        let headers = RequestHeaders(headers)
        return try headers.bearerToken(in: headers.preferred, maximumSize: Configuration().maximumTokenSize)
    }
}
