//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import IDTokenPlatform

/// Reads records, judges them, and writes their rows.
///
/// Batches of records go to as many tasks as there are cores, and their rows are written in the order of the input. No
/// more than a few batches are in memory at any time.
struct AuditRun {
    /// The result of a run.
    struct Outcome {
        var summary = AuditSummary()
        /// The number of the last record whose row is written.
        var lastNumber: Int
        /// The signal that ended the run early, if one did.
        var signal: Int32?
    }

    private let judge: AuditJudge
    private var output: RowOutput
    private var reader: RecordReader
    private var progress: ProgressBar
    /// What the report shows, if there is one.
    private(set) var report: AuditReport?
    /// What was done until now.
    private(set) var outcome: Outcome
    private var pending: [Task<AuditJudge.Result, Never>] = []

    /// The most batches that are judged at the same time: enough that no core is idle while rows are written.
    private let mostPending = ProcessInfo.processInfo.activeProcessorCount * 2 + 2

    init(
        reader: RecordReader,
        judge: AuditJudge,
        output: RowOutput,
        report: AuditReport?,
        resumingAfter number: Int
    ) {
        self.report = report
        self.output = output
        self.reader = reader
        self.judge = judge
        self.outcome = Outcome(lastNumber: number)
        self.progress = ProgressBar(
            totalSize: reader.totalSize,
            isShown: OpenFile.standardError.kind == .terminal && OpenFile.standardOutput.kind != .terminal
        )
    }

    /// Runs to the end of the input, or until the user or the system asks to stop.
    ///
    /// - Returns: The result; the rows of all records that it counts are written.
    /// - Throws: ``CommandFailure`` if the input cannot be read any further, or the output not be written.
    mutating func run() async throws -> Outcome {
        defer { self.progress.clear() }
        do {
            while let batch = try await self.nextBatch() {
                if batch.records.isEmpty { continue }
                if self.pending.count >= self.mostPending { try await self.writeFirst() }
                let judge = self.judge
                let offset = self.reader.offset
                self.pending.append(
                    Task.detached {
                        var result = judge.judge(batch)
                        result.inputOffset = offset
                        return result
                    }
                )
            }
        } catch let failure as CommandFailure {
            try await self.writeAll()
            throw failure
        }
        try await self.writeAll()
        try self.output.write([])
        return self.outcome
    }

    /// Reads the next batch; while there is nothing to read yet, rows that are ready are written.
    private mutating func nextBatch() async throws -> RecordBatch? {
        while !self.reader.isReady() {
            if self.pending.isEmpty {
                _ = self.reader.isReady(within: 250)
            } else {
                try await self.writeFirst()
            }
            if StopSignals.signal != nil { break }
        }
        if let signal = StopSignals.signal {
            self.outcome.signal = signal
            return nil
        }
        return try self.reader.next()
    }

    /// The digests of the files that were read.
    var inputs: [ReportEvidence.Input] {
        mutating get {
            self.reader.digests?.end(isWhole: false)
            return self.reader.digests?.inputs ?? []
        }
    }

    private mutating func writeAll() async throws {
        while !self.pending.isEmpty { try await self.writeFirst() }
    }

    private mutating func writeFirst() async throws {
        let result = await self.pending.removeFirst().value
        try self.output.write(result.rows)
        for use in result.uses { self.report?.add(use) }
        for item in result.unreadable { self.report?.addUnreadable(item) }
        self.outcome.summary.merge(result.summary)
        self.outcome.lastNumber = result.lastNumber
        self.progress.update(recordCount: self.outcome.summary.recordCount, offset: result.inputOffset)
    }
}
#endif
