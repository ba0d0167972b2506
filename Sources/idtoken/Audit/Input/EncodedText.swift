//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Text in base64, such as the body of a response in an HTTP archive.
struct EncodedText {
    let range: Range<Int>
    let decoded: [UInt8]

    private static let alphabet = ByteSet { TokenScanner.segment.contains($0) || "+/".utf8.contains($0) }
    private static let others = ByteSet { !alphabet.contains($0) }

    /// - Parameters:
    ///   - bytes: The text around it.
    ///   - start: The start of a group of four characters.
    ///   - end: The end of the text around it.
    init(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
        var characters: [UInt8] = []
        var index = start
        while index < end {
            let stop = min(Self.others.firstIndex(in: bytes, index..<end), end)
            Bytes.append(bytes.extracting(index..<stop), to: &characters)
            index = stop
            // Some programs escape slashes in JSON.
            guard stop + 1 < end, bytes[stop] == UInt8(ascii: "\\"), bytes[stop + 1] == UInt8(ascii: "/") else { break }
            index = stop + 1
        }
        self.range = start..<index
        self.decoded = HeaderSegment.decoded(characters.span, 0..<characters.count)
    }
}
#endif
