//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenVerifier {
    /// Extracts the token from a credential and parses its compact form and its header.
    func read(_ credential: PresentedCredential) throws(VerificationError) -> UnverifiedToken {
        switch credential {
        case .request(let headers):
            let header = headers.preferred(of: self.profile.credentialHeaders)
            let text = try headers.token(in: header, maximumSize: self.configuration.maximumTokenSize)
            switch try self.read(text, in: header) {
            case .token(let token): return token
            case .signatureRemoved(let unsigned): return try self.handle(unsigned, in: header, of: headers)
            }
        case .token(let text):
            // The size is checked first, because the cache reads the whole text.
            guard text.utf8.count <= self.configuration.maximumTokenSize else { throw .tokenTooLarge }
            guard case .token(let token) = try self.read(text, in: nil) else {
                throw .signatureRemoved(in: nil, under: self.configuration.removedSignature)
            }
            return token
        }
    }

    private enum Reading {
        case token(UnverifiedToken)
        case signatureRemoved(CompactToken)
    }

    /// Parses a token, or finds it in the cache.
    private func read(
        _ text: Substring,
        in credentialHeader: CredentialHeader?
    ) throws(VerificationError) -> Reading {
        // The cache holds only tokens that passed the checks below.
        if let cached = self.cache?.find(text) {
            return .token(
                UnverifiedToken(credentialHeader: credentialHeader, voucher: .key(cached.keyID, .cached(cached)))
            )
        }
        let token = try self.compactToken(text, in: credentialHeader)
        guard !token.isSignatureRemoved else { return .signatureRemoved(token) }
        let header = try TokenHeader(parsing: token.header, algorithm: self.profile.signatureAlgorithm)
        guard let keyID = header.keyID else { throw .keyIDMissing }
        return .token(UnverifiedToken(credentialHeader: credentialHeader, voucher: .key(keyID, .new(token))))
    }

    /// Handles a token whose signature was removed, as the policy for such tokens says.
    private func handle(
        _ unsigned: CompactToken,
        in credentialHeader: CredentialHeader,
        of headers: RequestHeaders
    ) throws(VerificationError) -> UnverifiedToken {
        let policy = self.configuration.removedSignature
        if policy == .verifyAuthorizationInstead {
            let text: Substring
            do throws(VerificationError) {
                text = try headers.token(in: .authorization, maximumSize: self.configuration.maximumTokenSize)
            } catch {
                throw error.code == .credentialsMissing
                    ? .signatureRemoved(in: credentialHeader, of: headers, under: policy) : error
            }
            guard case .token(let token) = try self.read(text, in: .authorization) else {
                throw .signatureRemoved(in: .authorization, under: policy)
            }
            return token
        }
        guard policy.trustsMark(in: credentialHeader) else {
            throw .signatureRemoved(in: credentialHeader, of: headers, under: policy)
        }
        _ = try TokenHeader(parsing: unsigned.header, algorithm: self.profile.signatureAlgorithm)
        return UnverifiedToken(credentialHeader: credentialHeader, voucher: .cloudRun(unsigned))
    }

    private func compactToken(
        _ text: Substring,
        in credentialHeader: CredentialHeader?
    ) throws(VerificationError) -> CompactToken {
        do throws(VerificationError) {
            return try CompactToken(parsing: text, maximumSize: self.configuration.maximumTokenSize)
        } catch {
            // An error in the header's value is reported in preference to an error in the token.
            if let credentialHeader { try BearerCredential.check(text, of: credentialHeader) }
            throw error
        }
    }

    /// The credential of a request, which is not verified.
    package struct RequestCredential: Sendable {
        package let token: String
        /// The header that carries it.
        package let header: CredentialHeader
        /// The other headers that may carry a token and that the request has.
        package let otherHeaders: [CredentialHeader]
    }

    /// Returns the token of a request, without verifying it: that of the first header that may carry one.
    ///
    /// - Parameter headers: The request's headers.
    /// - Returns: The token.
    /// - Throws: ``VerificationError``.
    package static func credential(
        in headers: some Sequence<(name: String, value: String)>
    ) throws(VerificationError) -> RequestCredential {
        let headers = RequestHeaders(headers)
        let present = CredentialHeader.allCases.filter { headers.has($0) }
        let header = present.first ?? .authorization
        let text = try headers.token(in: header, maximumSize: Configuration().maximumTokenSize)
        try BearerCredential.check(text, of: header)
        return RequestCredential(token: String(text), header: header, otherHeaders: Array(present.dropFirst()))
    }
}
