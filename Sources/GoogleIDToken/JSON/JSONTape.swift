//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// The positions of all values in a JSON text, in the order of the text, as ``JSONReader`` produces them.
///
/// A value is identified by the index of its entry. The entries of an array's values follow the array; the entries of
/// each name and its value follow an object. Strings are created only on access.
package struct JSONTape: Sendable {
    enum Kind: UInt8, Sendable {
        case null, `false`, `true`, number, string, escapedString, array, object

        /// Whether the entries of other values belong to this value.
        var isContainer: Bool { self == .array || self == .object }

        /// Whether the value is a string.
        var isString: Bool { self == .string || self == .escapedString }
    }

    // The entry is small because the tapes of all cached tokens compete for the processor's caches.
    struct Entry: Sendable {
        let kind: Kind
        /// The start in the text, for a string after its quote; for a string with escapes, the start in ``unescaped``.
        let start: UInt32
        /// The end in the text; for an array or an object, the index of the entry after its content.
        var end: UInt32
    }

    /// The UTF-8 text.
    package let bytes: [UInt8]
    /// The unescaped UTF-8 content of all strings with escapes; each escape is decoded once.
    private var unescaped: [UInt8] = []
    private var entries: [Entry] = []

    /// The reserved number of entries, enough for a usual token.
    private static let usualCount = 24
    /// The number of names in an object up to which names are compared one by one; usual objects have fewer.
    private static let mostCompared = 16
    /// The longest name that is compared in a loop, in bytes.
    private static let longestLooped = 16
    /// The length of the longest text whose positions fit into an entry, in bytes.
    static let longest = Int(UInt32.max)

    init(of bytes: [UInt8]) {
        self.bytes = bytes
        self.entries.reserveCapacity(Self.usualCount)
    }

    /// The number of entries.
    var count: Int { self.entries.count }

    mutating func append(_ kind: Kind, _ start: Int, _ end: Int) {
        self.entries.append(
            Entry(kind: kind, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
        )
    }

    /// Opens an array or an object.
    ///
    /// - Returns: The index of its entry.
    mutating func open(_ kind: Kind, at position: Int, in container: Int) -> Int {
        // While it is open, `end` holds the index of the container around it.
        self.append(kind, position, container)
        return self.entries.count - 1
    }

    /// Closes an array or an object.
    ///
    /// - Returns: The index of the container around it.
    mutating func close(_ index: Int) -> Int {
        let container = Int(self.entries[index].end)
        self.entries[index].end = UInt32(truncatingIfNeeded: self.entries.count)
        return container
    }

    /// The number of unescaped bytes so far.
    var unescapedCount: Int { self.unescaped.count }

    /// Appends a part of the text to the unescaped string.
    mutating func unescape(_ range: Range<Int>) {
        for index in range { self.unescaped.append(self.bytes[index]) }
    }

    /// Appends an escaped character to the unescaped string.
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

    /// Returns the index after a value and its content.
    func end(of index: Int) -> Int {
        self.entries[index].kind.isContainer ? Int(self.entries[index].end) : index + 1
    }

    /// Calls a closure with the bytes of a scalar: the unescaped content of a string, or the text of any other value.
    @inline(__always)
    func withBytes<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        let entry = self.entries[index]
        return body(self.source(of: entry).span.extracting(Int(entry.start)..<Int(entry.end)))
    }

    /// Returns the content of a string or the text of a number.
    func text(at index: Int) -> String {
        let entry = self.entries[index]
        return String(decoding: self.source(of: entry)[Int(entry.start)..<Int(entry.end)], as: UTF8.self)
    }

    private func source(of entry: Entry) -> [UInt8] {
        entry.kind == .escapedString ? self.unescaped : self.bytes
    }

    /// Returns the value of an object's member.
    ///
    /// - Parameters:
    ///   - name: The member's name; it is compared byte by byte (RFC 7519 §7.3).
    ///   - object: The index of the object.
    /// - Returns: The index of the value, or nil if there is no such member or the value is not an object.
    func member(_ name: String, of object: Int) -> Int? {
        guard self.kind(at: object) == .object else { return nil }
        return self.index(of: name.utf8.span, from: object + 1, before: self.end(of: object)).map { $0 + 1 }
    }

    /// Finds the values of several names of an object in one pass.
    ///
    /// - Parameters:
    ///   - names: The names; they are compared byte by byte (RFC 7519 §7.3).
    ///   - object: The object.
    /// - Returns: The index of each name's value, or nil if the object has no such name.
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

    /// One bit of 64 for a name, from its length and its first and last byte; names with different bits differ.
    func nameMark(at index: Int) -> UInt64 {
        self.withBytes(at: index) { bytes in
            guard let last = bytes.indices.last else { return 1 }
            return 1 << ((UInt64(bytes[0]) &* 5 &+ UInt64(bytes[last]) &+ UInt64(bytes.count)) & 63)
        }
    }

    /// The result of a search for a name among the previous names of its object.
    enum Finding {
        case isThere, isNot
        /// The object has so many names that a hash table is faster.
        case hasManyNames
    }

    /// Searches the last name on the tape among the previous names of its object.
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

    /// Returns the names of an object that precede an entry.
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
        // Names are short, and most differ in their first byte, so that a loop is faster than a call.
        guard name.count <= Self.longestLooped else {
            return Bytes.areEqual(source.span.extracting(start..<(start + name.count)), name)
        }
        for offset in name.indices where source[start + offset] != name[offset] {
            return false
        }
        return true
    }
}
