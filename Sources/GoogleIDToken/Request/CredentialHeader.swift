//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// The request headers that can carry a caller's token.
@nonexhaustive
public enum CredentialHeader: String, Sendable, CaseIterable {
    /// `X-Serverless-Authorization`, which Cloud Run prefers if both headers are present.
    case xServerlessAuthorization = "X-Serverless-Authorization"
    /// `Authorization` (RFC 9110 §11.6.2).
    case authorization = "Authorization"
    /// `X-Goog-IAP-JWT-Assertion`, in which Identity-Aware Proxy passes its assertion on, without a scheme.
    case xGoogIAPJWTAssertion = "X-Goog-IAP-JWT-Assertion"

    /// Whether the value has the scheme Bearer before the token; otherwise it is the token alone.
    var hasScheme: Bool { self != .xGoogIAPJWTAssertion }

    /// Whether a field name is the name of this header, ignoring case (RFC 9110 §5.1).
    func matches(_ name: String) -> Bool {
        guard name.utf8.count == self.rawValue.utf8.count else { return false }
        return switch self {
        case .xServerlessAuthorization: Bytes.areEqual(name.utf8.span, ignoringCaseOf: "x-serverless-authorization")
        case .authorization: Bytes.areEqual(name.utf8.span, ignoringCaseOf: "authorization")
        case .xGoogIAPJWTAssertion: Bytes.areEqual(name.utf8.span, ignoringCaseOf: "x-goog-iap-jwt-assertion")
        }
    }
}
