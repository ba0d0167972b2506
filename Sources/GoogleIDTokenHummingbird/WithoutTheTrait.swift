//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if !Hummingbird
public import FoundationEssentials
public import GoogleIDToken

/// The type that every type of this module stands for while the trait is off.
///
/// Its name is the remedy, because the compiler names a type that lacks a conformance without saying that the type is
/// unavailable. Everywhere else it says so; the members below only let it get that far.
public struct `Enable the trait Hummingbird of swift-google-id-token in Package.swift` {
    /// Stands for the initialiser of `IDTokenMiddleware`.
    ///
    /// - Parameters:
    ///   - verifier: The verifier.
    ///   - realm: The name of the protected service.
    ///   - allowsAnonymous: Whether requests without credentials are passed on.
    public init(_ verifier: IDTokenVerifier, realm: String, allowsAnonymous: Bool = false) {}

    /// Stands for the initialiser of `CallerPolicyMiddleware`.
    ///
    /// - Parameters:
    ///   - policy: The callers that are allowed.
    ///   - realm: The name of the protected service.
    /// - Throws: Nothing, because it is never called.
    public init(_ policy: CallerPolicy, realm: String) throws {}
}

extension IDTokenVerifier {
    /// Stands for `verify(headers:at:)` with Hummingbird's header fields.
    ///
    /// - Parameters:
    ///   - headers: The header fields of a request.
    ///   - time: The time at which the token must be valid.
    /// - Returns: The verified caller.
    /// - Throws: Nothing, because it is never called.
    @available(*, unavailable, message: "enable the trait Hummingbird of swift-google-id-token in Package.swift")
    public func verify<HTTPFields: Collection>(
        headers: HTTPFields,
        at time: Date? = nil
    ) async throws(VerificationError) -> VerifiedIDToken {
        throw VerificationError(.keysUnavailable, "This function stands for another one and is never called.")
    }
}
#endif
