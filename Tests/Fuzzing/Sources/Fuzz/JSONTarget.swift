//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

@testable import GoogleIDToken

/// What is read can be written and read again, and is UTF-8; equal names are all that tells the two modes apart.
enum JSONTarget {
    static func run(_ bytes: [UInt8]) {
        let lenient = try? JSONReader.read(bytes, duplicateNames: .keep)
        do throws(JSONError) {
            let value = try JSONReader.read(bytes)
            promise(!Self.hasNameTwice(value), "no name comes twice")
            promise(lenient == value, "both modes read the same")
            promise(String(validating: bytes, as: UTF8.self) != nil, "only UTF-8 is read")
            for text in [value.json, value.indentedJSON] {
                promise(text.utf8.allSatisfy { 0x20...0x7E ~= $0 || $0 == 0x0A }, "what is written is ASCII")
                promise((try? JSONReader.read(Array(text.utf8))) == value, "what is written reads as before")
            }
        } catch {
            promise(0...bytes.count ~= error.offset, "the mistake lies within the text")
            promise(lenient == nil || error.reason == .duplicateName, "only a name twice is read in one mode alone")
            if let lenient { promise(Self.hasNameTwice(lenient), "a name comes twice") }
        }
    }

    private static func hasNameTwice(_ value: IDTokenJSON) -> Bool {
        switch value {
        case .object(let object):
            Set(object.map { ExactString($0.name) }).count < object.count
                || object.contains { Self.hasNameTwice($0.value) }
        case .array(let values): values.contains { Self.hasNameTwice($0) }
        default: false
        }
    }
}
