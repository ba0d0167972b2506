//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
internal import GoogleIDToken
public import GRPCCore

/// What the calls of a server ask of their callers, by service and by method.
///
/// ```swift
/// var rules = RPCAccessRules()
/// rules[ServiceDescriptor(fullyQualifiedService: "grpc.health.v1.Health")] = .open
/// rules[Profiles.Method.Delete.descriptor] = .only(.serviceAccounts("admin@my-project.iam.gserviceaccount.com"))
/// ```
/// The rule for a method comes first, then that for its service, then ``otherwise``: what no rule names needs a caller,
/// services that are added later included.
public struct RPCAccessRules: Sendable {
    /// What calls ask for that no rule names.
    public var otherwise: RPCAccess
    private var services: [ServiceDescriptor: RPCAccess] = [:]
    private var methods: [MethodName: RPCAccess] = [:]

    /// What tells two methods apart for a server, which knows no more of a call than these.
    ///
    /// A `MethodDescriptor` has a type besides: generated code states it, a transport does not, and two descriptors of
    /// one method with and without it are not equal.
    private struct MethodName: Hashable {
        let service: ServiceDescriptor
        let method: String

        init(_ descriptor: MethodDescriptor) {
            self.service = descriptor.service
            self.method = descriptor.method
        }
    }

    /// Makes rules that treat all calls alike.
    ///
    /// - Parameter otherwise: What calls ask for that no rule names.
    public init(otherwise: RPCAccess = .caller) {
        self.otherwise = otherwise
    }

    /// What the methods of a service ask for, unless a rule names the method.
    ///
    /// - Parameter service: The service.
    /// - Returns: The service's rule if it has one, else ``otherwise``.
    public subscript(service: ServiceDescriptor) -> RPCAccess {
        get { self.services[service] ?? self.otherwise }
        set { self.services[service] = newValue }
    }

    /// What a method asks for.
    ///
    /// - Parameter method: The method; the type that its descriptor may state does not count.
    /// - Returns: The method's rule if it has one, else that of its service.
    public subscript(method: MethodDescriptor) -> RPCAccess {
        get { self.methods[MethodName(method)] ?? self[method.service] }
        set { self.methods[MethodName(method)] = newValue }
    }

    /// Checks that somebody can meet each rule.
    ///
    /// - Throws: `IDTokenVerifier.ConfigurationError` with `callers_missing` if a policy names nobody, or an empty name.
    func checkNames() throws(IDTokenVerifier.ConfigurationError) {
        for access in [self.otherwise] + self.services.values + self.methods.values {
            if case .only(let policy) = access { try policy.checkNames("The caller policy of a rule") }
        }
    }
}
#else
/// What the calls of a server ask of their callers, by service and by method.
@available(*, unavailable, message: "enable the trait GRPC of swift-google-id-token")
public struct RPCAccessRules {}
#endif
