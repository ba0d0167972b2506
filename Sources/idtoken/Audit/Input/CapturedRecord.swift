//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import CurlTransport
internal import GoogleIDToken

/// A record of the input: the tokens in it, and what surrounds them.
struct CapturedRecord: Sendable {
    /// In the order of the input; most records have none.
    var tokens: [CapturedToken] = []
    var time: CapturedTime = .none
    /// Method and target of the request, such as `GET /profiles`; tokens in it are replaced by an ellipsis.
    var request: String?
    /// The address of the sender.
    var peer: String?
    /// The values of ``Fields/carried``, in that order.
    var carried: [String?] = []
    /// Why the record could not be read as what it is; its tokens are found nevertheless.
    var flaw: String?
    /// Whether the place ``Fields/credential`` contains anything.
    var hasCredential = false

    /// Places in JSON records that the user has named.
    struct Fields: Sendable {
        var credential: FieldPath?
        var time: FieldPath?
        var carried: [FieldPath] = []
    }

    /// Reads a record.
    static func read(_ record: RawRecord, of batch: RecordBatch, fields: Fields) -> CapturedRecord {
        var captured = CapturedRecord(carried: Array(repeating: nil, count: fields.carried.count))
        if record.flaw != nil { captured.flaw = "the record is longer than 1 MiB" }
        let text = String(decoding: batch.bytes[record.range], as: UTF8.self)
        for word in text.split(whereSeparator: { !($0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0))) })
        where word.utf8.starts(with: "ey".utf8) && word.utf8.contains(UInt8(ascii: ".")) {
            captured.tokens.append(CapturedToken(text: String(word), line: record.line, place: "", isCut: false))
        }
        captured.hasCredential = !captured.tokens.isEmpty
        return captured
    }
}
#endif
