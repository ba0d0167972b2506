//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: 'verify(headers:at:)' is unavailable: enable the trait Hummingbird of swift-google-id-token in Package.swift

import GoogleIDToken
import GoogleIDTokenHummingbird
import Hummingbird

func handler(_ router: Router<BasicRequestContext>, _ verifier: IDTokenVerifier) {
    router.get("profile") { request, _ in
        let caller = try await verifier.verify(headers: request.headers)
        return "Hello, \(caller.email ?? caller.subject)"
    }
}
