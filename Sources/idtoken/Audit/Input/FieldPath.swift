//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import GoogleIDToken

/// A place in JSON: `.httpRequest.headers.authorization`, `.entries[0].token`, `.headers[].value`,
/// `.labels["with.dots"]`.
struct FieldPath: ExpressibleByArgument, Sendable {
    private enum Step: Sendable {
        case name(String)
        case index(Int)
        case every
    }

    private let steps: [Step]

    init?(argument: String) {
        var steps: [Step] = []
        var rest = Substring(argument)
        while let first = rest.first {
            if first == "[" {
                guard let end = Self.endOfBrackets(rest) else { return nil }
                guard let step = Self.step(rest[rest.index(after: rest.startIndex)..<end]) else { return nil }
                steps.append(step)
                rest = rest[rest.index(after: end)...]
            } else {
                // The first dot may be left out.
                guard first == "." || steps.isEmpty else { return nil }
                if first == "." { rest = rest.dropFirst() }
                let name = rest.prefix { $0 != "." && $0 != "[" }
                guard !name.isEmpty else { return nil }
                steps.append(.name(String(name)))
                rest = rest[name.endIndex...]
            }
        }
        guard !steps.isEmpty else { return nil }
        self.steps = steps
    }

    /// The values at the place; there are several where the path goes through every element of an array.
    func values(in value: IDTokenJSON) -> [IDTokenJSON] {
        var values = [value]
        for step in self.steps {
            values = values.flatMap { value -> [IDTokenJSON] in
                switch step {
                case .name(let name): value.objectValue?[name].map { [$0] } ?? []
                case .every: value.arrayValue ?? []
                case .index(let index):
                    value.arrayValue.map { $0.indices.contains(index) ? [$0[index]] : [] } ?? []
                }
            }
        }
        return values
    }

    private static func endOfBrackets(_ text: Substring) -> Substring.Index? {
        guard text.dropFirst().first == "\"" else { return text.firstIndex(of: "]") }
        return text.firstRange(of: "\"]").map { text.index(after: $0.lowerBound) }
    }

    private static func step(_ inner: Substring) -> Step? {
        if inner.isEmpty || inner == "*" { return .every }
        if let index = Int(inner), index >= 0 { return .index(index) }
        guard inner.count > 2, inner.first == "\"", inner.last == "\"" else { return nil }
        return .name(String(inner.dropFirst().dropLast()))
    }
}
#endif
