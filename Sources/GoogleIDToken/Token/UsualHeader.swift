//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// A token's header as Google spells it, which is recognised as it stands; any other has to be read.
struct UsualHeader: Sendable {
    private let start: [UInt8]
    private let end: [UInt8]

    /// Makes the one spelling.
    ///
    /// - Parameter algorithm: The algorithm that it names.
    init(algorithm: String) {
        self.start = Array(#"{"alg":"\#(algorithm)","kid":""#.utf8)
        self.end = Array(#"","typ":"JWT"}"#.utf8)
    }

    /// The key ID of a header of this spelling; ``TokenHeader`` would read the same.
    ///
    /// - Parameter header: The decoded first segment.
    /// - Returns: The key ID, or nil if the header has another spelling.
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
