//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenPlatform

/// Reads captured records from files, one after the other, in batches.
struct RecordReader {
    /// How many bytes are read at once, which is the size of most batches.
    private static let blockSize = 256 * 1024

    private let sources: [String]
    private let format: InputFormat?
    private let hasField: Bool
    private let firstWanted: Int
    private var remaining: ArraySlice<String>
    /// Pipes that have been opened; they stay open, because a pipe that is closed loses its writer.
    private var pipes: [String: OpenFile] = [:]
    private var current: Current?
    private var recordCount = 0
    /// How many bytes have been read of all files.
    private(set) var offset = 0
    /// How many bytes all files have, or nil if one of them is not a regular file.
    let totalSize: Int?

    private struct Current {
        let file: OpenFile
        let source: String
        var format: InputFormat?
        var splitter: any RecordSplitter
        var unused: [UInt8] = []
        var isAtEnd = false
    }

    /// Checks that all files can be read.
    ///
    /// - Parameters:
    ///   - sources: The files' paths; `-` is standard input.
    ///   - format: Their format, or nil to recognise it.
    ///   - hasField: Whether the place of the credential in a JSON object is known.
    ///   - resumingAfter: How many records to skip.
    /// - Throws: ``CommandFailure`` if one of them cannot be read.
    init(_ sources: [String], format: InputFormat?, hasField: Bool, resumingAfter: Int) throws {
        self.sources = sources
        self.format = format
        self.hasField = hasField
        self.firstWanted = resumingAfter + 1
        self.remaining = sources[...]
        var totalSize: Int? = 0
        for source in sources {
            let file = try Self.open(source)
            if file.size == nil { self.pipes[source] = file }
            totalSize = totalSize.flatMap { sum in file.size.map { sum + $0 } }
        }
        self.totalSize = totalSize
    }

    /// Whether the next batch can be read without waiting for more input.
    func isReady(within milliseconds: Int32 = 0) -> Bool {
        self.current?.file.isReady(within: milliseconds) ?? true
    }

    /// Reads the next batch.
    ///
    /// - Returns: The batch, which may be empty, or nil at the end.
    /// - Throws: ``CommandFailure`` if a file cannot be read, or is not what it must be.
    mutating func next() throws -> RecordBatch? {
        guard var current = try self.current ?? self.openNext() else { return nil }
        self.current = nil
        do {
            let count = try current.file.read(appendingTo: &current.unused, upTo: Self.blockSize)
            self.offset += count
            current.isAtEnd = count == 0
        } catch {
            throw Self.unreadable(current.source, error)
        }
        let source = current.source == "-" ? "stdin" : current.source
        guard let format = try current.format ?? self.recognise(&current) else {
            self.current = current
            return RecordBatch(source: source, format: .tokens)
        }
        var batch = RecordBatch(source: source, format: format)
        batch.firstNumber = self.recordCount + 1
        current.splitter.split(&current.unused, isEnd: current.isAtEnd, into: &batch)
        self.recordCount += batch.records.count
        if batch.firstNumber < self.firstWanted {
            batch.dropFirst(min(self.firstWanted - batch.firstNumber, batch.records.count))
        }
        if !current.isAtEnd { self.current = current }
        return batch
    }

    private mutating func openNext() throws -> Current? {
        guard let source = self.remaining.popFirst() else { return nil }
        let file = try self.pipes.removeValue(forKey: source) ?? Self.open(source)
        return Current(file: file, source: source, splitter: LineSplitter())
    }

    /// Recognises the format of a file, or returns nil if more of the file is needed.
    private func recognise(_ current: inout Current) throws -> InputFormat? {
        let marks: [[UInt8]] = [[0xEF, 0xBB, 0xBF], [0x1F, 0x8B]]
        let unused = current.unused
        guard current.isAtEnd || !marks.contains(where: { $0.count > unused.count && $0.starts(with: unused) }) else {
            return nil
        }
        if current.unused.starts(with: [0x1F, 0x8B]) {
            throw CommandFailure(
                status: .unreadableInput,
                message: "\(Self.name(current.source)) is compressed; decompress it, for example with 'zcat'."
            )
        }
        if current.unused.starts(with: [0xEF, 0xBB, 0xBF]) { current.unused.removeFirst(3) }
        let asked = self.format ?? (self.hasField ? .ndjson : nil)
        guard let format = asked ?? InputFormat(detecting: current.unused, isEnd: current.isAtEnd) else { return nil }
        if format == .ndjson, !self.hasField {
            throw CommandFailure(
                status: .usage,
                message:
                    "\(Self.name(current.source)) contains JSON objects, and the place of the credential in them is "
                    + "not known; say with --field where it is, such as .httpRequest.headers.authorization."
            )
        }
        current.format = format
        current.splitter = format.makeSplitter()
        return format
    }

    private static func open(_ source: String) throws -> OpenFile {
        if source == "-" { return .standardInput }
        let file: OpenFile
        do {
            file = try OpenFile(reading: source)
        } catch {
            throw Self.unreadable(source, error)
        }
        guard file.kind != .folder else {
            throw CommandFailure(
                status: .unreadableInput,
                message: "\(Self.name(source)) is a folder; give the files in it instead."
            )
        }
        return file
    }

    private static func unreadable(_ source: String, _ error: FileError) -> CommandFailure {
        CommandFailure(status: .unreadableInput, message: "\(Self.name(source)) cannot be read: \(error).")
    }

    private static func name(_ source: String) -> String {
        source == "-" ? "standard input" : source.printable
    }
}
#endif
