//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenPlatform

/// The standard output of an audit.
///
/// Many rows are written in one call, or in as few calls as the system takes. If the process is killed during such a
/// call, the last row may be cut; the rows before it are whole.
struct RowOutput {
    private let file = OpenFile.standardOutput
    private let writer: RowWriter
    /// The last record of the run that this one continues, or nil if it continues none.
    private let resumedAfter: Int?
    private var hasBegun = false
    /// Whether some rows could not be written.
    private(set) var hasFailed = false

    init(writer: RowWriter, resumedAfter: Int?) {
        self.writer = writer
        self.resumedAfter = resumedAfter
    }

    /// Writes rows, and before the first of them the header.
    ///
    /// - Parameter rows: Whole rows.
    /// - Throws: ``CommandFailure`` if they cannot be written.
    mutating func write(_ rows: [UInt8]) throws {
        do {
            if !self.hasBegun {
                self.hasBegun = true
                let beginning = try self.begin()
                try self.file.write(beginning.span)
            }
            try self.file.write(rows.span)
        } catch {
            self.hasFailed = true
            if let failure = error as? CommandFailure { throw failure }
            throw CommandFailure(
                status: .unreadableInput,
                message: "the rows cannot be written to standard output: \(error). Free some space, or keep the "
                    + "reader of the pipe running."
            )
        }
    }

    /// Prepares the output for the first row.
    ///
    /// - Returns: What comes before the first row.
    private func begin() throws -> [UInt8] {
        let header = self.resumedAfter ?? 0 == 0 ? self.writer.header : []
        guard self.file.isAppended, let size = self.file.size, size > 0 else { return header }
        let lineEnd = try self.mendEnd(size: size) ? [] : [UInt8(ascii: "\n")]
        guard self.resumedAfter != nil, let rest = self.file.size, rest > 0 else { return lineEnd + header }
        return lineEnd
    }

    /// Removes the rows at the end of the output file that this run writes again.
    ///
    /// Nothing else is removed: not a byte that this command would not write there.
    ///
    /// - Returns: Whether the file now ends with a whole line, as far as that is known.
    private func mendEnd(size: Int) throws -> Bool {
        guard let readable = try? OpenFile(reading: "/dev/fd/\(self.file.descriptor)"),
            let last = try? readable.read(from: size - 1, upTo: 1)
        else {
            guard self.resumedAfter != nil else { return true }
            StandardStreams.report("the end of the output file cannot be read; the rows begin on a new line.")
            return false
        }
        let endsLine = last == [UInt8(ascii: "\n")]
        guard let resumedAfter else { return endsLine }
        let earlier = try EarlierRows(in: readable, size: size, writer: self.writer, after: resumedAfter)
        guard earlier.end < size else {
            if !endsLine {
                StandardStreams.report(
                    "the output file ends with text that has no line end; it is kept, and the rows begin on a new line."
                )
            }
            return endsLine
        }
        try self.file.cut(to: earlier.end)
        StandardStreams.report(
            "the output file ended with \(earlier.words), probably because an earlier run was stopped; they are "
                + "removed and written again."
        )
        return true
    }
}
#endif
