//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Text in base64, such as the body of a response in an HTTP archive, or an attachment of mail, which has line ends.
struct EncodedText {
    let range: Range<Int>
    private let characters: [UInt8]

    private static let alphabet = ByteSet { TokenScanner.segment.contains($0) || "+/".utf8.contains($0) }
    private static let others = ByteSet { !alphabet.contains($0) }
    /// The lengths of lines in mail, PEM and what `base64` writes (RFC 2045 §6.8, RFC 7468 §2).
    private static let lineLengths = 60...80

    /// - Parameters:
    ///   - bytes: The text around it.
    ///   - start: Where it is read from.
    ///   - floor: Before it the line of the start does not begin.
    ///   - end: The end of the text around it.
    init(_ bytes: Span<UInt8>, _ start: Int, from floor: Int, end: Int) {
        var characters: [UInt8] = []
        var index = start
        var lineStart = Self.alphabet.startOfRun(in: bytes, floor..<start)
        while index < end {
            let stop = min(Self.others.firstIndex(in: bytes, index..<end), end)
            Bytes.append(bytes.extracting(index..<stop), to: &characters)
            index = stop
            // Some programs escape slashes in JSON.
            if stop + 1 < end, bytes[stop] == UInt8(ascii: "\\"), bytes[stop + 1] == UInt8(ascii: "/") {
                index = stop + 1
                continue
            }
            guard Self.lineLengths.contains(stop - lineStart), let next = Self.endOfLineEnd(bytes, stop, end),
                next < end, Self.alphabet.contains(bytes[next])
            else { break }
            index = next
            lineStart = next
        }
        self.range = start..<index
        self.characters = characters
    }

    /// The bytes that the characters from a place on stand for.
    func decoded(from start: Int) -> [UInt8] {
        HeaderSegment.decoded(self.characters.span, min(start, self.characters.count)..<self.characters.count)
    }

    /// Whether text is a line that others of the same encoding may follow.
    static func isLine(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Bool {
        Self.lineLengths.contains(line.count)
            && Self.others.firstIndex(in: bytes, line) == line.upperBound
    }

    private static let lineEnds = ["\r\n", "\n", "\\r\\n", "\\n", "%0D%0A", "%0A"].map { Array($0.utf8) }

    private static func endOfLineEnd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
        for text in Self.lineEnds where start + text.count <= end {
            if Bytes.areEqual(bytes.extracting(start..<start + text.count), text.span) { return start + text.count }
        }
        return nil
    }
}
#endif
