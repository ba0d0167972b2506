//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

extension JSONTape {
    /// Returns the string, or nil if the value is not a string.
    func string(at index: Int?) -> String? {
        guard let index, self.kind(at: index).isString else { return nil }
        return self.text(at: index)
    }

    /// Whether the value is a string in a set.
    func isString(at index: Int?, in strings: ExactStrings) -> Bool {
        guard let index, self.kind(at: index).isString else { return false }
        return self.withBytes(at: index) { strings.contains($0) }
    }

    /// Whether the value is a string with the same bytes as another string.
    func isString(at index: Int?, _ text: String) -> Bool {
        guard let index, self.kind(at: index).isString else { return false }
        return self.withBytes(at: index) { Bytes.areEqual($0, text.utf8.span) }
    }

    /// Whether the value is a string of ASCII characters whose number is in a range.
    func isASCII(at index: Int?, count: ClosedRange<Int>) -> Bool {
        guard let index, self.kind(at: index).isString else { return false }
        return self.withBytes(at: index) { bytes in
            guard count.contains(bytes.count) else { return false }
            var seen: UInt8 = 0
            for place in bytes.indices { seen |= bytes[place] }
            return seen < 0x80
        }
    }

    /// Whether the value is a non-empty array of strings.
    func isListOfStrings(at index: Int) -> Bool {
        let items = index + 1..<self.end(of: index)
        return self.kind(at: index) == .array && !items.isEmpty && items.allSatisfy { self.kind(at: $0).isString }
    }

    /// Returns the first string of an array of strings that is not in a set.
    func firstString(of list: Int, notIn strings: ExactStrings) -> Int? {
        (list + 1..<self.end(of: list)).first { !self.isString(at: $0, in: strings) }
    }

    /// Returns the number, or nil if the value is not a number or is out of the range of `Double`.
    func double(at index: Int) -> Double? {
        self.kind(at: index) == .number ? IDTokenJSON.double(self.text(at: index)) : nil
    }

    /// Returns the value with everything that it contains.
    package func value(at index: Int = 0) -> IDTokenJSON {
        switch self.kind(at: index) {
        case .null: return .null
        case .false: return .bool(false)
        case .true: return .bool(true)
        case .number: return .number(self.text(at: index))
        case .string, .escapedString: return .string(self.text(at: index))
        case .array:
            var values: [IDTokenJSON] = []
            var item = index + 1
            while item < self.end(of: index) {
                values.append(self.value(at: item))
                item = self.end(of: item)
            }
            return .array(values)
        case .object: return .object(self.object(at: index))
        }
    }

    /// Returns the members of an object, or no members if the value is not an object.
    func object(at index: Int = 0) -> [IDTokenJSON.Member] {
        var members: [IDTokenJSON.Member] = []
        guard self.kind(at: index) == .object else { return members }
        var name = index + 1
        while name < self.end(of: index) {
            members.append((self.text(at: name), self.value(at: name + 1)))
            name = self.end(of: name + 1)
        }
        return members
    }

    /// Whether an object has two names with different bytes that `String` treats as equal, or a name that is slow to
    /// compare.
    var hasConfusableNames: Bool {
        // Only non-ASCII characters, written directly or as escapes, have several spellings.
        guard self.unescapedCount > 0 || self.bytes.contains(where: { $0 >= 0x80 }) else { return false }
        return self.value().hasConfusableNames
    }
}

extension IDTokenJSON {
    /// The longest name in bytes; the cost of a `String` comparison grows with the square of a name's combining marks.
    fileprivate static let longestName = 128

    fileprivate var hasConfusableNames: Bool {
        switch self {
        case .array(let values): values.contains(where: \.hasConfusableNames)
        case .object(let object):
            object.contains { $0.name.utf8.count > Self.longestName && !$0.name.utf8.allSatisfy { $0 < 0x80 } }
                || Set(object.map(\.name)).count < object.count
                || object.contains { $0.value.hasConfusableNames }
        default: false
        }
    }
}
