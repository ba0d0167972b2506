//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Observability
public import GoogleIDToken
public import ServiceLifecycle

/// A `Service` that keeps the keys of one or several verifiers fresh until the process shuts down.
///
/// ```swift
/// let services = ServiceGroup(services: [KeyRefreshService(verifier), server], logger: logger)
/// ```
public struct KeyRefreshService: Service {
    private let verifiers: IDTokenVerifiers

    /// Creates a service that runs the verifier's `IDTokenVerifier.run()`.
    ///
    /// - Parameter verifier: The verifier.
    public init(_ verifier: IDTokenVerifier) {
        self.verifiers = IDTokenVerifiers(only: verifier)
    }

    /// Creates a service that runs the verifiers' `IDTokenVerifiers.run()`.
    ///
    /// - Parameter verifiers: The verifiers.
    public init(_ verifiers: IDTokenVerifiers) {
        self.verifiers = verifiers
    }

    /// Keeps the keys fresh until the task is cancelled or the process shuts down gracefully.
    public func run() async {
        await cancelWhenGracefulShutdown { await self.verifiers.run() }
    }
}
#else
/// A `Service` that keeps a verifier's keys fresh until the process shuts down.
@available(*, unavailable, message: "enable the trait Observability of swift-google-id-token in Package.swift")
public typealias KeyRefreshService = `Enable the trait Observability of swift-google-id-token in Package.swift`
#endif
