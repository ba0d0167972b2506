//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import IDTokenPlatform

/// Reads records, judges their tokens, and writes a row for each.
///
/// Batches of records go to as many tasks as there are cores, and their rows are written in the order of the input. No
/// more than a few batches are in memory at any time.
struct AuditRun {
    /// The result of a run.
    struct Outcome {
        var summary = AuditSummary()
        /// The number of the last record whose rows are written.
        var lastNumber: Int
        /// The signal that ended the run early, if one did.
        var signal: Int32?
        /// Why the run ended early, if the input could not be read or the output not be written.
        var failure: CommandFailure?

        /// Whether the run ended before the end of the input.
        var isEarly: Bool { self.failure != nil || self.signal != nil }

        /// Why it did, in words.
        var earlyEnd: String? {
            guard self.isEarly else { return nil }
            let reason = self.failure?.message ?? "signal \(self.signal ?? 0) asked to stop"
            return "\(reason); the rows up to record \(self.lastNumber) are counted here"
        }
    }

    private let judge: AuditJudge
    private var output: RowOutput
    private var reader: RecordReader
    private var progress: ProgressBar
    /// What the report shows, if there is one.
    private(set) var report: AuditReport?
    private var outcome: Outcome
    private var pending: [(batch: RecordBatch, task: Task<AuditJudge.Result, Never>)] = []
    private var namedFlawCount = 0
    /// The most places that could not be read and are named on standard error.
    static let mostNamedFlaws = 20

    /// The most batches that are judged at the same time: enough that no core is idle while rows are written.
    private let mostPending = ProcessInfo.processInfo.activeProcessorCount * 2 + 2
    /// The most bytes of rows that wait to be written, as far as that can be told before they are there.
    private static let mostRowBytes = 16 << 20
    /// How many bytes the rows of the largest batch lately had; a block of short tokens has long rows.
    private var rowBytes = 0

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
        self.progress = ProgressBar(totalSize: reader.totalSize)
    }

    /// Runs to the end of the input, or until something ends the run early.
    ///
    /// - Returns: The result; the rows of all records that it counts are written.
    mutating func run() async -> Outcome {
        defer { self.progress.clear() }
        do {
            try await self.judgeAll()
        } catch {
            self.outcome.failure = CommandFailure(endingRun: error)
        }
        // After rows that are not written, no others must be.
        guard !self.output.hasFailed else { return self.outcome }
        do {
            try await self.writeAll()
            try self.output.write([])
        } catch {
            self.outcome.failure = self.outcome.failure ?? CommandFailure(endingRun: error)
        }
        return self.outcome
    }

    /// The files that were read, for a report; no more can be read afterwards.
    mutating func endForReport() -> [ReportEvidence.Input] {
        self.reader.endForReport()
    }

    private mutating func judgeAll() async throws {
        while let batch = try await self.nextBatch() {
            if batch.records.isEmpty { continue }
            while self.pending.count >= self.pendingLimit { try await self.writeFirst() }
            let judge = self.judge
            let offset = self.reader.offset
            let task = Task.detached {
                var result = judge.judge(batch)
                result.inputOffset = offset
                return result
            }
            self.pending.append((batch, task))
        }
    }

    private var pendingLimit: Int {
        min(self.mostPending, max(Self.mostRowBytes / max(self.rowBytes, 1), 1))
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

    private mutating func writeAll() async throws {
        while !self.pending.isEmpty { try await self.writeFirst() }
    }

    private mutating func writeFirst() async throws {
        let (batch, task) = self.pending.removeFirst()
        var result = await task.value
        try self.write(result)
        while let rest = result.rest {
            let offset = result.inputOffset
            result = self.judge.judge(batch, from: rest)
            result.inputOffset = offset
            try self.write(result)
        }
    }

    private mutating func write(_ result: AuditJudge.Result) throws {
        try self.output.write(result.rows)
        self.rowBytes = max(result.rows.count, self.rowBytes / 2)
        self.name(result.flaws)
        for use in result.uses { self.report?.add(use) }
        for flaw in result.flaws { self.report?.addUnreadable(flaw) }
        self.report?.addUnreadable(count: result.summary.flawCount - result.flaws.count)
        self.outcome.summary.merge(result.summary)
        self.outcome.lastNumber = result.lastNumber
        self.progress.update(recordCount: self.outcome.summary.recordCount, offset: result.inputOffset)
    }

    /// Names the first places that could not be read on standard error.
    private mutating func name(_ flaws: [AuditReport.Unreadable]) {
        let named = flaws.prefix(Self.mostNamedFlaws - self.namedFlawCount)
        guard !named.isEmpty else { return }
        self.progress.clear()
        for flaw in named { StandardStreams.report("\(flaw.place): \(flaw.reason)") }
        self.namedFlawCount += named.count
        if self.namedFlawCount == Self.mostNamedFlaws {
            StandardStreams.report("further places that cannot be read are only counted")
        }
    }
}

extension CommandFailure {
    fileprivate init(endingRun error: any Error) {
        self =
            error as? CommandFailure
            ?? CommandFailure(status: .unreadableInput, message: "the audit cannot go on: \(error).")
    }
}
#endif
