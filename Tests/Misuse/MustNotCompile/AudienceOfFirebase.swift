//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: cannot convert value of type 'String' to expected argument type 'Never'

import GoogleIDToken

let verifier = try IDTokenVerifier(
    trusting: .firebase(project: "my-project"),
    audience: "other-project",
    callers: .anyCaller
)
