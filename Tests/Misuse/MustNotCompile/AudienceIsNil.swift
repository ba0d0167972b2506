//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: 'nil' is not compatible with expected argument type 'String'

import GoogleIDToken

let verifier = try IDTokenVerifier(audience: nil, callers: .anyGoogleIdentity)
