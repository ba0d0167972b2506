//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import FoundationEssentials
internal import GoogleIDToken
internal import OpenSSLSignature
internal import IDTokenPlatform

/// Judges records, batch by batch, on any number of threads.
final class AuditJudge: Sendable {
    private let verifier: IDTokenVerifier
    private let time: JudgementTime
    private let fields: CapturedRecord.Fields
    private let format: RowFormat
    private let namesSource: Bool
    /// What the archive says about the keys, for the explanations.
    private let keyNotes: KeyNotes
    private let hasReport: Bool
    private let memories = Lock<[RowMemory]>([])

    init(
        verifier: IDTokenVerifier,
        time: JudgementTime,
        fields: CapturedRecord.Fields,
        format: RowFormat,
        namesSource: Bool,
        keyNotes: KeyNotes,
        hasReport: Bool
    ) {
        self.verifier = verifier
        self.time = time
        self.fields = fields
        self.format = format
        self.namesSource = namesSource
        self.keyNotes = keyNotes
        self.hasReport = hasReport
    }

    /// Rows ready to be written, and their counts.
    struct Result: Sendable {
        var rows: [UInt8] = []
        /// The uses of tokens, if there is a report.
        var uses: [ReportedUse] = []
        /// What could not be read.
        var unreadable: [AuditReport.Unreadable] = []
        var summary = AuditSummary()
        /// The number of the last record.
        var lastNumber = 0
        /// How many bytes of input had been read when the batch was complete.
        var inputOffset = 0
    }

    /// Judges the records of a batch.
    func judge(_ batch: RecordBatch) -> Result {
        var memory = self.memories.withLock { $0.popLast() } ?? RowMemory()
        var result = Result()
        result.rows.reserveCapacity(batch.records.count * 512)
        result.lastNumber = batch.firstNumber + batch.records.count - 1
        // Every OpenSSL 3 has SHA-256; if it failed nevertheless, the column for the token would be empty.
        let digest = try? SHA256Digest()
        for (index, record) in batch.records.enumerated() {
            self.format.appendPlace(
                number: batch.firstNumber + index,
                source: batch.source,
                line: record.line,
                namesSource: self.namesSource,
                to: &result.rows
            )
            let captured = CapturedRecord.read(record, of: batch, fields: self.fields)
            guard case .token(let token) = captured.credential else {
                let row = Self.row(without: captured.credential)
                self.format.append(row, to: &result.rows)
                result.summary.count(row)
                if row.verdict == .unreadable, self.hasReport {
                    result.unreadable.append(
                        AuditReport.Unreadable(place: "\(batch.source):\(record.line)", reason: row.explanation)
                    )
                }
                continue
            }
            let moment = self.time.moment(captured: captured.time)
            let hash = digest?.hash(token.utf8.span).map { SHA256Hash($0) }
            let key = hash.map { RowMemory.Key(hash: $0, moment: moment) }
            if let key, let known = memory[key] {
                result.rows += known.rest
                result.summary.count(known.row)
                if self.hasReport { result.uses.append(ReportedUse(row: known.row, captured: captured.time, peer: nil)) }
                continue
            }
            let row = self.row(token, at: moment, name: hash?.prefixText ?? "")
            let start = result.rows.count
            self.format.append(row, to: &result.rows)
            result.summary.count(row)
            if self.hasReport { result.uses.append(ReportedUse(row: row, captured: captured.time, peer: nil)) }
            if let key { memory.note(key, row, rest: result.rows[start...]) }
        }
        self.memories.withLock { $0.append(memory) }
        return result
    }

    private static func row(without credential: CapturedRecord.Credential) -> AuditRow {
        switch credential {
        case .none:
            AuditRow(
                verdict: .none,
                code: VerificationError.Code.credentialsMissing.rawValue,
                explanation: "The record contains no credential."
            )
        case .refused(let error):
            AuditRow(
                verdict: error.code == .credentialsMissing ? .none : .rejected,
                code: error.code.rawValue,
                explanation: error.explanation
            )
        case .malformed(let reason):
            AuditRow(
                verdict: .unreadable,
                code: "record_malformed",
                explanation: "The record cannot be read: \(reason)."
            )
        case .tooLarge, .token:
            AuditRow(
                verdict: .unreadable,
                code: "record_too_large",
                explanation: "The record is longer than \(RawRecord.maximumSize >> 20) MiB and was skipped."
            )
        }
    }

    private func row(_ token: String, at moment: JudgementTime.Moment, name: String) -> AuditRow {
        do throws(VerificationError) {
            let verified =
                switch moment {
                case .ownTime, .ownTimeByDefault: try self.verifier.verifyWithoutFetching(tokenInItsOwnTime: token)
                case .captured(let seconds), .given(let seconds):
                    try self.verifier.verifyWithoutFetching(
                        token: token,
                        at: Date(timeIntervalSince1970: seconds)
                    )
                }
            var row = AuditRow(verdict: .verified, judged: moment.text, token: name)
            row.take(verified)
            row.explanation = self.keyNotes.accepted(row.keyID)
            return row
        } catch {
            return self.row(error, token, at: moment, name: name)
        }
    }

    private func row(
        _ error: VerificationError,
        _ token: String,
        at moment: JudgementTime.Moment,
        name: String
    ) -> AuditRow {
        var row = AuditRow(
            verdict: AuditRow.Verdict(error.disposition),
            code: error.code.rawValue,
            judged: moment.text,
            token: name,
            explanation: error.explanation
        )
        let limit = IDTokenVerifier.Configuration().maximumTokenSize
        guard let compact = try? CompactToken(parsing: token, maximumSize: limit) else { return row }
        row.keyID = (try? JSONReader.read(compact.header))?.objectValue?["kid"]?.stringValue ?? ""
        if error.code == .keyUnknown { row.explanation = self.keyNotes.unknown(row.keyID) ?? row.explanation }
        if error.code.stage.isAfterSignature, let claims = (try? JSONReader.read(compact.payload))?.objectValue {
            row.take(claims: claims)
        }
        return row
    }
}

extension SHA256Hash {
    /// The first 16 hexadecimal digits of the digest.
    var prefixText: String {
        let digits = String(self.words.0, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

extension AuditRow.Verdict {
    init(_ disposition: VerificationError.Disposition) {
        switch disposition {
        case .rejected: self = .rejected
        case .forbidden: self = .forbidden
        case .undecided, .cancelled: self = .undecided
        }
    }
}
#endif
