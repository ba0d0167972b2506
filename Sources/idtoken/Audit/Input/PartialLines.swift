//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Joins the lines that a container runtime has split, which it marks with `P` (partial) and `F` (full).
struct PartialLines {
    private struct Joined {
        var content: [UInt8]
        let line: Int
    }

    /// By stream: `stdout` and `stderr`.
    private var streams: (Joined?, Joined?)

    /// Takes a line; returns false if it is a line of its own.
    mutating func take(_ bytes: Span<UInt8>, _ text: Range<Int>, line: Int, into batch: inout RecordBatch) -> Bool {
        // `2026-11-26T01:30:21.123456789Z stdout P text`
        guard text.count > 30, 0x30...0x39 ~= bytes[text.lowerBound],
            let space = Bytes.firstIndex(
                of: UInt8(ascii: " "),
                in: bytes.extracting(..<min(text.upperBound, text.lowerBound + 40)),
                from: text.lowerBound
            )
        else { return false }
        let start = LineContext.endOfStreamName(bytes, space, text.upperBound)
        guard start > space else { return false }
        let isError = bytes[space + 4] == UInt8(ascii: "e")
        let isPartial = bytes[start - 2] == UInt8(ascii: "P")
        var joined = isError ? self.streams.1 : self.streams.0
        if joined == nil, !isPartial { return false }
        var whole = joined ?? Joined(content: [], line: line)
        // The first line keeps its time.
        let from = joined == nil ? text.lowerBound : start
        Bytes.append(bytes.extracting(from..<text.upperBound), to: &whole.content)
        joined = whole
        if !isPartial || whole.content.count >= RawRecord.maximumSize {
            batch.append(copy: whole.content, .text, line: whole.line)
            joined = nil
        }
        if isError { self.streams.1 = joined } else { self.streams.0 = joined }
        return true
    }

    mutating func finish(into batch: inout RecordBatch) {
        for joined in [self.streams.0, self.streams.1] {
            if let joined { batch.append(copy: joined.content, .text, line: joined.line) }
        }
        self.streams = (nil, nil)
    }
}
#endif
