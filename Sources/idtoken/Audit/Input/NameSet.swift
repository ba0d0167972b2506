//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// A few ASCII names, among which a received one is found without regard to letter case.
struct NameSet: Sendable {
    /// The names in lower case, by their number of characters.
    private let names: [[[UInt8]]]
    /// For each number of characters, the first letters as bits, by which most other names are told apart.
    private let starts: [UInt32]

    init(_ names: String...) {
        let texts = names.map { Array($0.lowercased().utf8) }
        let longest = texts.map(\.count).max() ?? 0
        self.names = (0...longest).map { count in texts.filter { $0.count == count } }
        self.starts = self.names.map { $0.reduce(0) { $0 | Self.bit($1.first ?? 0) } }
    }

    func contains(_ name: Span<UInt8>) -> Bool {
        guard !name.isEmpty, name.count < self.starts.count, self.starts[name.count] & Self.bit(name[0]) != 0 else {
            return false
        }
        for text in self.names[name.count] where Self.areEqual(text, name) { return true }
        return false
    }

    /// A bit that is the same for a letter in upper and in lower case.
    private static func bit(_ byte: UInt8) -> UInt32 { 1 << UInt32(byte & 31) }

    private static func areEqual(_ text: [UInt8], _ name: Span<UInt8>) -> Bool {
        for index in name.indices {
            let byte = name[index]
            guard text[index] == (UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte) else {
                return false
            }
        }
        return true
    }
}
#endif
