//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Text that equals other text only if their UTF-8 bytes are the same.
///
/// Swift's `String` holds precomposed and decomposed forms for equal; RFC 7519 §7.3 forbids that for claims.
struct ExactString: Hashable, Sendable {
    let string: String

    init(_ string: String) {
        self.string = string
    }

    static func == (left: ExactString, right: ExactString) -> Bool {
        left.string.isExactly(right.string)
    }

    // Text with the same bytes has the same hash in `String` too; that only more text has it does no harm.
    func hash(into hasher: inout Hasher) {
        hasher.combine(self.string)
    }
}

extension String {
    /// Whether the UTF-8 bytes of both are the same (RFC 7519 §7.3).
    package func isExactly(_ other: String) -> Bool {
        // The first comparison is the fast one and sorts out nearly everything.
        self == other && self.utf8.elementsEqual(other.utf8)
    }
}
