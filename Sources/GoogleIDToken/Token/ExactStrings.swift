//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// A set of strings that are compared byte by byte.
struct ExactStrings: Sendable {
    // A linear search is faster than a hash table for a few strings.
    private static let mostCompared = 4
    /// All strings in their order, possibly with duplicates.
    let strings: [String]
    private let many: Set<ExactString>

    init(_ strings: [String]) {
        self.strings = strings
        self.many = strings.count <= Self.mostCompared ? [] : Set(strings.map { ExactString($0) })
    }

    var isEmpty: Bool { self.strings.isEmpty }

    func contains(_ string: String) -> Bool {
        self.contains(string.utf8.span)
    }

    /// Whether the set contains a string with these UTF-8 bytes.
    func contains(_ text: Span<UInt8>) -> Bool {
        guard !self.many.isEmpty else {
            for one in self.strings where Bytes.areEqual(one.utf8.span, text) { return true }
            return false
        }
        guard let text = try? UTF8Span(validating: text) else { return false }
        return self.many.contains(ExactString(String(copying: text)))
    }
}
