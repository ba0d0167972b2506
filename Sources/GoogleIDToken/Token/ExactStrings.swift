//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// Texts that are compared byte by byte.
struct ExactStrings: Sendable {
    // Few are compared one by one; looking one up in a table costs more.
    private static let mostCompared = 4
    private let few: [String]
    private let many: Set<ExactString>

    init(_ strings: [String]) {
        self.few = strings.count <= Self.mostCompared ? strings : []
        self.many = strings.count <= Self.mostCompared ? [] : Set(strings.map { ExactString($0) })
    }

    /// The texts, each perhaps several times.
    var strings: [String] { self.few + self.many.map(\.string) }

    var isEmpty: Bool { self.few.isEmpty && self.many.isEmpty }

    func contains(_ string: String) -> Bool {
        self.contains(string.utf8.span)
    }

    /// Whether bytes in UTF-8 are one of the texts.
    func contains(_ text: Span<UInt8>) -> Bool {
        for one in self.few where Bytes.areEqual(one.utf8.span, text) { return true }
        guard !self.many.isEmpty, let text = try? UTF8Span(validating: text) else { return false }
        return self.many.contains(ExactString(String(copying: text)))
    }
}
