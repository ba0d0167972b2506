//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// How often each caller's tokens were used in each interval of time, by verdict.
///
/// Memory is bounded: if uses lie in too many intervals, these are joined into wider ones; if there are too many callers,
/// those with the fewest uses are counted together from then on.
struct CallerTimeline: Sendable {
    /// A caller, by its place in the report's list of callers, with a verdict in an interval.
    private struct Cell: Hashable {
        var interval: Int
        let caller: Int32
        let verdict: AuditRow.Verdict
    }

    private static let mostIntervals = 400
    private static let mostCells = 40_000
    /// How many callers keep cells of their own if there are too many cells.
    private static let mostCallersKept = 64

    private var cells: [Cell: Int] = [:]
    private var intervals: Set<Int> = []
    /// The callers whose cells were joined with those of others.
    private(set) var joined: Set<Int> = []
    private var step = 0
    /// How many uses have no time.
    private(set) var timelessCount = 0

    /// In seconds.
    private var width: Int { ReportInterval.widths[self.step] }

    /// Counts a use.
    mutating func add(caller: Int, _ verdict: AuditRow.Verdict, at time: Double?) {
        guard let time, let interval = ReportInterval.number(of: time, width: self.width) else {
            self.timelessCount += 1
            return
        }
        let caller = self.joined.contains(caller) ? NamedUses.others : caller
        let cell = Cell(interval: interval, caller: Int32(clamping: caller), verdict: verdict)
        if let count = self.cells[cell] {
            self.cells[cell] = count + 1
            return
        }
        self.cells[cell] = 1
        self.intervals.insert(interval)
        if self.cells.count > Self.mostCells { self.joinCallers() }
        while self.intervals.count > Self.mostIntervals || self.cells.count > Self.mostCells {
            guard self.widen() else { return }
        }
    }

    /// Joins the intervals into wider ones.
    ///
    /// - Returns: Whether there is a greater width.
    private mutating func widen() -> Bool {
        guard self.step + 1 < ReportInterval.widths.count else { return false }
        let factor = ReportInterval.widths[self.step + 1] / self.width
        self.step += 1
        self.replaceCells { cell in
            cell.interval = ReportInterval.number(cell.interval, joinedBy: factor)
            return cell
        }
        return true
    }

    /// Counts all callers together except those with the most uses.
    private mutating func joinCallers() {
        var sums: [Int: Int] = [:]
        for (cell, count) in self.cells { sums[Int(cell.caller), default: 0] += count }
        sums[NamedUses.others] = nil
        let small = sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.dropFirst(Self.mostCallersKept).map(\.key)
        self.joined.formUnion(small)
        let joined = self.joined
        self.replaceCells { cell in
            joined.contains(Int(cell.caller))
                ? Cell(interval: cell.interval, caller: Int32(NamedUses.others), verdict: cell.verdict) : cell
        }
    }

    private mutating func replaceCells(_ change: (inout Cell) -> Cell) {
        var changed: [Cell: Int] = [:]
        for (cell, count) in self.cells {
            var cell = cell
            changed[change(&cell), default: 0] += count
        }
        self.cells = changed
        self.intervals = Set(changed.keys.map(\.interval))
    }
}

extension CallerTimeline {
    /// The part of the time that is drawn.
    struct Span: Sendable {
        /// In seconds since 1970.
        let lower: Double
        let upper: Double
        /// The width of the intervals that are drawn, in seconds.
        let width: Int
        /// How many uses are before it, with the first time of them; they are too far away to be drawn.
        let before: (count: Int, time: Double)?
        /// How many are after it, with the last time.
        let after: (count: Int, time: Double)?
    }

    /// The most intervals that are drawn next to each other.
    private static let mostDrawn = 180

    /// The span that holds all uses, except the few that are so far away that nothing else could be told apart.
    var span: Span? {
        let counts = Dictionary(self.cells.map { ($0.key.interval, $0.value) }, uniquingKeysWith: +)
            .sorted { $0.key < $1.key }
        let total = counts.reduce(0) { $0 + $1.value }
        var near = counts[...]
        while let remote = Self.remotePart(of: near, total: total) { near = remote }
        guard let first = near.first, let last = near.last, let start = counts.first, let end = counts.last else {
            return nil
        }
        let lower = ReportInterval.start(of: first.key, width: self.width)
        let upper = ReportInterval.start(of: last.key + 1, width: self.width)
        let before = counts[..<near.startIndex].reduce(0) { $0 + $1.value }
        let after = counts[near.endIndex...].reduce(0) { $0 + $1.value }
        let drawn = ReportInterval.widths[self.step...]
            .first { (upper - lower) / Double($0) <= Double(Self.mostDrawn) }
        let width = drawn ?? self.width
        return Span(
            lower: ReportInterval.number(of: lower, width: width).map { ReportInterval.start(of: $0, width: width) }
                ?? lower,
            upper: ReportInterval.number(of: upper - 1, width: width)
                .map { ReportInterval.start(of: $0 + 1, width: width) } ?? upper,
            width: width,
            before: before == 0 ? nil : (before, ReportInterval.start(of: start.key, width: self.width)),
            after: after == 0 ? nil : (after, ReportInterval.start(of: end.key, width: self.width))
        )
    }

    /// What remains if the uses on one side of the widest empty time are left out, because they are few and far away.
    private static func remotePart(
        of counts: ArraySlice<(key: Int, value: Int)>,
        total: Int
    ) -> ArraySlice<(key: Int, value: Int)>? {
        let gaps = zip(counts.indices, counts.indices.dropFirst()).map { ($1, counts[$1].key - counts[$0].key) }
        guard let (place, gap) = gaps.max(by: { $0.1 < $1.1 }) else { return nil }
        let parts = [counts[..<place], counts[place...]]
        let sums = parts.map { $0.reduce(0) { $0 + $1.value } }
        let kept = sums[0] >= sums[1] ? parts[0] : parts[1]
        let span = (kept.last?.key ?? 0) - (kept.first?.key ?? 0) + 1
        return min(sums[0], sums[1]) * 20 <= total && gap > 4 * span ? kept : nil
    }

    /// How often a caller's tokens were used in an interval.
    struct Bar: Sendable {
        /// In seconds since 1970.
        let start: Double
        var counts = UseCounts()
    }

    /// The bars of the callers, by their places, in the order of time.
    func bars(in span: Span) -> [Int: [Bar]] {
        let factor = max(span.width / self.width, 1)
        var sums: [Int: [Int: UseCounts]] = [:]
        for (cell, count) in self.cells {
            let start = ReportInterval.start(of: cell.interval, width: self.width)
            guard span.lower <= start, start < span.upper else { continue }
            let interval = ReportInterval.number(cell.interval, joinedBy: factor)
            sums[Int(cell.caller), default: [:]][interval, default: UseCounts()].add(cell.verdict, count: count)
        }
        return sums.mapValues { bars in
            bars.sorted { $0.key < $1.key }
                .map { Bar(start: ReportInterval.start(of: $0.key, width: span.width), counts: $0.value) }
        }
    }
}

extension UseCounts {
    /// Counts some uses without a time.
    fileprivate mutating func add(_ verdict: AuditRow.Verdict, count: Int) {
        switch verdict {
        case .verified: self.verified += count
        case .rejected: self.rejected += count
        case .undecided: self.undecided += count
        }
    }
}
#endif
