//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Foundation

@testable import GoogleIDToken

/// What the library reads in each file of a folder, a line each, for comparison with another reader.
enum Readings {
    static func print(of folder: String, by target: FuzzTarget) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            let bytes = Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
            Swift.print(name, Self.reading(of: bytes, by: target) ?? "-", separator: "\t")
        }
    }

    private static func reading(of bytes: [UInt8], by target: FuzzTarget) -> String? {
        switch target {
        case .base64url:
            Base64URL.decode(bytes.span)
                .map { "=" + $0.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }
        case .json: (try? JSONReader.read(bytes)).map { "=" + $0.json }
        default: nil
        }
    }
}
