//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Reads one complete JSON value (RFC 8259) and accepts nothing that two readers could understand differently.
///
/// Two equal names in one object are refused at every level (RFC 7515 §4, RFC 7519 §4), and so are invalid UTF-8,
/// a byte order mark, halves of surrogate pairs, bytes after the value, and more than 64 levels of nesting.
package struct JSONReader {
    /// What to do with a name that an object has already.
    package enum DuplicateNames: Sendable {
        /// Refuse the whole.
        case reject
        /// Keep all members, for documents of which one bad part must not spoil the rest.
        case keep
    }

    static let deepest = 64

    var tape: JSONTape
    var position = 0
    private let duplicateNames: DuplicateNames

    /// Reads one value, with nothing but white space around it.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8.
    ///   - duplicateNames: What to do with a name that an object has already.
    /// - Returns: The value.
    /// - Throws: ``JSONError`` with the place of the first mistake.
    package static func read(
        _ bytes: [UInt8],
        duplicateNames: DuplicateNames = .reject
    ) throws(JSONError) -> JSONValue {
        try Self.tape(of: bytes, duplicateNames: duplicateNames).value()
    }

    /// Reads one value, with nothing but white space around it, and makes nothing of it yet.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8.
    ///   - duplicateNames: What to do with a name that an object has already.
    /// - Returns: Where all stands; the value is at 0.
    /// - Throws: ``JSONError`` with the place of the first mistake.
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
        try reader.readValue(depth: 1)
        reader.skipWhiteSpace()
        guard reader.position == bytes.count else { throw reader.error(.trailingBytes) }
        return reader.tape
    }

    private init(tape: JSONTape, duplicateNames: DuplicateNames) {
        self.tape = tape
        self.duplicateNames = duplicateNames
    }

    private mutating func readValue(depth: Int) throws(JSONError) {
        self.skipWhiteSpace()
        switch try self.peek() {
        case UInt8(ascii: "{"):
            guard depth <= Self.deepest else { throw self.error(.tooDeep) }
            try self.readObject(depth: depth)
        case UInt8(ascii: "["):
            guard depth <= Self.deepest else { throw self.error(.tooDeep) }
            try self.readArray(depth: depth)
        case UInt8(ascii: "\""): try self.readString()
        case UInt8(ascii: "t"): try self.read("true", as: .true)
        case UInt8(ascii: "f"): try self.read("false", as: .false)
        case UInt8(ascii: "n"): try self.read("null", as: .null)
        default: try self.readNumber()
        }
    }

    private mutating func readObject(depth: Int) throws(JSONError) {
        var names = JSONNames(of: self.tape.count)
        self.open(.object)
        defer { self.tape.close(names.object) }
        self.skipWhiteSpace()
        if try self.take(UInt8(ascii: "}")) { return }
        while true {
            self.skipWhiteSpace()
            let start = self.position
            guard try self.peek() == UInt8(ascii: "\"") else { throw self.error(.unexpectedByte) }
            let name = self.tape.count
            try self.readString()
            if self.duplicateNames == .reject, !names.insert(name, of: self.tape) {
                throw JSONError(reason: .duplicateName, offset: start)
            }
            self.skipWhiteSpace()
            guard try self.take(UInt8(ascii: ":")) else { throw self.error(.unexpectedByte) }
            try self.readValue(depth: depth + 1)
            self.skipWhiteSpace()
            if try self.take(UInt8(ascii: "}")) { return }
            guard try self.take(UInt8(ascii: ",")) else { throw self.error(.unexpectedByte) }
        }
    }

    private mutating func readArray(depth: Int) throws(JSONError) {
        let array = self.tape.count
        self.open(.array)
        defer { self.tape.close(array) }
        self.skipWhiteSpace()
        if try self.take(UInt8(ascii: "]")) { return }
        while true {
            try self.readValue(depth: depth + 1)
            self.skipWhiteSpace()
            if try self.take(UInt8(ascii: "]")) { return }
            guard try self.take(UInt8(ascii: ",")) else { throw self.error(.unexpectedByte) }
        }
    }

    private mutating func open(_ kind: JSONTape.Kind) {
        self.tape.append(kind, self.position..<self.position)
        self.position += 1
    }
}

extension JSONReader {
    func error(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason: reason, offset: self.position)
    }

    func peek() throws(JSONError) -> UInt8 {
        guard self.position < self.tape.bytes.count else { throw self.error(.unexpectedEnd) }
        return self.tape.bytes[self.position]
    }

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
        self.tape.append(kind, start..<self.position)
    }

    mutating func skipWhiteSpace() {
        while self.position < self.tape.bytes.count {
            switch self.tape.bytes[self.position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): self.position += 1
            default: return
            }
        }
    }
}
