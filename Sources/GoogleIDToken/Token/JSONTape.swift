//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import ByteScan

/// Where each value of a JSON text stands, in the order of the text: what ``JSONReader`` makes of it.
///
/// A value is known by the index of its entry; an array is followed by its values, and an object by each name and its
/// value in turn. Text is made only of what is asked for.
package struct JSONTape: Sendable {
    enum Kind: UInt8, Sendable {
        case null, `false`, `true`, number, string, escapedString, array, object

        /// Whether more entries belong to it.
        var isContainer: Bool { self == .array || self == .object }
    }

    // Narrow, since a remembered token keeps its tape: what a processor's caches cannot hold is slow to forget.
    struct Entry: Sendable {
        let kind: Kind
        /// Where it begins in the text; a string after its quote.
        let start: UInt32
        /// Where it ends in the text; of an array or an object, the entry that comes after all that is in it.
        var end: UInt32
    }

    /// The text in UTF-8.
    package let bytes: [UInt8]
    private var entries: [Entry] = []

    /// As many entries as a usual token has room for.
    private static let usualCount = 24
    /// The longest text whose places an entry can tell, in bytes.
    static let longest = Int(UInt32.max)

    init(of bytes: [UInt8]) {
        self.bytes = bytes
        self.entries.reserveCapacity(Self.usualCount)
    }

    /// How many entries there are.
    var count: Int { self.entries.count }

    mutating func append(_ kind: Kind, _ range: Range<Int>) {
        self.entries.append(
            Entry(
                kind: kind,
                start: UInt32(truncatingIfNeeded: range.lowerBound),
                end: UInt32(truncatingIfNeeded: range.upperBound)
            )
        )
    }

    /// Says that what comes from now on is not in an array or an object any more.
    mutating func close(_ index: Int) {
        self.entries[index].end = UInt32(truncatingIfNeeded: self.entries.count)
    }

    func kind(at index: Int) -> Kind {
        self.entries[index].kind
    }

    /// The entry after a value and all that is in it.
    func end(of index: Int) -> Int {
        self.entries[index].kind.isContainer ? Int(self.entries[index].end) : index + 1
    }

    /// The bytes of a scalar, as they are written.
    func range(at index: Int) -> Range<Int> {
        Int(self.entries[index].start)..<Int(self.entries[index].end)
    }

    /// The value of an object's name.
    ///
    /// - Parameters:
    ///   - name: The name; it is compared byte by byte (RFC 7519 §7.3).
    ///   - object: The object.
    /// - Returns: The value, or nil if there is no such name, or this is no object.
    func member(_ name: String, of object: Int) -> Int? {
        guard self.kind(at: object) == .object else { return nil }
        return self.index(of: name.utf8.span, from: object + 1, before: self.end(of: object)).map { $0 + 1 }
    }

    /// Whether the name at which the tape ends is one that its object has already.
    func hasName(like name: Int, in object: Int) -> Bool {
        guard self.kind(at: name) == .string else {
            return self.index(of: self.text(at: name).utf8.span, from: object + 1, before: name) != nil
        }
        let text = self.bytes.span.extracting(self.range(at: name))
        return self.index(of: text, from: object + 1, before: name) != nil
    }

    /// The names of an object that stand before an entry.
    func names(of object: Int, before end: Int) -> [Int] {
        var names: [Int] = []
        var index = object + 1
        while index < end {
            names.append(index)
            index = self.end(of: index + 1)
        }
        return names
    }

    private func index(of name: Span<UInt8>, from start: Int, before end: Int) -> Int? {
        let entries = self.entries.span
        var index = start
        while index < end {
            let entry = entries[index]
            if entry.kind == .escapedString {
                if ByteScan.areEqual(self.text(at: index).utf8.span, name) { return index }
            } else if Int(entry.end - entry.start) == name.count, self.areSame(name, from: Int(entry.start)) {
                return index
            }
            let value = entries[index + 1]
            index = value.kind.isContainer ? Int(value.end) : index + 2
        }
        return nil
    }

    // Names are short, and most differ in their first byte: a loop is faster than a call.
    private func areSame(_ name: Span<UInt8>, from start: Int) -> Bool {
        for offset in name.indices where self.bytes[start + offset] != name[offset] {
            return false
        }
        return true
    }
}
