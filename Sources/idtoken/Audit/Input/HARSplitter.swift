//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// Cuts the entries out of an HTTP archive (HAR 1.2) as it is read, however large it is.
///
/// Of each entry only `startedDateTime` and the request's `headers` are kept, as a JSON object of these two.
/// Responses, which make up most of an archive, are skipped.
struct HARSplitter: RecordSplitter {
    private enum Container {
        case object
        case array
    }

    private var line = 1
    private var containers: [Container] = []
    /// The name of the current value at each level, down to ``deepestName``.
    private var names: [[UInt8]] = []
    private var isInText = false
    private var isEscaped = false
    private var text: [UInt8] = []
    private var expectsName = false
    /// The part of the current entry that is kept.
    private var entry: [UInt8]?
    private var entryLine = 1
    private var isKeeping = false
    private var isTooLarge = false
    private var hasEnded = false
    private var hasStarted = false

    /// The names that matter are at most at this level and at most this long.
    private static let deepestName = 5
    private static let longestName = 32

    mutating func split(_ bytes: inout [UInt8], isEnd: Bool, into batch: inout RecordBatch) {
        for byte in bytes {
            self.take(byte, into: &batch)
        }
        bytes = []
        if isEnd, !self.hasEnded, self.hasStarted {
            batch.append([], line: self.entry == nil ? self.line : self.entryLine, flaw: .cutShort)
        }
    }

    private mutating func take(_ byte: UInt8, into batch: inout RecordBatch) {
        if byte == UInt8(ascii: "\n") { self.line += 1 }
        if self.isInText {
            self.takeText(byte)
            self.keep(byte)
            return
        }
        switch byte {
        case UInt8(ascii: "\""):
            self.isInText = true
            self.text = []
            self.keep(byte)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            self.open(byte == UInt8(ascii: "{") ? .object : .array)
            self.keep(byte)
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            // The end of the object that holds a kept value ends the value, too.
            self.endValue(atDepth: self.containers.count)
            self.keep(byte)
            self.close(into: &batch)
        case UInt8(ascii: ":"):
            if self.expectsName, self.containers.count <= Self.deepestName, let last = self.names.indices.last {
                self.names[last] = self.text
            }
            self.expectsName = false
            self.keep(byte)
            self.beginValue()
        case UInt8(ascii: ","):
            self.endValue(atDepth: self.containers.count)
            self.expectsName = self.containers.last == .object
            self.keep(byte)
        default:
            self.keep(byte)
        }
    }

    private mutating func takeText(_ byte: UInt8) {
        if self.isEscaped {
            self.isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            self.isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            self.isInText = false
            return
        }
        if self.expectsName, self.text.count < Self.longestName { self.text.append(byte) }
    }

    private mutating func open(_ container: Container) {
        self.hasStarted = true
        self.containers.append(container)
        if self.containers.count <= Self.deepestName { self.names.append([]) }
        self.expectsName = container == .object
        // An entry is an object in the array `entries` of the object `log`.
        if self.containers.count == 4, container == .object, self.isPath("log", "entries") {
            self.entry = []
            self.entryLine = self.line
            self.isTooLarge = false
        }
    }

    private mutating func close(into batch: inout RecordBatch) {
        if self.containers.count == 4, let entry {
            let content = Array("{".utf8) + entry.dropLast() + Array("}".utf8)
            batch.append(content, line: self.entryLine, flaw: self.isTooLarge ? .tooLarge : nil)
            self.entry = nil
        }
        if self.containers.count <= Self.deepestName, !self.names.isEmpty { self.names.removeLast() }
        if !self.containers.isEmpty { self.containers.removeLast() }
        self.expectsName = false
        if self.containers.isEmpty { self.hasEnded = true }
    }

    private mutating func beginValue() {
        guard self.entry != nil, !self.isKeeping else { return }
        let depth = self.containers.count
        if depth == 4, self.isName("startedDateTime", at: 3) {
            self.entry? += Array("\"startedDateTime\":".utf8)
            self.isKeeping = true
        } else if depth == 5, self.isName("request", at: 3), self.isName("headers", at: 4) {
            self.entry? += Array("\"headers\":".utf8)
            self.isKeeping = true
        }
        self.keepingDepth = depth
    }

    private var keepingDepth = 0

    private mutating func endValue(atDepth depth: Int) {
        guard self.isKeeping, depth == self.keepingDepth else { return }
        self.isKeeping = false
        self.entry?.append(UInt8(ascii: ","))
    }

    private mutating func keep(_ byte: UInt8) {
        // The colon before a value does not belong to it.
        guard self.isKeeping, let count = self.entry?.count else { return }
        guard count < RawRecord.maximumSize else {
            self.isTooLarge = true
            return
        }
        self.entry?.append(byte)
    }

    private func isPath(_ names: String...) -> Bool {
        names.enumerated().allSatisfy { self.isName($1, at: $0) }
    }

    private func isName(_ name: String, at level: Int) -> Bool {
        level < self.names.count && self.names[level].elementsEqual(name.utf8)
    }
}
#endif
