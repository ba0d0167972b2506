//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

extension HeaderDump {
    /// Whether a line is a method, a target and a version (RFC 9112 §3).
    static func isRequestLine(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Bool {
        var index = line.lowerBound
        while index < min(line.upperBound, line.lowerBound + 20), UInt8(ascii: "A")...UInt8(ascii: "Z") ~= bytes[index]
        {
            index += 1
        }
        guard index - line.lowerBound >= 3, index < line.upperBound, bytes[index] == UInt8(ascii: " ") else {
            return false
        }
        let version = self.version(bytes, line)
        return version > index + 1 && bytes[version - 1] == UInt8(ascii: " ")
    }

    static func isHTTP1(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Bool {
        bytes[self.version(bytes, line) + 5] == UInt8(ascii: "1")
    }

    /// Where `HTTP/1.1` or `HTTP/2` begins at the end of a line, or the start of the line.
    private static func version(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Int {
        for count in [8, 6] where line.count > count + 4 {
            let start = line.upperBound - count
            if Bytes.areEqual(bytes.extracting(start..<start + 5), "HTTP/".utf8.span) { return start }
        }
        return line.lowerBound
    }

    /// The status of a status line (RFC 9112 §4).
    static func status(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Int? {
        guard line.count >= 10,
            Bytes.areEqual(bytes.extracting(line.lowerBound..<line.lowerBound + 5), "HTTP/".utf8.span)
        else { return nil }
        var cursor = TimeCursor(position: line.lowerBound + 5, end: line.upperBound)
        while cursor.position < line.lowerBound + 9, cursor.peek(bytes) != UInt8(ascii: " ") { cursor.position += 1 }
        guard cursor.takeSpaces(bytes), let status = cursor.takeNumber(bytes, 3) else { return nil }
        return cursor.position == line.upperBound || cursor.peek(bytes) == UInt8(ascii: " ") ? status : nil
    }

    /// What cannot be in the name of a field (RFC 9110 §5.6.2).
    private static let notName = ByteSet { byte in
        !TokenScanner.segment.contains(byte) && !"!#$%&'*+.^`|~".utf8.contains(byte)
    }
    private static let longestName = 256

    /// The end of the name of a header field, where a colon stands, or the start if the line is not a field.
    static func endOfName(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var index = start
        if index < end, bytes[index] == UInt8(ascii: ":") { index += 1 }
        index = Self.notName.firstIndex(in: bytes, index..<max(index, min(end, start + Self.longestName)))
        guard index < end, index > start, bytes[index] == UInt8(ascii: ":") else { return start }
        // `12:00:00` is a time, and `http://` a URL.
        guard
            index + 1 == end || " \t".utf8.contains(bytes[index + 1])
                || LineContext.isKnownHeader(bytes.extracting(start..<index))
        else { return start }
        return index
    }
}
#endif
