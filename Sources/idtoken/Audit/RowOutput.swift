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
    private static let blockSize = 64 * 1024
    /// The longest text without a line end that is taken for a cut row, in bytes.
    private static let longestRow = 64 * 1024

    private let file = OpenFile.standardOutput
    private let format: RowFormat
    /// The last record of the run that this one continues, or nil if it continues none.
    private let resumedAfter: Int?
    private var hasBegun = false

    init(format: RowFormat, resumedAfter: Int?) {
        self.format = format
        self.resumedAfter = resumedAfter
    }

    /// Writes rows, and before the first of them the header.
    ///
    /// - Parameter rows: Whole rows.
    /// - Throws: ``CommandFailure`` if they cannot be written.
    mutating func write(_ rows: [UInt8]) throws {
        do {
            guard self.hasBegun else {
                self.hasBegun = true
                return try self.file.write((try self.begin() + rows).span)
            }
            try self.file.write(rows.span)
        } catch {
            throw CommandFailure(
                status: .unreadableInput,
                message: "the rows cannot be written to standard output: \(error)."
            )
        }
    }

    /// Prepares the output for the first row.
    ///
    /// - Returns: What comes before the first row.
    private func begin() throws(FileError) -> [UInt8] {
        let header = self.resumedAfter ?? 0 == 0 ? self.format.header : []
        guard self.file.isAppended, let size = self.file.size, size > 0 else { return header }
        let lineEnd = try self.mendEnd(size: size) ? [] : [UInt8(ascii: "\n")]
        guard self.resumedAfter != nil, let rest = self.file.size, rest > 0 else { return lineEnd + header }
        return lineEnd
    }

    /// Removes a cut row that a killed run has left at the end of the output file, if this run writes the row again.
    ///
    /// Nothing else is removed: not a byte that this command would not write there.
    ///
    /// - Returns: Whether the file now ends with a whole line, as far as that is known.
    private func mendEnd(size: Int) throws(FileError) -> Bool {
        guard
            let readable = try? OpenFile(reading: "/dev/fd/\(self.file.descriptor)"),
            let end = try? Self.endOfLastLine(readable, size: size)
        else {
            guard self.resumedAfter != nil else { return true }
            StandardStreams.report("the end of the output file cannot be read; the rows begin on a new line.")
            return false
        }
        guard end < size else { return true }
        guard let resumedAfter else { return false }
        let cut = size - end <= Self.longestRow ? try readable.read(from: end, upTo: size - end) : []
        let isOwn = self.format.beginnings(ofRow: resumedAfter + 1)
            .contains { !cut.isEmpty && ($0.starts(with: cut) || cut.starts(with: $0)) }
        guard isOwn, (try? self.file.cut(to: end)) != nil else {
            StandardStreams.report(
                "the output file ends with text that has no line end; it is kept, and the rows begin on a new line."
            )
            return false
        }
        StandardStreams.report(
            "the output file ended with row \(resumedAfter + 1), which was cut, probably because an earlier run was "
                + "killed; the cut row is removed and written again."
        )
        return true
    }

    /// The position after the last line end of a file, or 0 if it has none.
    private static func endOfLastLine(_ file: OpenFile, size: Int) throws(FileError) -> Int {
        var end = size
        while end > 0 {
            let start = max(end - Self.blockSize, 0)
            let block = try file.read(from: start, upTo: end - start)
            if let newline = block.lastIndex(of: UInt8(ascii: "\n")) { return start + newline + 1 }
            end = start
        }
        return 0
    }
}
#endif
