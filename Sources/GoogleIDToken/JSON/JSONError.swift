//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The reason why bytes are not JSON that a verifier accepts.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of error.
    package enum Reason: String, Sendable {
        case byteOrderMark = "byte order mark at the start"
        case duplicateName = "duplicate name in an object"
        case invalidEscape = "invalid escape sequence"
        case invalidNumber = "invalid number"
        case invalidUTF8 = "invalid UTF-8"
        case loneSurrogate = "unpaired surrogate"
        case tooDeep = "more than 64 levels of nesting"
        case tooLong = "more than 4 GiB"
        case trailingBytes = "unexpected data after the end of the value"
        case unescapedControl = "unescaped control character in a string"
        case unexpectedByte = "unexpected character"
        case unexpectedEnd = "unexpected end of the text"
    }

    package let reason: Reason
    /// The number of bytes before the error.
    package let offset: Int

    package var description: String {
        "\(self.reason.rawValue) at byte \(self.offset)"
    }

    /// Returns the position of the error as line and column.
    ///
    /// - Parameter bytes: The bytes that were parsed.
    /// - Returns: The line and the byte in the line, both counted from 1.
    package func place(in bytes: [UInt8]) -> (line: Int, column: Int) {
        let before = bytes.prefix(self.offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return (line, before.count - lineStart + 1)
    }
}
