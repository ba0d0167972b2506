//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension JSONTape {
    /// The text of a string or a number.
    func text(at index: Int) -> String {
        let range = self.range(at: index)
        return self.kind(at: index) == .escapedString
            ? JSONEscape.text(self.bytes, range) : String(decoding: self.bytes[range], as: UTF8.self)
    }

    /// The text, if it is text.
    func string(at index: Int?) -> String? {
        guard let index else { return nil }
        return switch self.kind(at: index) {
        case .string, .escapedString: self.text(at: index)
        default: nil
        }
    }

    /// Whether it is text, and byte by byte one of some.
    func isString(at index: Int?, in strings: ExactStrings) -> Bool {
        guard let index, self.kind(at: index) == .string else {
            return self.string(at: index).map { strings.contains($0) } ?? false
        }
        return strings.contains(self.bytes.span.extracting(self.range(at: index)))
    }

    /// The number, if it is one.
    func number(at index: Int) -> JSONNumber? {
        self.kind(at: index) == .number ? JSONNumber(text: self.text(at: index)) : nil
    }

    /// The value with all that is in it.
    package func value(at index: Int = 0) -> JSONValue {
        switch self.kind(at: index) {
        case .null: return .null
        case .false: return .bool(false)
        case .true: return .bool(true)
        case .number: return .number(JSONNumber(text: self.text(at: index)))
        case .string, .escapedString: return .string(self.text(at: index))
        case .array:
            var values: [JSONValue] = []
            var item = index + 1
            while item < self.end(of: index) {
                values.append(self.value(at: item))
                item = self.end(of: item)
            }
            return .array(values)
        case .object: return .object(self.object(at: index))
        }
    }

    /// The names of an object with their values; none if this is no object.
    func object(at index: Int = 0) -> JSONObject {
        var members: [(name: String, value: JSONValue)] = []
        guard self.kind(at: index) == .object else { return JSONObject(members: members) }
        var name = index + 1
        while name < self.end(of: index) {
            members.append((self.text(at: name), self.value(at: name + 1)))
            name = self.end(of: name + 1)
        }
        return JSONObject(members: members)
    }
}
