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

    let bytes: [UInt8]
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
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw JSONError(reason: .invalidUTF8, offset: error.byteOffsets.lowerBound)
        }
        guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { throw JSONError(reason: .byteOrderMark, offset: 0) }
        var reader = JSONReader(bytes: bytes, duplicateNames: duplicateNames)
        let value = try reader.readValue(depth: 1)
        reader.skipWhiteSpace()
        guard reader.position == bytes.count else { throw reader.error(.trailingBytes) }
        return value
    }

    private init(bytes: [UInt8], duplicateNames: DuplicateNames) {
        self.bytes = bytes
        self.duplicateNames = duplicateNames
    }

    private mutating func readValue(depth: Int) throws(JSONError) -> JSONValue {
        self.skipWhiteSpace()
        switch try self.peek() {
        case UInt8(ascii: "{"):
            guard depth <= Self.deepest else { throw self.error(.tooDeep) }
            return .object(try self.readObject(depth: depth))
        case UInt8(ascii: "["):
            guard depth <= Self.deepest else { throw self.error(.tooDeep) }
            return .array(try self.readArray(depth: depth))
        case UInt8(ascii: "\""): return .string(try self.readString())
        case UInt8(ascii: "t"):
            try self.expect("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try self.expect("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try self.expect("null")
            return .null
        default: return .number(try self.readNumber())
        }
    }

    private mutating func readObject(depth: Int) throws(JSONError) -> JSONObject {
        self.position += 1
        var members: [(name: String, value: JSONValue)] = []
        var names = NamesSeen()
        self.skipWhiteSpace()
        if try self.take(UInt8(ascii: "}")) { return JSONObject(members: members) }
        while true {
            self.skipWhiteSpace()
            let start = self.position
            guard try self.peek() == UInt8(ascii: "\"") else { throw self.error(.unexpectedByte) }
            let name = try self.readString()
            if self.duplicateNames == .reject, !names.insert(name, among: members) {
                throw JSONError(reason: .duplicateName, offset: start)
            }
            self.skipWhiteSpace()
            guard try self.take(UInt8(ascii: ":")) else { throw self.error(.unexpectedByte) }
            members.append((name, try self.readValue(depth: depth + 1)))
            self.skipWhiteSpace()
            if try self.take(UInt8(ascii: "}")) { return JSONObject(members: members) }
            guard try self.take(UInt8(ascii: ",")) else { throw self.error(.unexpectedByte) }
        }
    }

    private mutating func readArray(depth: Int) throws(JSONError) -> [JSONValue] {
        self.position += 1
        var values: [JSONValue] = []
        self.skipWhiteSpace()
        if try self.take(UInt8(ascii: "]")) { return values }
        while true {
            values.append(try self.readValue(depth: depth + 1))
            self.skipWhiteSpace()
            if try self.take(UInt8(ascii: "]")) { return values }
            guard try self.take(UInt8(ascii: ",")) else { throw self.error(.unexpectedByte) }
        }
    }
}

extension JSONReader {
    func error(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason: reason, offset: self.position)
    }

    func peek() throws(JSONError) -> UInt8 {
        guard self.position < self.bytes.count else { throw self.error(.unexpectedEnd) }
        return self.bytes[self.position]
    }

    mutating func take(_ byte: UInt8) throws(JSONError) -> Bool {
        guard try self.peek() == byte else { return false }
        self.position += 1
        return true
    }

    private mutating func expect(_ word: StaticString) throws(JSONError) {
        for byte in "\(word)".utf8 {
            guard try self.take(byte) else { throw self.error(.unexpectedByte) }
        }
    }

    mutating func skipWhiteSpace() {
        while self.position < self.bytes.count {
            switch self.bytes[self.position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): self.position += 1
            default: return
            }
        }
    }
}

/// The names that an object has so far, for finding one that comes again in constant time.
private struct NamesSeen {
    // Objects in tokens have few names; only a hostile one is worth a table.
    private static let mostCompared = 16
    private var table: Set<ExactString> = []

    /// Notes a name.
    ///
    /// - Returns: Whether it is new.
    mutating func insert(_ name: String, among members: [(name: String, value: JSONValue)]) -> Bool {
        if members.count < Self.mostCompared {
            return !members.contains { $0.name.isExactly(name) }
        }
        if self.table.isEmpty {
            self.table = Set(members.map { ExactString($0.name) })
        }
        return self.table.insert(ExactString(name)).inserted
    }
}
