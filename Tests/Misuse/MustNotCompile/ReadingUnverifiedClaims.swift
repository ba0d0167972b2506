//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: cannot find 'Claims' in scope
// error: cannot find 'CompactToken' in scope

import GoogleIDToken

func subject(of token: String) throws -> String? {
    try Claims(parsing: CompactToken(parsing: token, maximumSize: 16_384).payload).subject
}
