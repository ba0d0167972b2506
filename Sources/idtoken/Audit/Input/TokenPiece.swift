//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Where a record that is too large is cut.
enum TokenPiece {
    /// No token that the verifier accepts is longer, however it is escaped.
    static let overlap = 65_536

    static let ofTokens = ByteSet { byte in
        TokenScanner.segment.contains(byte) || ".%\\&=;#+/{}".utf8.contains(byte)
    }

    private static let others = ByteSet { !ofTokens.contains($0) }

    /// The end of the run of bytes that can be in a token.
    static func endOfRun(_ bytes: Span<UInt8>, from start: Int) -> Int {
        min(self.others.firstIndex(in: bytes, start..<bytes.count), bytes.count)
    }

    /// The index after the last byte that cannot be in a token, or nil if there is none among the last bytes.
    static func end(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        let first = max(range.lowerBound, range.upperBound - Self.overlap)
        let start = Self.ofTokens.startOfRun(in: bytes, first..<range.upperBound)
        return start > first ? start : nil
    }

    /// Removes the run at the end that can be a part of a token, and returns it; none if it is too long to be one.
    static func takeUnfinished(_ content: inout [UInt8]) -> [UInt8] {
        guard let end = self.end(content.span, 0..<content.count) else { return [] }
        let rest = Array(content[end...])
        content.removeSubrange(end...)
        return rest
    }
}
#endif
