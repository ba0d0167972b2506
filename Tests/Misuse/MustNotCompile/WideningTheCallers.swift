//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: 'callers' is inaccessible due to 'internal' protection level

import GoogleIDToken

func open(_ verifier: IDTokenVerifier) {
    var verifier = verifier
    verifier.callers = .anyGoogleIdentity
}
