//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if !Observability
public import GoogleIDToken

/// The type that every type of this module stands for while the trait is off.
///
/// Its name is the remedy, because the compiler names a type that lacks a conformance without saying that the type is
/// unavailable. Everywhere else it says so; the members below only let it get that far.
public struct `Enable the trait Observability of swift-google-id-token in Package.swift`: Sendable {
    /// Stands for the initialisers of this module's types.
    ///
    /// - Parameter argument: A verifier, a logger or a factory of metrics.
    public init<Argument>(_ argument: Argument) {}

    /// Stands for the initialiser of `VerifierMetrics`.
    ///
    /// - Parameter factory: The factory of the metrics.
    public init<Factory>(factory: Factory) {}

    /// Stands for the initialiser of `VerifierMetrics` without arguments.
    public init() {}

    /// Stands for the writing of an event.
    ///
    /// - Parameter event: The event.
    @Sendable public func write(_ event: IDTokenVerifier.Event) {}

    /// Stands for the recording of an event.
    ///
    /// - Parameter event: The event.
    @Sendable public func record(_ event: IDTokenVerifier.Event) {}
}
#endif
