//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenPlatform
internal import OpenSSLSignature

/// Makes rows of records, batch by batch, on any number of threads.
final class AuditJudge: Sendable {
    private let tokens: TokenJudge
    private let time: JudgementTime
    private let requiresTime: Bool
    private let fields: CapturedRecord.Fields
    private let writer: RowWriter
    private let hasReport: Bool
    private let memories = Lock<[RowMemory]>([])

    init(
        tokens: TokenJudge,
        time: JudgementTime,
        requiresTime: Bool,
        fields: CapturedRecord.Fields,
        writer: RowWriter,
        hasReport: Bool
    ) {
        self.tokens = tokens
        self.time = time
        self.requiresTime = requiresTime
        self.fields = fields
        self.writer = writer
        self.hasReport = hasReport
    }

    /// Rows ready to be written, and their counts.
    struct Result: Sendable {
        var rows: [UInt8] = []
        /// What a report takes from the rows, if there is one.
        var uses: [ReportedUse] = []
        var summary = AuditSummary()
        /// What could not be read; only the first places are named.
        var flaws: [AuditReport.Unreadable] = []
        /// The number of the last record.
        var lastNumber = 0
        /// How many bytes of input had been read when the batch was complete.
        var inputOffset = 0
        /// Where the batch goes on, if its rows are too long to be kept together.
        var rest: Place?

        fileprivate mutating func stop(before place: Place, of batch: RecordBatch) {
            self.rest = place
            self.lastNumber = batch.firstNumber + place.record - 1
        }
    }

    /// A token of a batch.
    struct Place: Sendable {
        var record = 0
        var token = 0
        /// The record, if some of its tokens are judged.
        var captured: CapturedRecord?
    }

    /// The most bytes of rows that are kept before they are written, apart from the last row.
    private static let mostRowBytes = 8 << 20

    /// The most places of a batch that are named; a report has room for more than the terminal.
    private var mostFlaws: Int { self.hasReport ? AuditReport.mostUnreadable : AuditRun.mostNamedFlaws }

    /// Judges the records of a batch from a place on, until all are judged or their rows are long.
    func judge(_ batch: RecordBatch, from place: Place = Place()) -> Result {
        var memory = self.memories.withLock { $0.popLast() } ?? RowMemory()
        var result = Result()
        result.rows.reserveCapacity(min(batch.bytes.count, Self.mostRowBytes))
        result.lastNumber = batch.firstNumber + batch.records.count - 1
        // Every OpenSSL 3 has SHA-256; if it failed nevertheless, the column for the token would be empty.
        let digest = try? SHA256Digest()
        records: for index in place.record..<batch.records.count {
            if index > place.record, result.rows.count >= Self.mostRowBytes {
                result.stop(before: Place(record: index, token: 0), of: batch)
                break
            }
            let record = batch.records[index]
            let captured =
                (index == place.record ? place.captured : nil)
                ?? CapturedRecord.read(record, of: batch, fields: self.fields)
            let firstToken = index == place.record ? place.token : 0
            if firstToken == 0 { self.count(captured, at: "\(batch.source), line \(record.line)", in: &result) }
            if captured.tokens.isEmpty { continue }
            let surroundings = Surroundings(captured)
            let moment = self.time.moment(captured: surroundings.capturedAt)
            for tokenIndex in firstToken..<captured.tokens.count {
                if tokenIndex > firstToken, result.rows.count >= Self.mostRowBytes {
                    result.stop(before: Place(record: index, token: tokenIndex, captured: captured), of: batch)
                    break records
                }
                let token = captured.tokens[tokenIndex]
                var row: AuditRow = self.row(token, at: moment, digest: digest, memory: &memory)
                row.record = batch.firstNumber + index
                row.file = batch.source
                row.line = token.line
                row.place = Surroundings.place(token)
                surroundings.describe(&row)
                if self.requiresTime, moment == JudgementTime.Moment.ownTimeByDefault, row.verdict == .verified {
                    row.refuseForUnknownTime()
                }
                self.writer.append(row, to: &result.rows)
                result.summary.count(row)
                if self.hasReport { result.uses.append(ReportedUse(row)) }
            }
        }
        self.memories.withLock { $0.append(memory) }
        return result
    }

    private func count(_ record: CapturedRecord, at place: String, in result: inout Result) {
        result.summary.count(record, hasField: self.fields.credential != nil)
        guard let flaw = record.flaw, result.flaws.count < self.mostFlaws else { return }
        result.flaws.append(AuditReport.Unreadable(place: place, reason: flaw))
    }

    /// The row of a token, as far as it does not depend on its record.
    private func row(
        _ token: CapturedToken,
        at moment: JudgementTime.Moment,
        digest: borrowing SHA256Digest?,
        memory: inout RowMemory
    ) -> AuditRow {
        let hash = digest?.hash(token.text.utf8.span).map { SHA256Hash($0) }
        let key = hash.map { RowMemory.Key(hash: $0, moment: moment, isCut: token.isCut) }
        if let key, let known = memory[key] { return known }
        var row = self.tokens.judge(token, at: moment)
        if row.token.isEmpty { row.token = hash?.prefixText ?? "" }
        if let key { memory.note(key, row) }
        return row
    }
}

/// What surrounds the tokens of a record, in the columns of their rows.
private struct Surroundings {
    /// In bytes: a record may have thousands of tokens, and each row repeats these texts.
    private static let mostText = 512
    private static let mostCarried = 1_024

    /// In seconds since 1970.
    let capturedAt: Double?
    private let basis: String
    private let request: String
    private let peer: String
    private let carried: [String?]

    init(_ record: CapturedRecord) {
        switch record.time {
        case .known(let seconds, let basis): (self.capturedAt, self.basis) = (seconds, basis)
        case .conflicting(let seconds, let basis): (self.capturedAt, self.basis) = (seconds, basis)
        case .unknown(let reason): (self.capturedAt, self.basis) = (nil, reason)
        }
        self.request = (record.request ?? "").cut(to: Self.mostText)
        self.peer = (record.peer ?? "").cut(to: Self.mostText)
        self.carried = record.carried.map { $0?.cut(to: Self.mostCarried) }
    }

    static func place(_ token: CapturedToken) -> String {
        token.place.cut(to: Self.mostText)
    }

    func describe(_ row: inout AuditRow) {
        row.capturedAt = self.capturedAt
        row.basis = self.basis
        row.request = self.request
        row.peer = self.peer
        row.carried = self.carried
    }
}

extension AuditRow {
    /// Withdraws the verdict of a token whose record has no time, as `--require-time` asks for.
    fileprivate mutating func refuseForUnknownTime() {
        self.verdict = .undecided
        self.code = "time_unknown"
        self.explanation =
            "The signature holds, but the time of the record is unknown (\(self.basis)), so nobody can tell whether the "
            + "token was valid at that time. Name the place of the time with --time-field, or leave out --require-time."
    }
}

extension String {
    /// The text, or its beginning with an ellipsis if it has more bytes than a limit.
    fileprivate func cut(to limit: Int) -> String {
        guard self.utf8.count > limit else { return self }
        var kept = self.utf8.prefix(limit)
        // A character is not cut in two.
        while let last = kept.last, 0x80..<0xC0 ~= last { kept.removeLast() }
        if let last = kept.last, last >= 0xC0 { kept.removeLast() }
        return String(decoding: kept, as: UTF8.self) + "..."
    }
}
#endif
