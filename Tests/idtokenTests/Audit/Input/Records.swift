//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
@testable internal import idtoken

/// The records of some input, as the audit reads them.
struct Records {
    /// A token that has the form of one; its signature is not valid.
    static let token = Self.token("{\"alg\":\"RS256\",\"kid\":\"k\",\"typ\":\"JWT\"}")
    static let signature = String(repeating: "sIg-_9", count: 57)

    static func token(_ header: String, padded: Bool = false) -> String {
        [Self.base64(header, padded: padded), Self.base64("{\"aud\":\"a\"}", padded: padded), Self.signature]
            .joined(separator: ".")
    }

    static func base64(_ text: String, padded: Bool = false) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var bits = 0
        var count = 0
        var encoded = ""
        for byte in text.utf8 {
            bits = (bits & 0xFF) << 8 | Int(byte)
            count += 8
            while count >= 6 {
                count -= 6
                encoded.append(alphabet[bits >> count & 63])
            }
        }
        if count > 0 { encoded.append(alphabet[bits << (6 - count) & 63]) }
        if padded { encoded += String(repeating: "=", count: (4 - encoded.count % 4) % 4) }
        return encoded
    }

    private(set) var all: [CapturedRecord] = []
    private(set) var mostInABatch = 0

    init(_ text: String, format: InputFormat? = nil, fields: CapturedRecord.Fields = .init(), pieces: Int = 262_144) {
        self.init(Array(text.utf8), format: format, fields: fields, pieces: pieces)
    }

    /// The framer gets the bytes in pieces of this size.
    init(_ bytes: [UInt8], format: InputFormat? = nil, fields: CapturedRecord.Fields = .init(), pieces: Int = 262_144) {
        var framer = RecordFramer(format: format)
        var start = 0
        repeat {
            let end = framer.hasMore ? start : min(start + pieces, bytes.count)
            var batch = RecordBatch(source: "input", format: format)
            framer.split(Array(bytes[start..<end]), isEnd: end == bytes.count, into: &batch)
            start = end
            self.mostInABatch = max(self.mostInABatch, batch.records.count)
            self.all += batch.records.map { CapturedRecord.read($0, of: batch, fields: fields) }
        } while start < bytes.count || framer.hasMore
    }

    var tokens: [CapturedToken] { self.all.flatMap(\.tokens) }
    var texts: [String] { self.tokens.map(\.text) }
    var places: [String] { self.tokens.map(\.place) }

    /// What could not be read, in words.
    var flaws: [String] { self.all.compactMap(\.flaw) }

    /// The times of the records that have tokens, in words.
    var times: [String] {
        self.all.filter { !$0.tokens.isEmpty }
            .map { record in
                switch record.time {
                case .known(let seconds, _): seconds.utcText
                case .conflicting(let seconds, _): "conflicting " + seconds.utcText
                case .unknown: "unknown"
                }
            }
    }

    /// What says the times of the records that have tokens.
    var bases: [String] {
        self.all.filter { !$0.tokens.isEmpty }
            .map { record in
                switch record.time {
                case .known(_, let basis), .conflicting(_, let basis): basis
                case .unknown(let reason): reason
                }
            }
    }
}
#endif
