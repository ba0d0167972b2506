//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: value of optional type 'VerifiedIDToken?' must be unwrapped to refer to member 'subject' of wrapped base type 'VerifiedIDToken'

import GoogleIDToken

func subject(of token: String, by verifier: IDTokenVerifier) async -> String {
    let caller = try? await verifier.verify(token: token)
    return caller.subject
}
