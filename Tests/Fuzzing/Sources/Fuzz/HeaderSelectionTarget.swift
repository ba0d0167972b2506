//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

@testable import GoogleIDToken

/// A credential comes from one field alone, of the preferred header if the request has it, and as it stands there.
enum HeaderSelectionTarget {
    private static let maximumSize = 1_024

    static func run(_ bytes: [UInt8]) {
        let fields = HeaderLines.read(bytes)
        let headers = RequestHeaders(fields)
        let hasPreferred = fields.contains { $0.name.lowercased().isExactly("x-serverless-authorization") }
        promise(
            headers.preferred(of: TrustProfile.googleIDToken.credentialHeaders)
                == (hasPreferred ? .xServerlessAuthorization : .authorization),
            "X-Serverless-Authorization comes first wherever it is present"
        )
        for header in CredentialHeader.allCases {
            Self.check(header, of: headers, fields)
        }
    }

    private static func check(
        _ header: CredentialHeader,
        of headers: RequestHeaders,
        _ fields: [(name: String, value: String)]
    ) {
        let values = fields.filter { $0.name.lowercased().isExactly(header.rawValue.lowercased()) }.map(\.value)
        do throws(VerificationError) {
            let token = try headers.token(in: header, maximumSize: Self.maximumSize)
            try BearerCredential.check(token, of: header)
            promise(values.count == 1, "a credential stands alone")
            promise(token.utf8.count <= Self.maximumSize, "a credential is bounded")
            promise(!token.utf8.contains { $0 <= 0x20 || $0 >= 0x7F || $0 == UInt8(ascii: ",") }, "of RFC 6750 §2.1")
            let parts = values[0].utf8.split { $0 == 0x20 || $0 == 0x09 }.count
            if header.hasScheme {
                promise(
                    values[0].lowercased().hasPrefix("bearer ") || values[0].first?.isWhitespace == true,
                    "the scheme"
                )
                promise(parts == 2, "the scheme and the token alone")
            } else {
                promise(parts == 1, "the token alone")
            }
            promise(values[0].contains(token), "a credential is taken as it stands")
        } catch {
            promise(values.count < 2 || error.code == .credentialsAmbiguous, "the same header twice is ambiguous")
            promise(!values.isEmpty || error.code == .credentialsMissing, "none is missing")
            let codes: [VerificationError.Code] = [
                .credentialsMissing, .credentialsAmbiguous, .credentialsMalformed, .tokenTooLarge,
            ]
            promise(codes.contains(error.code), "\(error)")
        }
    }
}
