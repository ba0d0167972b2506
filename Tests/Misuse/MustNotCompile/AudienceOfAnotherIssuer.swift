//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: cannot convert value of type 'String' to expected argument type 'IdentityAwareProxyAudience'

import GoogleIDToken

let verifier = try IDTokenVerifier(
    trusting: .identityAwareProxy,
    audience: "https://profiles-123456.europe-west1.run.app",
    callers: .anyCaller
)
