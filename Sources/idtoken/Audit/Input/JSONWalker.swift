//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Goes through the values of a JSON object whose grammar JSONFramer has checked.
struct JSONWalker {
    /// The names and indices on the way to the current value.
    private(set) var path: [JSONPlace.Step] = []
    /// Where each open container begins, and whether it is an object.
    private var open: [(start: Int, isObject: Bool)] = []
    private var position: Int
    private let end: Int
    private var expectsName = false
    /// Where tokens stand, which contain no quotes and so need not be looked at again.
    private let tokens: [Range<Int>]
    private var nextToken = 0

    /// How many names and indices are on the way to the current value.
    var depth: Int { self.path.count }

    init(_ range: Range<Int>, tokens: [Range<Int>] = []) {
        self.tokens = tokens
        self.position = range.lowerBound
        self.end = range.upperBound
        self.path.reserveCapacity(8)
        self.open.reserveCapacity(8)
    }

    /// The range of the last name, if the value before was a name.
    mutating func next(in bytes: Span<UInt8>) -> JSONPlace? {
        while self.position < self.end {
            let byte = bytes[self.position]
            self.position += 1
            switch byte {
            case UInt8(ascii: "\""):
                let range = self.string(bytes)
                if self.expectsName {
                    if let last = self.path.indices.last { self.path[last] = .name(range) }
                } else {
                    return JSONPlace(kind: .string, range: range)
                }
            case UInt8(ascii: ":"): self.expectsName = false
            case UInt8(ascii: ","):
                self.expectsName = self.open.last?.isObject ?? false
                if let last = self.path.indices.last, case .index(let index) = self.path[last] {
                    self.path[last] = .index(index + 1)
                }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                let isObject = byte == UInt8(ascii: "{")
                self.open.append((self.position - 1, isObject))
                self.path.append(isObject ? .name(self.position..<self.position) : .index(0))
                self.expectsName = isObject
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard let container = self.open.popLast() else { return nil }
                self.path.removeLast()
                self.expectsName = false
                return JSONPlace(kind: .container, range: container.start..<self.position)
            case 0...0x20: continue
            default:
                let start = self.position - 1
                self.position = min(Self.afterScalar.firstIndex(in: bytes, self.position..<self.end), self.end)
                return JSONPlace(kind: .other, range: start..<self.position)
            }
        }
        return nil
    }

    private static let afterScalar = ByteSet { ",]} \t\r\n".utf8.contains($0) }

    private mutating func string(_ bytes: Span<UInt8>) -> Range<Int> {
        let start = self.position
        while self.position < self.end {
            while self.nextToken < self.tokens.count, self.tokens[self.nextToken].lowerBound < self.position {
                self.nextToken += 1
            }
            let token = self.nextToken < self.tokens.count ? self.tokens[self.nextToken] : self.end..<self.end
            let limit = min(token.lowerBound, self.end)
            let stop = Bytes.endOfPlainText(in: bytes.extracting(..<limit), from: self.position)
            if stop == limit, limit < self.end {
                self.position = max(token.upperBound, limit)
                continue
            }
            guard stop < self.end else { break }
            if bytes[stop] == UInt8(ascii: "\"") {
                self.position = stop + 1
                return start..<stop
            }
            self.position = min(bytes[stop] == UInt8(ascii: "\\") ? stop + 2 : stop + 1, self.end)
        }
        self.position = self.end
        return start..<self.end
    }
}
#endif
