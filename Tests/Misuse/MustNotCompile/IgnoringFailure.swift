//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: call can throw, but it is not marked with 'try' and the error is not handled

import GoogleIDToken

func subject(of token: String, by verifier: IDTokenVerifier) async -> String {
    await verifier.verify(token: token).subject
}
