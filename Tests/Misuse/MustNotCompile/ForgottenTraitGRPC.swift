//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: 'RPCAccessRules' is unavailable: enable the trait GRPC of swift-google-id-token in Package.swift
// error: cannot convert value of type 'IDTokenServerInterceptor' (aka '`Enable the trait GRPC of swift-google-id-token in Package.swift`') to expected element type 'any ServerInterceptor'

import GRPCCore
import GoogleIDToken
import GoogleIDTokenGRPC

func server(_ verifier: IDTokenVerifier) throws -> GRPCServer {
    var rules = RPCAccessRules()
    rules[ServiceDescriptor(fullyQualifiedService: "grpc.health.v1.Health")] = .open
    return GRPCServer(interceptors: [try IDTokenServerInterceptor(verifier, rules: rules)])
}
