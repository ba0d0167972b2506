//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Finds the end of a JSON object in bytes that come piece by piece, and the records inside it.
///
/// It checks the grammar as far as it must to tell JSON from text that only begins like it. An object that is not a
/// record but contains a list of records, such as an HTTP archive, is taken apart while it is read.
struct JSONFramer {
    enum Outcome {
        /// The object ends before this index.
        case complete(Int)
        /// All bytes belong to the object, which continues.
        case incomplete
        /// The text before this index is not the beginning of a JSON object.
        case invalid(Int)
    }

    private enum Expectation {
        case value, valueOrEnd, name, nameOrEnd, colon, commaOrEnd
    }

    /// An open object or array.
    private struct Container {
        let isObject: Bool
        /// The lists of records, as bits, to which the names on the way lead so far.
        let lists: UInt16
        /// How many names are on the way.
        let level: Int
    }

    /// Deeper nesting is taken for text; no log has it.
    static let deepest = 512
    /// Where the object begins.
    private(set) var start: Int
    /// The index of the next byte.
    private(set) var position: Int
    private var expectation = Expectation.value
    private var isInString = false
    private var isInScalar = false
    private var containers: [Container] = []
    /// Where the last string begins, which is the name of a value that is an object or an array.
    private var stringStart = 0
    private var nameEnd = 0

    /// The depth of the list of records, while it is open.
    private var listDepth: Int?
    /// Where the current record of a list begins.
    private(set) var elementStart: Int?
    /// The records of lists that are complete.
    private(set) var elements: [Range<Int>] = []
    /// Whether the object has a time, so that it is a record itself.
    private(set) var hasTime = false

    init(start: Int) {
        self.start = start
        self.position = start
    }

    /// Whether the object is not a record but contains a list of them, as far as is known.
    var isList: Bool { !self.hasTime && (self.listDepth != nil || !self.elements.isEmpty) }

    /// Forgets the records of lists that have been taken.
    mutating func takeElements() -> [Range<Int>] {
        defer { self.elements = [] }
        return self.elements
    }

    /// Adjusts all indices after bytes have been removed from the beginning.
    mutating func shift(by count: Int) {
        self.start -= count
        self.position -= count
        self.stringStart -= count
        self.nameEnd -= count
        self.elementStart = self.elementStart.map { $0 - count }
        self.elements = self.elements.map { $0.lowerBound - count..<$0.upperBound - count }
    }

