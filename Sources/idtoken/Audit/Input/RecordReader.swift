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
    private let format: InputFormat?
    private let firstWanted: Int
    private var remaining: ArraySlice<String>
    /// Pipes that have been opened; they stay open, because a pipe that is closed loses its writer.
    private var pipes: [String: OpenFile] = [:]
    private var current: (file: InputFile, framer: RecordFramer)?
    private var recordCount = 0
    /// How many bytes have been read of all files.
    private(set) var offset = 0
    /// Whether the SHA-256 of the files is wanted.
    private let isDigested: Bool
    /// The files that were read to their ends, if their SHA-256 is wanted.
    private var digested: [ReportEvidence.Input] = []
    /// How many bytes all files have, or nil if one of them is compressed or not a regular file.
    let totalSize: Int?

    /// Checks that all files can be read.
    ///
    /// - Parameters:
    ///   - sources: The files' paths; `-` is standard input.
    ///   - format: Their format, or nil to recognise each record.
    ///   - resumingAfter: How many records to skip.
    ///   - isDigested: Whether the SHA-256 of the files is wanted.
    /// - Throws: ``CommandFailure`` if one of them cannot be read.
    init(_ sources: [String], format: InputFormat?, resumingAfter: Int, isDigested: Bool) throws {
        self.isDigested = isDigested
        self.format = format
        self.firstWanted = resumingAfter + 1
        self.remaining = sources[...]
        var totalSize: Int? = 0
        for source in sources {
            let file = try Self.open(source)
            guard let size = file.size else {
                self.pipes[source] = file
                totalSize = nil
                continue
            }
            var beginning: [UInt8] = []
            if source != "-" { beginning = (try? file.read(from: 0, upTo: Compression.sampleSize)) ?? [] }
            let isCompressed = Compression.detect(beginning) != nil
            totalSize = isCompressed ? nil : totalSize.map { $0 + size }
        }
        self.totalSize = totalSize
    }

    /// Whether the next batch can be read without waiting for more input.
    func isReady(within milliseconds: Int32 = 0) -> Bool {
        guard let current, !current.framer.hasMore else { return true }
        return current.file.isReady(within: milliseconds)
    }

    /// Reads the next batch.
    ///
    /// - Returns: The batch, which may be empty, or nil at the end.
    /// - Throws: ``CommandFailure`` if a file cannot be read, or is not what it must be.
    mutating func next() throws -> RecordBatch? {
        guard var (file, framer) = try self.current ?? self.openNext() else { return nil }
        self.current = nil
        var bytes: [UInt8] = []
        if !framer.hasMore {
            do {
                bytes = try file.read(count: &self.offset)
            } catch {
                self.note(file, isWhole: false)
                throw error
            }
        }
        var batch = RecordBatch(source: file.path == "-" ? "stdin" : file.path, format: self.format)
        batch.firstNumber = self.recordCount + 1
        framer.split(bytes, isEnd: file.isAtEnd, into: &batch)
        let isComplete = file.isAtEnd && !framer.hasMore
        if isComplete, let complaint = file.complaint { batch.append(flaw: complaint, line: framer.line) }
        self.recordCount += batch.records.count
        if batch.firstNumber < self.firstWanted {
            batch.dropFirst(min(self.firstWanted - batch.firstNumber, batch.records.count))
        }
        if isComplete { self.note(file, isWhole: true) } else { self.current = (file, framer) }
        return batch
    }

    private mutating func openNext() throws -> (InputFile, RecordFramer)? {
        guard let source = self.remaining.popFirst() else { return nil }
        let file = try self.pipes.removeValue(forKey: source) ?? Self.open(source)
        let digest = self.isDigested ? try InputDigest() : nil
        return (InputFile(path: source, file: file, digest: digest), RecordFramer(format: self.format))
    }

    private mutating func note(_ file: InputFile, isWhole: Bool) {
        if let evidence = file.evidence(isWhole: isWhole) { self.digested.append(evidence) }
    }

    /// Ends the reading, and returns the files with their SHA-256, for a report; none if it is not wanted.
    mutating func endForReport() -> [ReportEvidence.Input] {
        if let (file, _) = self.current { self.note(file, isWhole: false) }
        self.current = nil
        guard self.isDigested else { return [] }
        return self.digested
            + self.remaining.map { ReportEvidence.Input(name: $0, size: 0, sha256: "", remark: "not read") }
    }

    private static func open(_ source: String) throws -> OpenFile {
        if source == "-" { return .standardInput }
        let file: OpenFile
        do {
            file = try OpenFile(reading: source)
        } catch {
            throw CommandFailure(status: .unreadableInput, message: "\(source.printable) cannot be read: \(error).")
        }
        guard file.kind != .folder else {
            throw CommandFailure(
                status: .unreadableInput,
                message: "\(source.printable) is a folder; give the files in it instead, such as \(source.printable)/*."
            )
        }
        return file
    }
}
#endif
