//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// A JSON value of a token (RFC 8259), such as the value of a claim.
///
/// Numbers keep their original text, so that no digits are lost. Objects keep the order of their members.
public enum IDTokenJSON: Sendable {
    /// The value `null`.
    case null
    /// The value `true` or `false`.
    case bool(Bool)
    /// A number, in its original text.
    case number(String)
    /// A string.
    case string(String)
    /// An array of values.
    case array([IDTokenJSON])
    /// An object's members, in their original order.
    case object([(name: String, value: IDTokenJSON)])

    /// A member of an object.
    package typealias Member = (name: String, value: IDTokenJSON)

    package static func integer(_ integer: Int64) -> IDTokenJSON {
        .number(String(integer))
    }
}

extension IDTokenJSON {
    /// The string, or nil if the value is not a string.
    public var stringValue: String? {
        if case .string(let string) = self { string } else { nil }
    }

    /// The Boolean, or nil if the value is not a Boolean.
    public var boolValue: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    /// The original text of the number, or nil if the value is not a number.
    public var numberText: String? {
        if case .number(let text) = self { text } else { nil }
    }

    /// The number, or nil if it is not written as an integer that `Int64` can represent.
    public var integerValue: Int64? {
        self.numberText.flatMap { Int64($0) }
    }

    /// The `Double` nearest to the number, or nil if the value is not a number or is out of the range of `Double`.
    public var doubleValue: Double? {
        self.numberText.flatMap { Self.double($0) }
    }

    /// The array, or nil if the value is not an array.
    public var arrayValue: [IDTokenJSON]? {
        if case .array(let array) = self { array } else { nil }
    }

    /// The object's members in their original order, or nil if the value is not an object.
    public var objectValue: [(name: String, value: IDTokenJSON)]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// Returns the value of a member of an object.
    ///
    /// - Parameter name: The member's name; it is compared byte by byte (RFC 7519 §7.3).
    /// - Returns: The value, or nil if the value is not an object or has no such member.
    public subscript(name: String) -> IDTokenJSON? {
        self.objectValue?[name]
    }

    /// The strings of an array of strings, or nil for any other value.
    package var stringsValue: [String]? {
        guard let values = self.arrayValue else { return nil }
        let strings = values.compactMap(\.stringValue)
        return strings.count == values.count ? strings : nil
    }

    /// Returns the `Double` nearest to a number, or nil if it is out of the range of `Double`.
    static func double(_ number: String) -> Double? {
        if let integer = Int64(number) { return Double(integer) }
        guard let double = Double(number), double.isFinite else { return nil }
        return double
    }
}

extension [(name: String, value: IDTokenJSON)] {
    /// The value of the member with a name, which is compared byte by byte (RFC 7519 §7.3).
    package subscript(name: String) -> IDTokenJSON? {
        self.first { $0.name.isExactly(name) }?.value
    }
}

extension IDTokenJSON: Equatable {
    /// Compares two JSON values.
    ///
    /// Strings are equal if their bytes are equal, and objects regardless of the order of their members. Numbers are equal
    /// if they are the same `Int64` or, if one is not an `Int64`, the same `Double`.
    ///
    /// - Parameters:
    ///   - left: A value.
    ///   - right: A value.
    /// - Returns: Whether the values are equal.
    public static func == (left: IDTokenJSON, right: IDTokenJSON) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): Self.areEqual(left, right)
        case (.string(let left), .string(let right)): left.isExactly(right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)):
            left.count == right.count
                && zip(Self.sorted(left), Self.sorted(right))
                    .allSatisfy { $0.name.isExactly($1.name) && $0.value == $1.value }
        default: false
        }
    }

    /// The members by their names' bytes: an object that an application builds may have a name twice, and each value is
    /// compared once, so that nesting does not multiply the time.
    private static func sorted(_ members: [Member]) -> [Member] {
        members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private static func areEqual(_ left: String, _ right: String) -> Bool {
        if let left = Int64(left), let right = Int64(right) { return left == right }
        if let left = Self.double(left), let right = Self.double(right) { return left == right }
        return left.isExactly(right)
    }
}
