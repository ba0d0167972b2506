//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: 'IDTokenServerInterceptor' is unavailable: enable the trait GRPC of swift-google-id-token in Package.swift
// error: 'RPCAccessRules' is unavailable: enable the trait GRPC of swift-google-id-token in Package.swift
// error: 'IDTokenServerInterceptor' is unavailable: enable the trait GRPC of swift-google-id-token in Package.swift

import GRPCCore
import GoogleIDToken
import GoogleIDTokenGRPC

func interceptor(_ verifier: IDTokenVerifier) throws {
    _ = try IDTokenServerInterceptor(verifier)
    _ = RPCAccessRules()
    _ = IDTokenServerInterceptor.caller
}
