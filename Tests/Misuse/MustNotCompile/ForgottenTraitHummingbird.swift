//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: generic class 'Router' requires that 'BasicCallerRequestContext' (aka '`Enable the trait Hummingbird of swift-google-id-token in Package.swift`') conform to 'RequestContext'

import GoogleIDToken
import GoogleIDTokenHummingbird
import Hummingbird

func router(_ verifier: IDTokenVerifier) {
    let router = Router(context: BasicCallerRequestContext.self)
    router.add(middleware: IDTokenMiddleware(verifier, realm: "profiles"))
    router.get("profile") { _, context in "Hello, \(context.caller?.email ?? "stranger")" }
}
