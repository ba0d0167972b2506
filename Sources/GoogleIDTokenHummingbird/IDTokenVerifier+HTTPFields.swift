//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
public import FoundationEssentials
public import GoogleIDToken
public import HTTPTypes

extension IDTokenVerifier {
    /// Verifies the ID token of a request.
    ///
    /// - Parameters:
    ///   - headers: The request's headers.
    ///   - time: The time at which the token must be valid; nil means the current time.
    /// - Returns: The verified caller.
    /// - Throws: `VerificationError`.
    public func verify(
        headers: HTTPFields,
        at time: Date? = nil
    ) async throws(VerificationError) -> VerifiedIDToken {
        try await self.verify(headers: headers.lazy.map { (name: $0.name.rawName, value: $0.value) }, at: time)
    }
}

extension IDTokenVerifiers {
    /// Verifies the token of a request with the verifier that its header chooses.
    ///
    /// - Parameters:
    ///   - headers: The request's headers.
    ///   - time: The time at which the token must be valid; nil means the current time.
    /// - Returns: The verified caller.
    /// - Throws: `VerificationError`.
    public func verify(
        headers: HTTPFields,
        at time: Date? = nil
    ) async throws(VerificationError) -> VerifiedIDToken {
        try await self.verify(headers: headers.lazy.map { (name: $0.name.rawName, value: $0.value) }, at: time)
    }
}
#endif
