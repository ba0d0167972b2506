//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// A JSON value of a token (RFC 8259), such as a claim's.
///
/// Numbers stay as they are written, so that none loses digits. The names of an object stay in the order in which they
/// are written.
public enum IDTokenJSON: Sendable {
    /// The value `null`.
    case null
    /// The value `true` or `false`.
    case bool(Bool)
    /// A number, as it is written.
    case number(String)
    /// Text.
    case string(String)
    /// A list of values.
    case array([IDTokenJSON])
    /// Names with values.
    case object([(name: String, value: IDTokenJSON)])

    /// A name of an object with its value.
    package typealias Member = (name: String, value: IDTokenJSON)

    package static func integer(_ integer: Int64) -> IDTokenJSON {
        .number(String(integer))
    }
}

extension IDTokenJSON {
    /// The text, if it is text.
    public var stringValue: String? {
        if case .string(let string) = self { string } else { nil }
    }

    /// The truth value, if it is one.
    public var boolValue: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    /// The number as it is written, if it is a number.
    public var numberText: String? {
        if case .number(let text) = self { text } else { nil }
    }

    /// The number, if it is written as an integer that `Int64` holds.
    public var integerValue: Int64? {
        self.numberText.flatMap { Int64($0) }
    }

    /// The `Double` nearest to the number, or nil if this is no number or one beyond what `Double` can hold.
    public var doubleValue: Double? {
        self.numberText.flatMap { Self.double($0) }
    }

    /// The list, if it is one.
    public var arrayValue: [IDTokenJSON]? {
        if case .array(let array) = self { array } else { nil }
    }

    /// The names of an object with their values, in the order in which they are written, if it is an object.
    public var objectValue: [(name: String, value: IDTokenJSON)]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The value of a name, if this is an object that has it.
    ///
    /// - Parameter name: The name; it is compared byte by byte (RFC 7519 §7.3).
    /// - Returns: The value, or nil.
    public subscript(name: String) -> IDTokenJSON? {
        self.objectValue?[name]
    }

    /// The texts of an array of nothing but texts, or nil for any other value.
    package var stringsValue: [String]? {
        guard let values = self.arrayValue else { return nil }
        let strings = values.compactMap(\.stringValue)
        return strings.count == values.count ? strings : nil
    }

    /// The `Double` nearest to a number, or nil if it is beyond what `Double` can hold.
    static func double(_ number: String) -> Double? {
        if let integer = Int64(number) { return Double(integer) }
        guard let double = Double(number), double.isFinite else { return nil }
        return double
    }
}

extension [(name: String, value: IDTokenJSON)] {
    /// The value of a name; it is compared byte by byte (RFC 7519 §7.3).
    package subscript(name: String) -> IDTokenJSON? {
        self.first { $0.name.isExactly(name) }?.value
    }
}

extension IDTokenJSON: Equatable {
    /// Whether both are the same JSON value: text byte by byte, numbers by their value, objects without regard to
    /// the order of their names.
    ///
    /// - Parameters:
    ///   - left: A value.
    ///   - right: A value.
    /// - Returns: Whether they are the same.
    public static func == (left: IDTokenJSON, right: IDTokenJSON) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): Self.areEqual(left, right)
        case (.string(let left), .string(let right)): left.isExactly(right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)):
            left.count == right.count && left.allSatisfy { right[$0.name] == $0.value }
        default: false
        }
    }

    private static func areEqual(_ left: String, _ right: String) -> Bool {
        if let left = Int64(left), let right = Int64(right) { return left == right }
        if let left = Self.double(left), let right = Self.double(right) { return left == right }
        return left.isExactly(right)
    }
}
