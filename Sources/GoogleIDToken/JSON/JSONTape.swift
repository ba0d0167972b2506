//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// Where each value of a JSON text stands, in the order of the text: what ``JSONReader`` makes of it.
///
/// A value is known by the index of its entry; an array is followed by its values, and an object by each name and its
/// value in turn. Text is made only of what is asked for.
package struct JSONTape: Sendable {
    enum Kind: UInt8, Sendable {
        case null, `false`, `true`, number, string, escapedString, array, object

        /// Whether more entries belong to it.
        var isContainer: Bool { self == .array || self == .object }

        /// Whether it is text.
        var isString: Bool { self == .string || self == .escapedString }
    }

    // Narrow, since a remembered token keeps its tape: what a processor's caches cannot hold is slow to forget.
    struct Entry: Sendable {
        let kind: Kind
        /// Where it begins in the text, a string after its quote; a string with escapes, in ``unescaped``.
        let start: UInt32
        /// Where it ends; of an array or an object, the entry that comes after all that is in it.
        var end: UInt32
    }

    /// The text in UTF-8.
    package let bytes: [UInt8]
    /// What the strings with escapes stand for, one after the other, in UTF-8: each escape is read once.
    private var unescaped: [UInt8] = []
    private var entries: [Entry] = []

    /// As many entries as a usual token has room for.
    private static let usualCount = 24
    /// How many names of an object are compared with each other; usual objects have fewer.
    private static let mostCompared = 16
    /// The longest name that is compared in a loop, in bytes.
    private static let longestLooped = 16
    /// The longest text whose places an entry can tell, in bytes.
    static let longest = Int(UInt32.max)

    init(of bytes: [UInt8]) {
        self.bytes = bytes
        self.entries.reserveCapacity(Self.usualCount)
    }

    /// How many entries there are.
    var count: Int { self.entries.count }

    mutating func append(_ kind: Kind, _ start: Int, _ end: Int) {
        self.entries.append(
            Entry(kind: kind, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
        )
    }

    /// Begins an array or an object.
    ///
    /// - Returns: Its entry.
    mutating func open(_ kind: Kind, at position: Int, in container: Int) -> Int {
        // Until it ends, its entry tells what it is in.
        self.append(kind, position, container)
        return self.entries.count - 1
    }

    /// Ends an array or an object: what comes from now on is not in it any more.
    ///
    /// - Returns: The entry of what it is in.
    mutating func close(_ index: Int) -> Int {
        let container = Int(self.entries[index].end)
        self.entries[index].end = UInt32(truncatingIfNeeded: self.entries.count)
        return container
    }

    /// How many bytes the strings with escapes stand for so far.
    var unescapedCount: Int { self.unescaped.count }

    /// Adds some of the text to what the string under way stands for.
    mutating func unescape(_ range: Range<Int>) {
        for index in range { self.unescaped.append(self.bytes[index]) }
    }

    /// Adds the character of an escape to what the string under way stands for.
    mutating func unescape(_ scalar: Unicode.Scalar) {
        if let byte = UInt8(exactly: scalar.value), byte < 0x80 {
            self.unescaped.append(byte)
        } else {
            self.unescaped.append(contentsOf: scalar.utf8)
        }
    }

    func kind(at index: Int) -> Kind {
        self.entries[index].kind
    }

    /// The entry after a value and all that is in it.
    func end(of index: Int) -> Int {
        self.entries[index].kind.isContainer ? Int(self.entries[index].end) : index + 1
    }

    /// Lends the bytes of a scalar: of a string what it stands for, of anything else what is written.
    @inline(__always)
    func withBytes<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        let entry = self.entries[index]
        return body(self.source(of: entry).span.extracting(Int(entry.start)..<Int(entry.end)))
    }

    /// The text of a string or a number.
    func text(at index: Int) -> String {
        let entry = self.entries[index]
        return String(decoding: self.source(of: entry)[Int(entry.start)..<Int(entry.end)], as: UTF8.self)
    }

    private func source(of entry: Entry) -> [UInt8] {
        entry.kind == .escapedString ? self.unescaped : self.bytes
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

    /// The values of several of an object's names, found in one pass.
    ///
    /// - Parameters:
    ///   - names: The names; they are compared byte by byte (RFC 7519 §7.3).
    ///   - object: The object.
    /// - Returns: The value of each name, or nil if there is no such name, or this is no object.
    func members<let count: Int>(_ names: InlineArray<count, [UInt8]>, of object: Int) -> InlineArray<count, Int?> {
        var found = InlineArray<count, Int?>(repeating: nil)
        guard self.kind(at: object) == .object else { return found }
        let entries = self.entries.span
        let end = self.end(of: object)
        var index = object + 1
        while index < end {
            let entry = entries[index]
            let length = Int(entry.end - entry.start)
            for place in names.indices where names[place].count == length && found[place] == nil {
                if self.hasBytes(entry, names[place].span) { found[place] = index + 1 }
            }
            let value = entries[index + 1]
            index = value.kind.isContainer ? Int(value.end) : index + 2
        }
        return found
    }

    /// One bit of 64 for a name, by its length and its first and last byte: names with different bits differ.
    func nameMark(at index: Int) -> UInt64 {
        self.withBytes(at: index) { bytes in
            guard let last = bytes.indices.last else { return 1 }
            return 1 << ((UInt64(bytes[0]) &* 5 &+ UInt64(bytes[last]) &+ UInt64(bytes.count)) & 63)
        }
    }

    /// What is found of a name among those before it.
    enum Finding {
        case isThere, isNot
        /// The object has so many names that a table is worth its making.
        case hasManyNames
    }

    /// Looks for the name at which the tape ends among the others of its object.
    func find(_ name: Int, in object: Int) -> Finding {
        self.withBytes(at: name) { bytes in
            let entries = self.entries.span
            var index = object + 1
            var left = Self.mostCompared
            while index < name {
                guard left > 0 else { return .hasManyNames }
                if self.isSame(entries[index], bytes) { return .isThere }
                left -= 1
                let value = entries[index + 1]
                index = value.kind.isContainer ? Int(value.end) : index + 2
            }
            return .isNot
        }
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
            if self.isSame(entries[index], name) { return index }
            let value = entries[index + 1]
            index = value.kind.isContainer ? Int(value.end) : index + 2
        }
        return nil
    }

    @inline(__always)
    private func isSame(_ entry: Entry, _ name: Span<UInt8>) -> Bool {
        Int(entry.end - entry.start) == name.count && self.hasBytes(entry, name)
    }

    private func hasBytes(_ entry: Entry, _ name: Span<UInt8>) -> Bool {
        let start = Int(entry.start)
        let source = self.source(of: entry)
        // Names are short, and most differ in their first byte: a loop is faster than a call.
        guard name.count <= Self.longestLooped else {
            return Bytes.areEqual(source.span.extracting(start..<(start + name.count)), name)
        }
        for offset in name.indices where source[start + offset] != name[offset] {
            return false
        }
        return true
    }
}
