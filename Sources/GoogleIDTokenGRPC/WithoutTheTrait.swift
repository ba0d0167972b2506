//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if !GRPC
public import GoogleIDToken

/// The type that every type of this module stands for while the trait is off.
///
/// Its name is the remedy, because the compiler names a type that lacks a conformance without saying that the type is
/// unavailable. Everywhere else it says so; the members below only let it get that far.
public struct `Enable the trait GRPC of swift-google-id-token in Package.swift` {
    /// Stands for the initialiser of `RPCAccessRules`.
    public init() {}

    /// Stands for the initialiser of `IDTokenServerInterceptor`.
    ///
    /// - Parameters:
    ///   - verifier: The verifier.
    ///   - rules: The rules.
    /// - Throws: Nothing, because it is never called.
    public init(_ verifier: IDTokenVerifier, rules: Self? = nil) throws {}

    /// Stands for the caller of a call.
    public static var caller: VerifiedIDToken? { nil }

    /// Stands for the rule for a service or a method.
    ///
    /// - Parameter descriptor: The service or the method.
    public subscript<Descriptor>(descriptor: Descriptor) -> Access {
        get { .open }
        set {}
    }

    /// Stands for a rule.
    public enum Access {
        /// Stands for the rule of that name.
        case open, callerOptional, caller
        case only(CallerPolicy)
    }
}
#endif
