//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: value of type 'IDTokenVerifier.Configuration' has no member 'algorithms'

import GoogleIDToken

var configuration = IDTokenVerifier.Configuration()
configuration.algorithms = ["none", "HS256"]
