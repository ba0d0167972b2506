//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: missing argument for parameter 'audience' in call

import GoogleIDToken

let verifier = try IDTokenVerifier(callers: .serviceAccounts("login@my-project.iam.gserviceaccount.com"))
