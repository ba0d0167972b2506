//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: 'CallerRequestContext' is unavailable: enable the trait Hummingbird of swift-google-id-token in Package.swift
// error: argument type 'IDTokenMiddleware' (aka '`Enable the trait Hummingbird of swift-google-id-token in Package.swift`') does not conform to expected type 'MiddlewareProtocol'
// error: 'IDTokenMiddleware' is unavailable: enable the trait Hummingbird of swift-google-id-token in Package.swift
// error: 'CallerPolicyMiddleware' is unavailable: enable the trait Hummingbird of swift-google-id-token in Package.swift

import GoogleIDToken
import GoogleIDTokenHummingbird
import Hummingbird

struct ProfileContext: CallerRequestContext {
    var caller: VerifiedIDToken?
}

func middleware(_ router: Router<BasicRequestContext>, _ verifier: IDTokenVerifier) throws {
    router.add(middleware: IDTokenMiddleware(verifier, realm: "profiles"))
    _ = IDTokenMiddleware(verifier, realm: "profiles")
    _ = try CallerPolicyMiddleware(.anyGoogleIdentity, realm: "profiles")
}
