//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// A value in JSON text: where it stands, and on which way of names and indices it is reached.
struct JSONPlace {
    enum Step {
        /// The name of a member, as a range of the text.
        case name(Range<Int>)
        /// The index of an element.
        case index(Int)
    }

    enum Kind {
        case string
        /// A number, or `true`, `false` or `null`.
        case other
        /// An object or an array; it comes after its content.
        case container
    }

    let kind: Kind
    /// Where the value stands, a string without its quotes.
    let range: Range<Int>

    /// The way in words, such as `.request.headers[0].value`.
    static func text(_ path: [Step], in bytes: Span<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for step in path {
            guard text.count < Self.longestText else {
                text += "...".utf8
                break
            }
            switch step {
            case .index(let index): text += "[\(index)]".utf8
            case .name(let range):
                let name = bytes.extracting(
                    range.lowerBound..<min(range.upperBound, range.lowerBound + Self.longestName)
                )
                let isPlain = !name.isEmpty && Self.special.firstIndex(in: name, 0..<name.count) == name.count
                if isPlain {
                    text.append(UInt8(ascii: "."))
                    Bytes.append(name, to: &text)
                } else {
                    text += "[\"\(JSONText.unescaped(name))\"]".utf8
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let longestName = 64
    private static let longestText = 256
    private static let special = ByteSet { !TokenScanner.segment.contains($0) && $0 != UInt8(ascii: "@") }
}
#endif
