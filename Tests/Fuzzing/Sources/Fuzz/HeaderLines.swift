//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Header fields as lines of `name: value`; bytes that are no UTF-8 become replacement characters.
enum HeaderLines {
    static func read(_ bytes: some Collection<UInt8>) -> [(name: String, value: String)] {
        bytes.split(separator: UInt8(ascii: "\n"))
            .map { line in
                let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
                let value = line[colon...].dropFirst().drop { $0 == UInt8(ascii: " ") }
                return (String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
            }
    }
}
