//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
internal import GoogleIDToken
public import GRPCCore

/// The requirements for the callers of a server, by service and by method.
///
/// ```swift
/// var rules = RPCAccessRules()
/// rules[ServiceDescriptor(fullyQualifiedService: "grpc.health.v1.Health")] = .open
/// rules[Profiles.Method.Delete.descriptor] = .only(.serviceAccounts("admin@my-project.iam.gserviceaccount.com"))
/// ```
/// The rule for a method takes precedence over the rule for its service, and that over ``otherwise``. Services and
/// methods without a rule, including those that are added later, require a caller.
public struct RPCAccessRules: Sendable {
    /// The requirement for calls that no rule names.
    public var otherwise: RPCAccess
    private var services: [ServiceDescriptor: RPCAccess] = [:]
    private var methods: [MethodName: RPCAccess] = [:]

    /// The identity of a method, without the type that its descriptor may state.
    ///
    /// Generated code states the type of a `MethodDescriptor` and a transport does not, so that two descriptors of one
    /// method can be unequal.
    private struct MethodName: Hashable {
        let service: ServiceDescriptor
        let method: String

        init(_ descriptor: MethodDescriptor) {
            self.service = descriptor.service
            self.method = descriptor.method
        }
    }

    /// Creates rules with the same requirement for all calls.
    ///
    /// - Parameter otherwise: The requirement for calls that no rule names.
    public init(otherwise: RPCAccess = .caller) {
        self.otherwise = otherwise
    }

    /// The requirement for the methods of a service that have no rule of their own.
    ///
    /// - Parameter service: The service.
    /// - Returns: The service's rule, or ``otherwise`` if it has none.
    public subscript(service: ServiceDescriptor) -> RPCAccess {
        get { self.services[service] ?? self.otherwise }
        set { self.services[service] = newValue }
    }

    /// The requirement for a method.
    ///
    /// - Parameter method: The method; the type that its descriptor may state is ignored.
    /// - Returns: The method's rule, or that of its service if it has none.
    public subscript(method: MethodDescriptor) -> RPCAccess {
        get { self.methods[MethodName(method)] ?? self[method.service] }
        set { self.methods[MethodName(method)] = newValue }
    }

    /// Checks that every rule can allow at least one caller.
    ///
    /// - Throws: `IDTokenVerifier.ConfigurationError` with `callers_missing` if a policy names no caller, or contains
    ///   an empty name.
    func checkNames() throws(IDTokenVerifier.ConfigurationError) {
        for access in [self.otherwise] + self.services.values + self.methods.values {
            if case .only(let policy) = access { try policy.checkNames("The caller policy of a rule") }
        }
    }
}
#else
/// The requirements for the callers of a server, by service and by method.
@available(*, unavailable, message: "enable the trait GRPC of swift-google-id-token in Package.swift")
public typealias RPCAccessRules = `Enable the trait GRPC of swift-google-id-token in Package.swift`
#endif
