//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Parses one complete JSON value (RFC 8259) and rejects input that two parsers could understand differently.
///
/// It rejects duplicate names in an object at every level (RFC 7515 §4, RFC 7519 §4), invalid UTF-8, a byte order mark,
/// unpaired surrogates, bytes after the value, and more than 64 levels of nesting.
package struct JSONReader {
    /// The treatment of duplicate names in an object.
    package enum DuplicateNames: Sendable {
        /// Rejects the whole document.
        case reject
        /// Keeps all members, for documents in which one invalid part must not make the rest unusable.
        case keep
    }

    static let deepest = 64

    var tape: JSONTape
    var position = 0
    /// The number of open arrays and objects.
    private var depth = 0
    /// The tape index of the innermost open array or object.
    private var container = 0
    /// The name tables of those open objects that have many members, the innermost last.
    private var longObjects: [JSONNames] = []
    /// The marks of the names that the innermost object has; all of them if they are not known.
    private var nameMarks: UInt64 = 0
    private let duplicateNames: DuplicateNames

    /// Parses one value, which only white space may surround.
    ///
    /// - Parameters:
    ///   - bytes: The UTF-8 text.
    ///   - duplicateNames: The treatment of duplicate names in an object.
    /// - Returns: The value.
    /// - Throws: ``JSONError`` with the position of the first error.
    package static func read(
        _ bytes: [UInt8],
        duplicateNames: DuplicateNames = .reject
    ) throws(JSONError) -> IDTokenJSON {
        try Self.tape(of: bytes, duplicateNames: duplicateNames).value()
    }

    /// Parses one value, which only white space may surround, without creating ``IDTokenJSON`` values.
    ///
    /// - Parameters:
    ///   - bytes: The UTF-8 text.
    ///   - duplicateNames: The treatment of duplicate names in an object.
    /// - Returns: The tape; the value's index is 0.
    /// - Throws: ``JSONError`` with the position of the first error.
    static func tape(
        of bytes: [UInt8],
        duplicateNames: DuplicateNames = .reject
    ) throws(JSONError) -> JSONTape {
        guard bytes.count <= JSONTape.longest else { throw JSONError(reason: .tooLong, offset: JSONTape.longest) }
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw JSONError(reason: .invalidUTF8, offset: error.byteOffsets.lowerBound)
        }
        guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { throw JSONError(reason: .byteOrderMark, offset: 0) }
        var reader = JSONReader(tape: JSONTape(of: bytes), duplicateNames: duplicateNames)
        try reader.readDocument()
        return reader.tape
    }

    private init(tape: JSONTape, duplicateNames: DuplicateNames) {
        self.tape = tape
        self.duplicateNames = duplicateNames
    }

    // The parser is one loop with the innermost open array or object as its state; the tape stores the outer ones.
    // Recursion would cost several times as much for deeply nested hostile input.
    private mutating func readDocument() throws(JSONError) {
        while true {
            if try self.readValue(), try self.closeWhatEnds() { break }
        }
        self.skipWhiteSpace()
        guard self.position == self.tape.bytes.count else { throw self.error(.trailingBytes) }
    }

    /// Parses a scalar, or the start of an array or object.
    ///
    /// - Returns: Whether a value is complete; otherwise the next value follows.
    private mutating func readValue() throws(JSONError) -> Bool {
        self.skipWhiteSpace()
        switch try self.peek() {
        case UInt8(ascii: "{"):
            try self.open(.object)
            guard try self.take(UInt8(ascii: "}")) else {
                try self.readName()
                return false
            }
            self.close()
        case UInt8(ascii: "["):
            try self.open(.array)
            guard try self.take(UInt8(ascii: "]")) else { return false }
            self.close()
        case UInt8(ascii: "\""): try self.readString()
        case UInt8(ascii: "t"): try self.read("true", as: .true)
        case UInt8(ascii: "f"): try self.read("false", as: .false)
        case UInt8(ascii: "n"): try self.read("null", as: .null)
        default: try self.readNumber()
        }
        return true
    }

    /// Parses the commas and closing brackets after a value.
    ///
    /// - Returns: Whether no array or object is open any more; otherwise the next value follows.
    private mutating func closeWhatEnds() throws(JSONError) -> Bool {
        while self.depth > 0 {
            self.skipWhiteSpace()
            let isObject = self.tape.kind(at: self.container) == .object
            if try self.take(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                self.close()
                continue
            }
            guard try self.take(UInt8(ascii: ",")) else { throw self.error(.unexpectedByte) }
            if isObject { try self.readName() }
            return false
        }
        return true
    }

    private mutating func readName() throws(JSONError) {
        self.skipWhiteSpace()
        let start = self.position
        guard try self.peek() == UInt8(ascii: "\"") else { throw self.error(.unexpectedByte) }
        let name = self.tape.count
        try self.readString()
        if self.duplicateNames == .reject, !self.isNew(name) {
            throw JSONError(reason: .duplicateName, offset: start)
        }
        self.skipWhiteSpace()
        guard try self.take(UInt8(ascii: ":")) else { throw self.error(.unexpectedByte) }
    }

    /// Whether the last name on the tape is the first one with its bytes in its object.
    private mutating func isNew(_ name: Int) -> Bool {
        if self.longObjects.last?.container == self.container {
            return self.longObjects[self.longObjects.count - 1].insert(name, of: self.tape)
        }
        let mark = self.tape.nameMark(at: name)
        guard self.nameMarks & mark != 0 else {
            self.nameMarks |= mark
            return true
        }
        switch self.tape.find(name, in: self.container) {
        case .isThere: return false
        case .isNot: return true
        case .hasManyNames:
            var names = JSONNames(of: self.container)
            for earlier in self.tape.names(of: self.container, before: name) {
                _ = names.insert(earlier, of: self.tape)
            }
            defer { self.longObjects.append(names) }
            return names.insert(name, of: self.tape)
        }
    }

    private mutating func open(_ kind: JSONTape.Kind) throws(JSONError) {
        guard self.depth < Self.deepest else { throw self.error(.tooDeep) }
        self.depth += 1
        self.container = self.tape.open(kind, at: self.position, in: self.container)
        self.nameMarks = 0
        self.position += 1
        self.skipWhiteSpace()
    }

    private mutating func close() {
        if self.longObjects.last?.container == self.container { self.longObjects.removeLast() }
        self.depth -= 1
        self.container = self.tape.close(self.container)
        self.nameMarks = .max
    }
}

extension JSONReader {
    func error(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason: reason, offset: self.position)
    }

    @inline(__always)
    func peek() throws(JSONError) -> UInt8 {
        guard self.position < self.tape.bytes.count else { throw self.error(.unexpectedEnd) }
        return self.tape.bytes[self.position]
    }

    @inline(__always)
    mutating func take(_ byte: UInt8) throws(JSONError) -> Bool {
        guard try self.peek() == byte else { return false }
        self.position += 1
        return true
    }

    private mutating func read(_ word: String, as kind: JSONTape.Kind) throws(JSONError) {
        let start = self.position
        for byte in word.utf8 {
            guard try self.take(byte) else { throw self.error(.unexpectedByte) }
        }
        self.tape.append(kind, start, self.position)
    }

    @inline(__always)
    mutating func skipWhiteSpace() {
        while self.position < self.tape.bytes.count, self.tape.bytes[self.position] <= UInt8(ascii: " ") {
            switch self.tape.bytes[self.position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): self.position += 1
            default: return
            }
        }
    }
}