    /// Reads on.
    ///
    /// - Parameter bytes: The bytes that are there, with those that were read before at their indices.
    /// - Returns: Whether the object is complete.
    mutating func advance(in bytes: Span<UInt8>) -> Outcome {
        while self.position < bytes.count {
            if self.isInString {
                guard self.finishString(bytes) else { return self.isInString ? .incomplete : .invalid(self.position) }
                continue
            }
            let byte = bytes[self.position]
            if self.isInScalar {
                if Self.scalar.contains(byte) {
                    self.position += 1
                    continue
                }
                self.isInScalar = false
                self.expectation = .commaOrEnd
            }
            guard byte > 0x20 else {
                guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
                    return .invalid(self.position)
                }
                self.position += 1
                continue
            }
            guard self.take(byte, bytes) else { return .invalid(self.position) }
            self.position += 1
            if self.containers.isEmpty { return .complete(self.position) }
        }
        return .incomplete
    }

    private static let scalar = ByteSet { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "E"),
            UInt8(ascii: "I"), UInt8(ascii: "N"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static let scalarStart = ByteSet { "-0123456789tfnNI".utf8.contains($0) }

    private mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        switch byte {
        case UInt8(ascii: "\""):
            switch self.expectation {
            case .value, .valueOrEnd: self.expectation = .value
            case .name, .nameOrEnd: self.expectation = .name
            default: return false
            }
            self.isInString = true
            self.stringStart = self.position + 1
        case UInt8(ascii: ":"):
            guard self.expectation == .colon else { return false }
            self.expectation = .value
        case UInt8(ascii: ","):
            guard self.expectation == .commaOrEnd else { return false }
            self.expectation = self.isInObject ? .name : .value
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard self.expectation == .value || self.expectation == .valueOrEnd else { return false }
            return self.open(isObject: byte == UInt8(ascii: "{"), bytes)
        case UInt8(ascii: "}"):
            guard self.isInObject, self.expectation == .commaOrEnd || self.expectation == .nameOrEnd else {
                return false
            }
            self.close()
        case UInt8(ascii: "]"):
            guard !self.isInObject, self.expectation == .commaOrEnd || self.expectation == .valueOrEnd else {
                return false
            }
            self.close()
        default:
            guard self.expectation == .value || self.expectation == .valueOrEnd, !self.containers.isEmpty,
                Self.scalarStart.contains(byte)
            else { return false }
            self.isInScalar = true
        }
        return true
    }

    /// Reads to the end of a string; returns false if it does not end in the bytes, or a line ends in it.
    private mutating func finishString(_ bytes: Span<UInt8>) -> Bool {
        while true {
            let end = Bytes.endOfPlainText(in: bytes, from: self.position)
            guard end < bytes.count else {
                self.position = bytes.count
                return false
            }
            switch bytes[end] {
            case UInt8(ascii: "\""):
                self.isInString = false
                self.position = end + 1
                self.noteString(bytes, end)
                return true
            case UInt8(ascii: "\\"):
                guard end + 1 < bytes.count else {
                    self.position = end
                    return false
                }
                guard bytes[end + 1] != 0x0A else {
                    self.isInString = false
                    self.position = end
                    return false
                }
                self.position = end + 2
            case 0x0A:
                self.isInString = false
                self.position = end
                return false
            default: self.position = end + 1
            }
        }
    }

    private mutating func noteString(_ bytes: Span<UInt8>, _ end: Int) {
        guard self.expectation == .name else {
            self.expectation = .commaOrEnd
            return
        }
        self.expectation = .colon
        self.nameEnd = end
        guard self.containers.count == 1, self.stringStart >= 0 else { return }
        if TimeNames.isTime(bytes.extracting(self.stringStart..<end)) { self.hasTime = true }
    }

    private var isInObject: Bool { self.containers.last?.isObject ?? false }

    private mutating func open(isObject: Bool, _ bytes: Span<UInt8>) -> Bool {
        let depth = self.containers.count
        guard depth < Self.deepest else { return false }
        var (lists, level) = (UInt16.max, 0)
        if let container = self.containers.last {
            lists = container.lists
            // Of a name of a megabyte the beginning is gone.
            if container.isObject, lists != 0, self.stringStart >= 0, self.nameEnd >= self.stringStart {
                lists &= Self.lists(with: bytes.extracting(self.stringStart..<self.nameEnd), at: container.level)
            }
            level = container.level + (container.isObject ? 1 : 0)
        }
        if self.listDepth == nil, !isObject, self.isInObject, lists != 0, Self.isRecordList(lists, level) {
            self.listDepth = depth + 1
        } else if isObject, self.listDepth == depth {
            self.elementStart = self.position
        }
        self.containers.append(Container(isObject: isObject, lists: lists, level: level))
        self.expectation = isObject ? .nameOrEnd : .valueOrEnd
        return true
    }

    private mutating func close() {
        if !self.containers.isEmpty { self.containers.removeLast() }
        let depth = self.containers.count
        self.expectation = .commaOrEnd
        if self.listDepth == depth, let start = self.elementStart {
            self.elements.append(start..<self.position + 1)
            self.elementStart = nil
        } else if let list = self.listDepth, depth < list {
            self.listDepth = nil
        }
    }

    /// The places of lists of records in the exports of usual programs, without the lists on the way to them.
    private static let lists: [[[UInt8]]] = [
        // HTTP archives, gcloud and Cloud Logging, AWS CloudTrail, AWS CloudWatch, Pub/Sub, Elasticsearch, Loki,
        // OpenTelemetry.
        ["log", "entries"], ["entries"], ["Records"], ["events"], ["logEvents"], ["receivedMessages"],
        ["hits", "hits"], ["data", "result"], ["streams"], ["resourceLogs", "scopeLogs", "logRecords"],
        ["resourceSpans", "scopeSpans", "spans"],
    ]
    .map { $0.map { Array($0.utf8) } }

    /// The lists whose name at a level is this one, as bits.
    private static func lists(with name: Span<UInt8>, at level: Int) -> UInt16 {
        var bits: UInt16 = 0
        for (index, list) in self.lists.enumerated() where level < list.count {
            let wanted = list[level]
            if name.count == wanted.count, Bytes.areEqual(name, wanted.span) { bits |= 1 << UInt16(index) }
        }
        return bits
    }

    private static func isRecordList(_ bits: UInt16, _ level: Int) -> Bool {
        self.lists.enumerated().contains { bits & 1 << UInt16($0) != 0 && $1.count == level }
    }
}
#endif
