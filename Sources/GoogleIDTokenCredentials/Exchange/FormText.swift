//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// Percent-encoding (RFC 3986 §2.1) and forms (`application/x-www-form-urlencoded`).
enum FormText {
    /// Encodes all bytes except unreserved characters.
    static func encode(_ text: String) -> String {
        var bytes: [UInt8] = []
        Self.append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Encodes the members of a form; those with an empty value are left out.
    ///
    /// - Returns: The content of a request, which is wiped after use.
    static func form(_ members: [(name: String, value: String)]) -> SecretBytes {
        // With enough room from the start, no copy of the secrets is left behind in released memory.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(members.reduce(0) { $0 + $1.name.utf8.count + 3 * $1.value.utf8.count + 2 })
        for member in members where !member.value.isEmpty {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
            Self.append(member.name, to: &bytes)
            bytes.append(UInt8(ascii: "="))
            Self.append(member.value, to: &bytes)
        }
        return SecretBytes(moving: &bytes)
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes.append(UInt8(ascii: "%"))
                bytes.append(Self.digit(byte >> 4))
                bytes.append(Self.digit(byte & 15))
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
