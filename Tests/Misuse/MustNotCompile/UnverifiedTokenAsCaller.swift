//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: cannot convert value of type 'String' to expected argument type 'VerifiedIDToken'

import GoogleIDToken

func greeting(of caller: VerifiedIDToken) -> String {
    "Hello, \(caller.subject)"
}

let greeted = greeting(of: "eyJhbGciOiJSUzI1NiJ9.e30.c2ln")
