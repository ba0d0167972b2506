//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import Glibc

/// Something that is measured: in many short batches, each beside a batch of everything else.
struct Subject {
    let name: String
    /// How many operations a batch runs.
    let batchSize: Int
    /// What comes before each batch and is not timed.
    let prepare: Batch
    /// Runs some operations, of which the first is the one with this index.
    let run: Batch

    /// How the names of raw OpenSSL end.
    static let raw = "raw OpenSSL"

    typealias Batch = (_ first: Int, _ count: Int) async throws -> Void

    init(_ name: String, batchSize: Int, prepare: @escaping Batch = { _, _ in }, run: @escaping Batch) {
        self.name = name
        self.batchSize = batchSize
        self.prepare = prepare
        self.run = run
    }
}

/// The processor time that batches took, in nanoseconds an operation.
///
/// It is the process's own time: other processes on the machine take turns, and do not count.
struct Series {
    let name: String
    private(set) var samples: [Double] = []
    /// The least time by the clock on the wall, in nanoseconds an operation: for several threads at once.
    private(set) var leastWallTime = Double.infinity

    /// Measures all subjects in turn, as many times as there are rounds.
    ///
    /// - Parameters:
    ///   - subjects: What to measure.
    ///   - rounds: How often.
    ///   - filter: A part of the names of what to measure; raw OpenSSL is measured in any case.
    /// - Returns: A series for each.
    /// - Throws: What a subject throws.
    static func measure(_ subjects: [Subject], rounds: Int, filter: String) async throws -> [Series] {
        let subjects = subjects.filter {
            filter.isEmpty || $0.name.contains(filter) || $0.name.hasSuffix(Subject.raw)
        }
        var all = subjects.map { Series(name: $0.name) }
        for round in -1..<rounds {
            for (index, subject) in subjects.enumerated() {
                try await subject.prepare((round + 1) * subject.batchSize, subject.batchSize)
                let wallStart = Self.time(CLOCK_MONOTONIC)
                let start = Self.time(CLOCK_PROCESS_CPUTIME_ID)
                try await subject.run((round + 1) * subject.batchSize, subject.batchSize)
                let time = (Self.time(CLOCK_PROCESS_CPUTIME_ID) - start) / Double(subject.batchSize)
                let wallTime = (Self.time(CLOCK_MONOTONIC) - wallStart) / Double(subject.batchSize)
                // The first round warms up.
                guard round >= 0 else { continue }
                all[index].samples.append(time)
                all[index].leastWallTime = min(all[index].leastWallTime, wallTime)
            }
        }
        return all
    }

    /// The sample that a share of all is below.
    func quantile(_ share: Double) -> Double {
        Self.quantile(self.samples, share)
    }

    /// How long this takes in terms of another series: the median of the ratios within each round, and its quartiles.
    func ratio(to other: Series) -> (low: Double, median: Double, high: Double) {
        let ratios = zip(self.samples, other.samples).map { $0 / $1 }
        return (Self.quantile(ratios, 0.25), Self.quantile(ratios, 0.5), Self.quantile(ratios, 0.75))
    }

    private static func quantile(_ values: [Double], _ share: Double) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return .nan }
        return sorted[min(Int(Double(sorted.count) * share), sorted.count - 1)]
    }

    private static func time(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
