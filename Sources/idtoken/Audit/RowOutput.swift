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

    private let file = OpenFile.standardOutput

    /// Writes rows.
    ///
    /// - Parameter rows: Whole rows.
    /// - Throws: ``CommandFailure`` if they cannot be written.
    func write(_ rows: [UInt8]) throws {
        do {
            try self.file.write(rows.span)
        } catch {
            throw Self.failure(error)
        }
    }

    /// Handles a cut row that a killed run has left at the end of the file to which this run appends.
    ///
    /// - Parameter isResumed: Whether the row's record is judged again, so that the cut row is removed. If not, it is
    ///   kept, and the rows of this run begin on a new line.
    /// - Returns: Whether a cut row was removed.
    /// - Throws: ``CommandFailure`` if the file cannot be written.
    func mendEnd(isResumed: Bool) throws -> Bool {
        // What cannot be read, such as a pipe or a file that may only be written, stays as it is.
        guard self.file.isAppended, let size = self.file.size, size > 0,
            let readable = try? OpenFile(reading: "/dev/fd/\(self.file.descriptor)"),
            let end = try? Self.endOfLastLine(readable, size: size), end < size
        else { return false }
        do {
            if isResumed {
                try self.file.cut(to: end)
            } else {
                try self.file.write([UInt8(ascii: "\n")].span)
            }
        } catch {
            throw Self.failure(error)
        }
        return isResumed
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

    private static func failure(_ error: FileError) -> CommandFailure {
        CommandFailure(
            status: .unreadableInput,
            message: "the rows cannot be written to standard output: \(error)."
        )
    }
}
#endif
