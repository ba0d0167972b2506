//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import GoogleIDToken

/// The options that say how records are read.
struct AuditReadingOptions: ParsableArguments {
    @Option(help: "The format of the records: tokens, text, headers, ndjson or har. (default: each is recognised)")
    var input: InputFormat?

    @Option(help: "The place of the credential or the headers in a JSON object, such as .request.headers[0].value.")
    var field: FieldPath?

    @Option(help: "The place of the time in a JSON object. (default: timestamp, time, @timestamp or ts, and others)")
    var timeField: FieldPath?

    @Option(help: "A place in a JSON object whose value is added to each row. The option can be repeated.")
    var carry: [CarriedField] = []

    /// The places in a JSON object.
    var fields: CapturedRecord.Fields {
        CapturedRecord.Fields(credential: self.field, time: self.timeField, carried: self.carry.map(\.path))
    }

    func validate() throws {
        if let input, self.field != nil, input != .ndjson {
            throw ValidationError(
                "--field only applies to JSON objects, one on each line; leave it out, or use --input ndjson."
            )
        }
        var names = Set((RowFormat.columns + [RowFormat.lastColumn]).map { ExactString($0) })
        for field in self.carry where !names.insert(ExactString(field.name)).inserted {
            throw ValidationError(
                "--carry \(field.name) would be a second column of that name; write .\(field.name), or give each field once."
            )
        }
    }

    /// Opens the files.
    ///
    /// - Parameters:
    ///   - sources: Their paths; `-` is standard input.
    ///   - number: How many records to skip.
    ///   - isDigested: Whether the SHA-256 of the files is wanted.
    /// - Returns: What reads their records.
    /// - Throws: ``CommandFailure`` if one of them cannot be read.
    func open(_ sources: [String], resumingAfter number: Int, isDigested: Bool) throws -> RecordReader {
        try RecordReader(sources, format: self.input, resumingAfter: number, isDigested: isDigested)
    }
}

/// A field of the records that each row repeats.
struct CarriedField: ExpressibleByArgument, Sendable {
    /// The name of its column: the place, as it was given.
    let name: String
    let path: FieldPath

    init?(argument: String) {
        guard let path = FieldPath(argument: argument) else { return nil }
        self.name = argument
        self.path = path
    }
}
#endif
