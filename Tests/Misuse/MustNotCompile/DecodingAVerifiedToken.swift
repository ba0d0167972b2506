//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: instance method 'decode(_:from:)' requires that 'VerifiedIDToken' conform to 'Decodable'

import Foundation
import GoogleIDToken

func caller(from payload: Data) throws -> VerifiedIDToken {
    try JSONDecoder().decode(VerifiedIDToken.self, from: payload)
}
