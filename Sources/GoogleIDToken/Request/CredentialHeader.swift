//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The request headers that can carry a caller's token.
public enum CredentialHeader: String, Sendable, CaseIterable {
    /// `X-Serverless-Authorization`, which Cloud Run prefers where both are present.
    case xServerlessAuthorization = "X-Serverless-Authorization"
    /// `Authorization` (RFC 9110 §11.6.2).
    case authorization = "Authorization"

    /// Whether a header field's name is this one; case does not count (RFC 9110 §5.1).
    func matches(_ name: String) -> Bool {
        let own = self.rawValue.utf8
        guard name.utf8.count == own.count else { return false }
        return zip(name.utf8, own).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
    }
}

extension UInt8 {
    /// The lower-case letter of an ASCII upper-case one; anything else as it is.
    var lowercasedASCII: UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
    }
}
