//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDToken
internal import TestSupport
internal import Testing

/// Documents that came out of a valid one by changes; the same in every run.
@Suite("JSONReader: mutations")
struct JSONReaderMutationTests {
    private static let document = Array(
        #"""
        {"iss":"https://accounts.google.com","aud":["a","b\u00e9\ud83d\udc4d"],"exp":1587629888,"f":-1.25e+3,
         "google":{"compute_engine":{"instance_id":"1","project_number":2}},"e":[],"o":{},"n":null,"t":true,"x":false}
        """#
        .utf8
    )
    private static let pieces = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "0", "-", "1e9", ".", "null", "true", " ", "\n",
        "\0",
        "é", "\"a\":1,", "[[", "]]",
    ]
    .map { Array($0.utf8) }

    private static func mutated(with generator: inout FixedGenerator) -> [UInt8] {
        var bytes = Self.document
        for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: bytes.indices, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
            case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 2: bytes.remove(at: index)
            case 3: bytes.insert(contentsOf: Self.pieces.randomElement(using: &generator) ?? [], at: index)
            case 4: bytes.removeSubrange(index..<min(bytes.count, index + Int.random(in: 1...9, using: &generator)))
            default:
                let end = min(bytes.count, index + Int.random(in: 1...20, using: &generator))
                bytes.insert(contentsOf: bytes[index..<end], at: Int.random(in: bytes.indices, using: &generator))
            }
        }
        return bytes
    }

    /// Whether Foundation cannot read the value, because it holds a number beyond `Double`.
    private static func isBeyondFoundation(_ value: IDTokenJSON) -> Bool {
        switch value {
        case .number(let number): number.double == nil
        case .array(let values): values.contains(where: Self.isBeyondFoundation)
        case .object(let object): object.contains { Self.isBeyondFoundation($0.value) }
        default: false
        }
    }

    /// Whether what Foundation has read is the same value.
    private static func isSame(_ value: IDTokenJSON, _ other: Any) -> Bool {
        switch value {
        case .null: other is NSNull
        case .bool(let bool): other as? Bool == bool
        case .number(let number): (other as? NSNumber)?.doubleValue == number.double
        case .string(let string): (other as? String)?.utf8.elementsEqual(string.utf8) == true
        case .array(let values):
            (other as? [Any]).map { $0.count == values.count && zip(values, $0).allSatisfy(Self.isSame) } ?? false
        case .object(let object):
            (other as? [String: Any])
                .map { other in
                    other.count == object.count
                        && object.allSatisfy { member in
                            other[member.name].map { Self.isSame(member.value, $0) } ?? false
                        }
                } ?? false
        }
    }

    @Test(
        "nothing traps, and whatever is accepted Foundation reads in the same way",
        arguments: 1...4 as ClosedRange<UInt64>
    )
    func mutations(seed: UInt64) throws {
        var generator = FixedGenerator(seed: seed)
        var acceptedCount = 0
        for _ in 0..<5_000 {
            let bytes = Self.mutated(with: &generator)
            guard let value = try? JSONReader.read(bytes), !Self.isBeyondFoundation(value) else { continue }
            acceptedCount += 1
            let other = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            let isSame = other.map { Self.isSame(value, $0) } ?? false
            #expect(isSame, "\(String(decoding: bytes, as: UTF8.self))")
        }
        // Enough are accepted for the comparison to mean something, and enough are not.
        #expect(200..<4_000 ~= acceptedCount)
    }

    @Test("bytes without any sense do not trap", arguments: 1...2 as ClosedRange<UInt64>)
    func noise(seed: UInt64) {
        var generator = FixedGenerator(seed: seed)
        for _ in 0..<5_000 {
            let count = Int.random(in: 0..<6, using: &generator)
            let bytes = (0..<count).flatMap { _ in Self.pieces.randomElement(using: &generator) ?? [] }
            guard let value = try? JSONReader.read(bytes), !Self.isBeyondFoundation(value) else { continue }
            let other = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            #expect(other.map { Self.isSame(value, $0) } == true, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }
}
