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
    /// The place as the user has written it.
    let text: String

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
        self.text = argument
    }

    /// Whether this is the place of a value.
    func matches(_ place: [JSONPlace.Step], in bytes: Span<UInt8>) -> Bool {
        guard place.count == self.steps.count else { return false }
        for (step, actual) in zip(self.steps, place) {
            switch (step, actual) {
            case (.name(let name), .name(let range)):
                guard JSONText.isEqual(bytes.extracting(range), name) else { return false }
            case (.index(let index), .index(let actual)): guard index == actual else { return false }
            case (.every, .index): continue
            default: return false
            }
        }
        return true
    }

    /// Whether the place is that of a column, or of a member of the outermost object.
    func isName(_ name: String) -> Bool {
        guard self.steps.count == 1, case .name(let only) = self.steps[0] else { return false }
        return only.isExactly(name)
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
