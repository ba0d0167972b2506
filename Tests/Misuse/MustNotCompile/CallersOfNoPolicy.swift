//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: missing argument for parameter 'parsing' in call

import GoogleIDToken

let verifier = try IDTokenVerifier(audience: "https://profiles-123456.europe-west1.run.app", callers: CallerPolicy())
