//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// The header of a token as Google writes it; it is recognised by comparison, and any other header is parsed as JSON.
struct UsualHeader: Sendable {
    private let start: [UInt8]
    private let end: [UInt8]

    /// Creates the comparison for one algorithm.
    ///
    /// - Parameter algorithm: The algorithm in the header.
    init(algorithm: String) {
        self.start = Array(#"{"alg":"\#(algorithm)","kid":""#.utf8)
        self.end = Array(#"","typ":"JWT"}"#.utf8)
    }

    /// Returns the key ID of a header in this form; it is the one that ``TokenHeader`` would parse.
    ///
    /// - Parameter header: The decoded first segment.
    /// - Returns: The key ID, or nil if the header has another form.
    func keyID(in header: [UInt8]) -> String? {
        let keyIDEnd = header.count - self.end.count
        guard self.start.count < keyIDEnd else { return nil }
        let keyID = header.span.extracting(self.start.count..<keyIDEnd)
        guard
            Bytes.areEqual(header.span.extracting(..<self.start.count), self.start.span),
            Bytes.areEqual(header.span.extracting(keyIDEnd...), self.end.span),
            Bytes.isB64Token(keyID)
        else { return nil }
        return String(decoding: header[self.start.count..<keyIDEnd], as: UTF8.self)
    }
}
