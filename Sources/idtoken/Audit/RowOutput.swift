//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes
internal import IDTokenPlatform

/// Standard output, written so that a process that is killed, however suddenly, has written whole lines only.
///
/// A pipe takes up to `PIPE_BUF` bytes at once or none of them. For a file Linux promises less: it looks for a fatal
/// signal at each page of a write, and so a line that lies across two pages can be cut there. Into a file, therefore,
/// no write goes beyond a page; spaces behind the last row of a page, where no reader minds them, fill it up. Only a
/// row that is longer than a page can be cut.
struct RowOutput {
    private static let pageSize = 4_096

    private let file = OpenFile.standardOutput
    private let format: RowFormat
    /// Where the next byte goes in a file; nil if it is none.
    private var position: Int?
    /// Rows for the rest of a file's page, which are written with the last one that fits.
    private var held: [UInt8] = []

    init(format: RowFormat) {
        self.format = format
        self.position = self.file.writePosition
    }

    /// Writes rows, or keeps them until there is a page of them.
    ///
    /// - Throws: ``CommandFailure`` if they cannot be written.
    mutating func write(_ rows: [UInt8]) throws {
        let span = rows.span
        var start = 0
        while let newline = Bytes.firstIndex(of: UInt8(ascii: "\n"), in: span, from: start) {
            let room = Self.pageSize - (self.position ?? 0) % Self.pageSize
            let length = newline + 1 - start
            if self.held.count + length > room {
                // What is longer than a page cannot be kept within one.
                if self.position != nil, length <= Self.pageSize { self.fill(upTo: room) }
                try self.flush()
            }
            self.held += rows[start...newline]
            start = newline + 1
        }
        if self.position == nil { try self.flush() }
    }

    /// Writes what was kept.
    ///
    /// - Throws: ``CommandFailure`` if it cannot be written.
    mutating func flush() throws {
        guard !self.held.isEmpty else { return }
        do {
            try self.file.write(self.held.span)
        } catch {
            throw CommandFailure(status: .unreadableInput, message: "The rows cannot be written: \(error).")
        }
        self.position? += self.held.count
        self.held.removeAll(keepingCapacity: true)
    }

    /// Puts spaces behind the last row that is kept, inside the last cell where there are cells.
    private mutating func fill(upTo room: Int) {
        let ending = Array((self.format == .csv ? "\"\r\n" : "\n").utf8)
        guard self.held.count < room, self.held.suffix(ending.count).elementsEqual(ending) else { return }
        self.held.removeLast(ending.count)
        self.held += repeatElement(UInt8(ascii: " "), count: room - self.held.count - ending.count)
        self.held += ending
    }
}
#endif
