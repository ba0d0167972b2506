//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting
internal import OpenSSLSigning

extension StandIn {
    /// `signBlob`: signs any bytes with the key of the service accounts.
    func signBlob(_ body: [IDTokenJSON.Member]) -> LocalAnswer {
        guard
            let payload = body["payload"]?.stringValue, let bytes = Data(base64Encoded: payload),
            let signature = try? self.accountKey.keyPair.sign(Array(bytes))
        else { return Self.invalid("payload; it is bytes in base64") }
        return .object(
            ("keyId", .string(self.accountKey.keyID)),
            ("signedBlob", .string(Data(signature).base64EncodedString()))
        )
    }

    /// `signJwt`: signs claims with the key of the service accounts.
    func signJWT(_ body: [IDTokenJSON.Member]) throws(TestIssuerError) -> LocalAnswer {
        guard
            let payload = body["payload"]?.stringValue,
            let claims = (try? JSONReader.read(Array(payload.utf8)))?.objectValue
        else { return Self.invalid("payload; it is a JSON object of claims, as a string") }
        if let expiry = claims["exp"] {
            // Google's limit for this method is twelve hours.
            guard let time = expiry.doubleValue, time <= Date().timeIntervalSince1970 + 12 * 60 * 60 else {
                return Self.invalid("exp; it is at most twelve hours from now")
            }
        }
        return .object(
            ("keyId", .string(self.accountKey.keyID)),
            ("signedJwt", .string(try self.accountKey.sign(claims: payload)))
        )
    }
}
#endif
