//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// A string that is compared by its UTF-8 bytes.
///
/// Swift's `String` treats precomposed and decomposed forms as equal; RFC 7519 §7.3 forbids that for claims.
package struct ExactString: Hashable, Sendable {
    package let string: String

    package init(_ string: String) {
        self.string = string
    }

    package static func == (left: ExactString, right: ExactString) -> Bool {
        left.string.isExactly(right.string)
    }

    // `String.hash(into:)` is not used: it is equal for thousands of spellings of one text, so that a hostile object
    // could fill a table with collisions, and its cost grows with the square of a run of combining marks.
    package func hash(into hasher: inout Hasher) {
        let bytes = self.string.utf8.span
        var word: UInt64 = 0
        for index in bytes.indices {
            word = word << 8 | UInt64(bytes[index])
            if index % 8 == 7 {
                hasher.combine(word)
            }
        }
        hasher.combine(word)
        hasher.combine(bytes.count)
    }
}

extension String {
    /// Whether both strings have the same UTF-8 bytes (RFC 7519 §7.3).
    package func isExactly(_ other: String) -> Bool {
        self.utf8.count == other.utf8.count && Bytes.areEqual(self.utf8.span, other.utf8.span)
    }
}
