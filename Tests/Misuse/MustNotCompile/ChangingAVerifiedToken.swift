//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: cannot assign to property: 'issuer' is a get-only property

import GoogleIDToken

func promoted(_ caller: VerifiedIDToken) -> VerifiedIDToken {
    var caller = caller
    caller.issuer = "https://accounts.google.com"
    return caller
}
