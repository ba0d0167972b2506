//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Why bytes are not the JSON that a verifier accepts.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    package enum Reason: String, Sendable {
        case byteOrderMark = "a byte order mark at the start"
        case duplicateName = "a name that the object has already"
        case invalidEscape = "an escape that JSON does not have"
        case invalidNumber = "a number that is not written as JSON writes numbers"
        case invalidUTF8 = "bytes that are not UTF-8"
        case loneSurrogate = "half of a surrogate pair"
        case tooDeep = "more than 64 levels of nesting"
        case tooLong = "more than 4 GiB"
        case trailingBytes = "something after the end of the value"
        case unescapedControl = "a control character inside text"
        case unexpectedByte = "a character that JSON does not allow there"
        case unexpectedEnd = "the end, before the value was complete"
    }

    package let reason: Reason
    /// How many bytes come before the place.
    package let offset: Int

    package var description: String {
        "\(self.reason.rawValue), at byte \(self.offset)"
    }

    /// The place as an editor counts it.
    ///
    /// - Parameter bytes: The bytes that were read.
    /// - Returns: The line and the byte in it, both counted from 1.
    package func place(in bytes: [UInt8]) -> (line: Int, column: Int) {
        let before = bytes.prefix(self.offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return (line, before.count - lineStart + 1)
    }
}
