//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// A claim that is not an allowed value, compared with allowed values to find out how it differs from one of them.
struct NearMiss {
    /// The longest claim in bytes that is compared.
    static let longestText = 2_048
    /// The largest number of values that a claim is compared with.
    static let mostCompared = 100

    /// The only difference between two texts.
    enum Difference: String {
        case whiteSpace = "white space or control characters"
        case letterCase = "upper and lower case"
        case notASCII = "characters outside ASCII, which are shown as \\u{…} and may look alike"
    }

    private let received: String
    /// The received bytes without white space and control characters.
    private let visible: [UInt8]
    /// The number of bytes outside ASCII.
    private let othersCount: Int

    /// Prepares a comparison.
    ///
    /// - Parameter received: The claim.
    init?(_ received: String) {
        guard received.utf8.count <= Self.longestText else { return nil }
        self.received = received
        self.visible = received.utf8.filter { $0 > 0x20 && $0 != 0x7F }
        self.othersCount = received.utf8.count { $0 >= 0x80 }
    }

    /// Whether the claim contains white space or control characters of ASCII.
    var hasWhiteSpace: Bool { self.visible.count < self.received.utf8.count }

    /// Returns the first value from which the claim differs in one way, and that way.
    func find(in values: [String]) -> (value: String, difference: Difference)? {
        for value in values.prefix(Self.mostCompared) {
            if let difference = self.difference(from: value) { return (value, difference) }
        }
        return nil
    }

    private func difference(from value: String) -> Difference? {
        if self.hasWhiteSpace {
            return Bytes.areEqual(self.visible.span, value.utf8.span) ? .whiteSpace : nil
        }
        if self.equalsIgnoringCase(value) { return .letterCase }
        return self.differsOutsideASCII(from: value) ? .notASCII : nil
    }

    private func equalsIgnoringCase(_ value: String) -> Bool {
        let left = self.received.utf8.span
        let right = value.utf8.span
        guard left.count == right.count else { return false }
        for index in left.indices where Self.lowercased(left[index]) != Self.lowercased(right[index]) { return false }
        return true
    }

    /// A byte, as its lower-case letter if it is an ASCII letter.
    static func lowercased(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }

    /// Whether only characters outside ASCII were added or replaced, and most characters are ASCII.
    private func differsOutsideASCII(from value: String) -> Bool {
        let others = max(self.othersCount, value.utf8.count { $0 >= 0x80 })
        guard others > 0, others * 2 < self.received.utf8.count else { return false }
        return Self.isReplaced(self.received.unicodeScalars, value.unicodeScalars)
            || self.received.utf8.lazy.filter { $0 < 0x80 }.elementsEqual(value.utf8.lazy.filter { $0 < 0x80 })
    }

    private static func isReplaced(_ left: String.UnicodeScalarView, _ right: String.UnicodeScalarView) -> Bool {
        var rest = right.makeIterator()
        for one in left {
            guard let other = rest.next(), one == other || !one.isASCII || !other.isASCII else { return false }
        }
        return rest.next() == nil
    }
}
