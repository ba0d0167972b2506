//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

extension ECPublicKey {
    /// Reads the members of a JSON Web Key (RFC 7518 §6.2.1).
    convenience init(webKey object: [IDTokenJSON.Member]) throws(UnusableKey) {
        guard object["crv"] == .string("P-256") else { throw UnusableKey(reason: "its curve (crv) is not P-256") }
        guard let x = Self.coordinate(object["x"]), let y = Self.coordinate(object["y"]) else {
            throw UnusableKey(reason: "a coordinate (x or y) is not encoded in 32 bytes as RFC 7518 §6.2.1 requires")
        }
        do throws(ECKeyError) {
            try self.init(x: x, y: y)
        } catch {
            throw UnusableKey(error)
        }
    }

    /// Reads the public key of a document that maps key IDs to public keys.
    convenience init(publishedPEM pem: String) throws(UnusableKey) {
        do throws(ECKeyError) {
            try self.init(publicKeyPEM: Array(pem.utf8))
        } catch {
            throw UnusableKey(error)
        }
    }

    private static func coordinate(_ value: IDTokenJSON?) -> [UInt8]? {
        guard let text = value?.stringValue, let bytes = Base64URL.decode(text.utf8.span) else { return nil }
        return bytes.count == Self.coordinateByteCount ? bytes : nil
    }
}

extension UnusableKey {
    fileprivate init(_ error: ECKeyError) {
        self.reason =
            switch error {
            case .notPublicKey: "it is not a public key in PEM form"
            case .otherCurve: "it is not a key on the named curve P-256"
            case .notOnCurve: "its coordinates are not a point on the curve P-256"
            case .refused(let error): "OpenSSL rejects it (\(error))"
            }
    }
}
