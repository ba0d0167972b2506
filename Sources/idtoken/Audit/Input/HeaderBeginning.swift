//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Finds tokens that are cut inside their first segment: by a program that shortens text, or by a line end where a terminal,
/// a mail program or a container runtime breaks lines.
enum HeaderBeginning {
    /// The characters that encode `{"alg":"R`.
    private static let shortest = 12
    private static let most = 256
    private static let names = ["alg", "kid", "typ", "cty", "jku", "x5t", "x5c", "x5u"]
        .map { Array("{\"\($0)\":".utf8) }

    /// Adds what is found in text that has no whole token.
    static func add(to found: inout [TokenScanner.Found], _ bytes: Span<UInt8>, _ range: Range<Int>) {
        guard range.count >= Self.shortest else { return }
        let text = bytes.extracting(..<range.upperBound)
        var index = range.lowerBound + 2
        var count = 0
        // `eyJ`; capital J is rare in ordinary text.
        while let letter = Bytes.firstIndex(of: UInt8(ascii: "J"), in: text, from: index) {
            index = letter + 1
            guard text[letter - 1] == UInt8(ascii: "y"), text[letter - 2] == UInt8(ascii: "e") else { continue }
            let start = letter - 2
            let end = min(TokenScanner.notSegment.firstIndex(in: text, start..<text.count), text.count)
            index = end
            guard end - start >= Self.shortest, !Self.goesOn(bytes, end), Self.isHeader(text, start) else { continue }
            let kept = Array((start..<min(end, start + TokenTail.longest)).map { text[$0] })
            found.append(
                TokenScanner.Found(range: start..<end, text: String(decoding: kept, as: UTF8.self), isCut: true)
            )
            // A record that is full of them has said enough.
            count += 1
            guard count < Self.most else { return }
        }
    }

    /// Whether a dot follows, or a character of the segment that is escaped: then it is no token, or was found.
    private static func goesOn(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
        guard index < bytes.count else { return false }
        let value = TokenEscape.read(bytes, at: index, end: bytes.count).value
        return value == UInt8(ascii: ".") || TokenScanner.segment.contains(value)
    }

    private static func isHeader(_ text: Span<UInt8>, _ start: Int) -> Bool {
        let json = HeaderSegment.decoded(text, start..<start + Self.shortest)
        return Self.names.contains { json.starts(with: $0) }
    }
}
#endif
