//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// What `curl -v` puts before a line: the direction, and before that, if asked for, the time and numbers of the transfer.
enum CurlMark {
    case sent
    case received
    case remark
    case none

    /// Reads the mark of a line.
    ///
    /// - Returns: The mark, and where the text after it begins.
    static func read(_ bytes: Span<UInt8>, _ line: Range<Int>) -> (CurlMark, Int) {
        let start = self.endOfPrefix(bytes, line)
        guard start < line.upperBound else { return (.none, line.lowerBound) }
        let mark: CurlMark
        switch bytes[start] {
        case UInt8(ascii: ">"): mark = .sent
        case UInt8(ascii: "<"): mark = .received
        case UInt8(ascii: "*"): mark = .remark
        // `{ [5 bytes data]` stands for data that is not shown.
        case UInt8(ascii: "{"), UInt8(ascii: "}"):
            let isData =
                line.upperBound - start > 12 && bytes[start + 2] == UInt8(ascii: "[")
                && Bytes.areEqual(bytes.extracting(start + 1..<start + 2), " ".utf8.span)
                && HeaderSegment.contains(bytes.extracting(start..<line.upperBound), Array("bytes data]".utf8))
            return (isData ? .remark : .none, line.lowerBound)
        default: return (.none, line.lowerBound)
        }
        let next = start + 1
        if next >= line.upperBound || bytes[next] == UInt8(ascii: "\r") { return (mark, next) }
        return bytes[next] == UInt8(ascii: " ") ? (mark, next + 1) : (.none, line.lowerBound)
    }

    /// The end of `01:30:21.123456 ` and of `[0-0] `.
    static func endOfPrefix(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Int {
        var index = line.lowerBound
        if line.count > 16, bytes[index + 2] == UInt8(ascii: ":"), bytes[index + 5] == UInt8(ascii: ":"),
            bytes[index + 8] == UInt8(ascii: "."), bytes[index + 15] == UInt8(ascii: " ")
        {
            index += 16
        }
        guard index < line.upperBound, bytes[index] == UInt8(ascii: "[") else { return index }
        var stop = index + 1
        while stop < min(line.upperBound, index + 24), "0123456789-x".utf8.contains(bytes[stop]) { stop += 1 }
        guard stop + 1 < line.upperBound, bytes[stop] == UInt8(ascii: "]"), bytes[stop + 1] == UInt8(ascii: " ") else {
            return index
        }
        return stop + 2
    }
}
#endif
