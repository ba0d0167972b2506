//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: 'VerifiedIDToken' initializer is inaccessible due to 'internal' protection level
// error: missing arguments for parameters 'assurance', 'credentialHeader', 'keyID', 'claims' in call

import GoogleIDToken

let caller = VerifiedIDToken()
