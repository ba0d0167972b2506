//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenVerifier {
    /// Reads the credential, the compact form and the header of what a caller presents.
    func read(_ credential: PresentedCredential) throws(VerificationError) -> UnverifiedToken {
        switch credential {
        case .request(let headers):
            let header = headers.preferred(of: self.profile.credentialHeaders)
            let text = try headers.bearerToken(in: header, maximumSize: self.configuration.maximumTokenSize)
            if let token = try self.read(text, in: header) { return token }
            return try self.readRemovedSignature(text, in: header, of: headers)
        case .token(let text):
            // Before the cache, which compares all of it.
            guard text.utf8.count <= self.configuration.maximumTokenSize else { throw .tokenTooLarge }
            guard let token = try self.read(text, in: nil) else { throw .signatureRemoved(in: nil) }
            return token
        }
    }

    /// Reads a token.
    ///
    /// - Returns: The token, or nil if its signature was removed.
    private func read(
        _ text: Substring,
        in credentialHeader: CredentialHeader?
    ) throws(VerificationError) -> UnverifiedToken? {
        // All that is checked here was checked of an equal token.
        if let cached = self.cache?.find(text) {
            return UnverifiedToken(credentialHeader: credentialHeader, voucher: .key(cached.keyID, .cached(cached)))
        }
        let token = try self.compactToken(text, in: credentialHeader)
        guard !token.isSignatureRemoved else { return nil }
        let header = try TokenHeader(parsing: token.header, algorithm: self.profile.algorithm)
        guard let keyID = header.keyID else { throw .keyIDMissing }
        return UnverifiedToken(credentialHeader: credentialHeader, voucher: .key(keyID, .new(token)))
    }

    /// Reads a token without a signature, or what the policy for such tokens wants to be read instead.
    private func readRemovedSignature(
        _ text: Substring,
        in credentialHeader: CredentialHeader,
        of headers: RequestHeaders
    ) throws(VerificationError) -> UnverifiedToken {
        let policy = self.configuration.removedSignature
        if policy == .verifyAuthorizationInstead {
            let text: Substring
            do throws(VerificationError) {
                text = try headers.bearerToken(in: .authorization, maximumSize: self.configuration.maximumTokenSize)
            } catch {
                throw error.code == .credentialsMissing ? .signatureRemoved(in: credentialHeader) : error
            }
            guard let token = try self.read(text, in: .authorization) else {
                throw .signatureRemoved(in: .authorization)
            }
            return token
        }
        guard policy.trustsMark(in: credentialHeader) else { throw .signatureRemoved(in: credentialHeader) }
        let token = try self.compactToken(text, in: credentialHeader)
        _ = try TokenHeader(parsing: token.header, algorithm: self.profile.algorithm)
        return UnverifiedToken(credentialHeader: credentialHeader, voucher: .cloudRun(token))
    }

    private func compactToken(
        _ text: Substring,
        in credentialHeader: CredentialHeader?
    ) throws(VerificationError) -> CompactToken {
        do throws(VerificationError) {
            return try CompactToken(parsing: text, maximumSize: self.configuration.maximumTokenSize)
        } catch {
            // What is wrong with the credential comes before what is wrong with the token.
            if let credentialHeader { try BearerCredential.check(text, of: credentialHeader) }
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
        let header = headers.preferred(of: TrustProfile.googleIDToken.credentialHeaders)
        let text = try headers.bearerToken(in: header, maximumSize: Configuration().maximumTokenSize)
        try BearerCredential.check(text, of: header)
        return String(text)
    }
}
