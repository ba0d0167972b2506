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
        guard name.utf8.count == self.rawValue.utf8.count else { return false }
        return switch self {
        case .xServerlessAuthorization: name.utf8.span.isExactly(lowercased: "x-serverless-authorization".utf8.span)
        case .authorization: name.utf8.span.isExactly(lowercased: "authorization".utf8.span)
        }
    }
}

extension Span<UInt8> {
    /// Whether this is some text in ASCII, where lower and upper case do not differ.
    ///
    /// - Parameter other: The text, in lower case.
    /// - Returns: Whether it is.
    func isExactly(lowercased other: Span<UInt8>) -> Bool {
        guard self.count == other.count else { return false }
        for index in self.indices where self[index].lowercasedASCII != other[index] {
            return false
        }
        return true
    }
}

extension UInt8 {
    /// The lower-case letter of an ASCII upper-case one; anything else as it is.
    var lowercasedASCII: UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
    }
}
