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
    private let few: [String]
    private let many: Set<ExactString>

    init(_ strings: [String]) {
        self.few = strings.count <= Self.mostCompared ? strings : []
        self.many = strings.count <= Self.mostCompared ? [] : Set(strings.map { ExactString($0) })
    }

    /// All strings, possibly with duplicates.
    var strings: [String] { self.few + self.many.map(\.string) }

    var isEmpty: Bool { self.few.isEmpty && self.many.isEmpty }

    func contains(_ string: String) -> Bool {
        self.contains(string.utf8.span)
    }

    /// Whether the set contains a string with these UTF-8 bytes.
    func contains(_ text: Span<UInt8>) -> Bool {
        for one in self.few where Bytes.areEqual(one.utf8.span, text) { return true }
        guard !self.many.isEmpty, let text = try? UTF8Span(validating: text) else { return false }
        return self.many.contains(ExactString(String(copying: text)))
    }
}
