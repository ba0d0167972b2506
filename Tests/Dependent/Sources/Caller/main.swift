//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import GoogleIDTokenCredentials

let credentials = try IDTokenCredentials.metadataServer()
print(credentials.health.source)
