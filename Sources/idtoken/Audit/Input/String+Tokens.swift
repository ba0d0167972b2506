//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

extension String {
    /// The text with an ellipsis in the place of each token.
    var withoutTokens: String {
        let bytes = self.utf8.span
        var scanner = TokenScanner(0..<bytes.count)
        guard var found = scanner.next(in: bytes) else { return self }
        var text: [UInt8] = []
        var start = 0
        while true {
            if found.range.lowerBound >= start {
                Bytes.append(bytes.extracting(start..<found.range.lowerBound), to: &text)
                text += "…".utf8
                start = found.range.upperBound
            }
            guard let next = scanner.next(in: bytes) else { break }
            found = next
        }
        Bytes.append(bytes.extracting(start...), to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
#endif
