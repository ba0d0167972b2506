//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

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
        for one in self.few where one.isExactly(string) { return true }
        return !self.many.isEmpty && self.many.contains(ExactString(string))
    }
}
