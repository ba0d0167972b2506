//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// A JSON value (RFC 8259), as it stands in a token.
public enum JSONValue: Sendable {
    /// The value `null`.
    case null
    /// The value `true` or `false`.
    case bool(Bool)
    /// A number, kept as it is written.
    case number(JSONNumber)
    /// Text.
    case string(String)
    /// A list of values.
    case array([JSONValue])
    /// Names with values.
    case object(JSONObject)

    /// The text, if it is text.
    public var stringValue: String? {
        if case .string(let string) = self { string } else { nil }
    }

    /// The truth value, if it is one.
    public var boolValue: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    /// The number, if it is one.
    public var numberValue: JSONNumber? {
        if case .number(let number) = self { number } else { nil }
    }

    /// The texts of an array of nothing but texts, or nil for any other value.
    package var stringsValue: [String]? {
        guard let values = self.arrayValue else { return nil }
        let strings = values.compactMap(\.stringValue)
        return strings.count == values.count ? strings : nil
    }

    /// The list, if it is one.
    public var arrayValue: [JSONValue]? {
        if case .array(let array) = self { array } else { nil }
    }

    /// The object, if it is one.
    public var objectValue: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }
}

/// A JSON number, kept as it is written, since neither `Int64` nor `Double` can hold every one.
public struct JSONNumber: Sendable {
    /// The number as it is written.
    public let text: String

    /// The number, if it is written as an integer that `Int64` holds.
    public var integer: Int64? {
        Int64(self.text)
    }

    /// The nearest `Double`, or nil if the number is beyond what `Double` can hold.
    public var double: Double? {
        if let integer = self.integer { return Double(integer) }
        guard let double = Double(self.text), double.isFinite else { return nil }
        return double
    }

    init(text: String) {
        self.text = text
    }

    package init(_ integer: Int64) {
        self.text = String(integer)
    }
}

/// A JSON object: names with values, in the order in which they are written.
public struct JSONObject: Sendable {
    /// The names with their values, in the order in which they are written.
    public let members: [(name: String, value: JSONValue)]

    /// The value of a name.
    ///
    /// - Parameter name: The name; it is compared byte by byte (RFC 7519 §7.3).
    /// - Returns: The value, or nil if the object has no such name.
    public subscript(name: String) -> JSONValue? {
        self.members.first { $0.name.isExactly(name) }?.value
    }

    package init(members: [(name: String, value: JSONValue)]) {
        self.members = members
    }
}

extension JSONValue: Equatable {
    /// Whether both are the same JSON value: text byte by byte, numbers by their value, objects without regard to
    /// the order of their names.
    ///
    /// - Parameters:
    ///   - left: A value.
    ///   - right: A value.
    /// - Returns: Whether they are the same.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.isExactly(right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }
}

extension JSONNumber: Equatable {
    /// Whether both numbers have the same value.
    ///
    /// - Parameters:
    ///   - left: A number.
    ///   - right: A number.
    /// - Returns: Whether they have the same value.
    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        if let left = left.integer, let right = right.integer { return left == right }
        if let left = left.double, let right = right.double { return left == right }
        return left.text.isExactly(right.text)
    }
}

extension JSONObject: Equatable {
    /// Whether both have the same names with the same values, in any order.
    ///
    /// - Parameters:
    ///   - left: An object.
    ///   - right: An object.
    /// - Returns: Whether they have the same names with the same values.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.count == right.members.count && left.members.allSatisfy { right[$0.name] == $0.value }
    }
}
