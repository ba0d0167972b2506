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
    /// The beginning of a line, or nothing.
    private struct Joined {
        var content: [UInt8] = []
        var line = 0

        mutating func append(_ bytes: Span<UInt8>, _ text: Range<Int>, line: Int) {
            if self.content.isEmpty { self.line = line }
            Bytes.append(bytes.extracting(text), to: &self.content)
        }

        /// Gives away the whole line.
        mutating func finish(into batch: inout RecordBatch) {
            if !self.content.isEmpty { batch.append(copy: self.content, .text, line: self.line) }
            self.content = []
        }

        /// Gives away what is too long to be kept, up to a place that is in no token.
        mutating func finishFullPiece(into batch: inout RecordBatch) {
            guard self.content.count >= RawRecord.maximumSize else { return }
            let rest = TokenPiece.takeUnfinished(&self.content)
            self.finish(into: &batch)
            self.content = rest
        }
    }

    private var output = Joined()
    private var errors = Joined()

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
        let isPartial = bytes[start - 2] == UInt8(ascii: "P")
        let rest = start..<text.upperBound
        return bytes[space + 4] == UInt8(ascii: "e")
            ? Self.take(&self.errors, bytes, text, rest, isPartial, line, &batch)
            : Self.take(&self.output, bytes, text, rest, isPartial, line, &batch)
    }

    private static func take(
        _ joined: inout Joined,
        _ bytes: Span<UInt8>,
        _ text: Range<Int>,
        _ rest: Range<Int>,
        _ isPartial: Bool,
        _ line: Int,
        _ batch: inout RecordBatch
    ) -> Bool {
        guard isPartial || !joined.content.isEmpty else { return false }
        // The first line keeps its time.
        joined.append(bytes, joined.content.isEmpty ? text : rest, line: line)
        if isPartial { joined.finishFullPiece(into: &batch) } else { joined.finish(into: &batch) }
        return true
    }

    mutating func finish(into batch: inout RecordBatch) {
        self.output.finish(into: &batch)
        self.errors.finish(into: &batch)
    }
}
#endif
