//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

@testable internal import GoogleIDToken

extension Claims {
    /// Parses the claims of a Google ID token.
    convenience init(parsing payload: [UInt8]) throws(VerificationError) {
        try self.init(parsing: payload, for: .googleIDToken)
    }
}
