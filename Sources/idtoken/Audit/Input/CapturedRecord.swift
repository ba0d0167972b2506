//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
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

    /// Places in JSON records that the user has named; a single name is also that of a column of a table.
    struct Fields: Sendable {
        var credential: FieldPath?
        var time: FieldPath?
        var carried: [FieldPath] = []

        var isEmpty: Bool { self.credential == nil && self.time == nil && self.carried.isEmpty }
    }

    /// Reads a record.
    static func read(_ record: RawRecord, of batch: RecordBatch, fields: Fields) -> CapturedRecord {
        let bytes = batch.bytes.span
        guard record.range.upperBound <= bytes.count else { return CapturedRecord() }
        var reader = RecordContent(bytes, record, fields: fields, format: batch.format)
        return reader.read(bytes)
    }
}
#endif
