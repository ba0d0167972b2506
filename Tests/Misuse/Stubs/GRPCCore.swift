//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

// The part of GRPCCore's public interface that a service without the trait meets first, without its behaviour.

public struct ServiceDescriptor: Hashable, Sendable {
    public init(fullyQualifiedService: String) {}
}

public protocol ServerInterceptor: Sendable {}

public final class GRPCServer: Sendable {
    public init(interceptors: [any ServerInterceptor]) {}
}
