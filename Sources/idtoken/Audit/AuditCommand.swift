//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import Foundation
internal import GoogleIDToken
internal import IDTokenPlatform

/// `idtoken audit`: verifies many captured tokens, and writes a row for each.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Verify many captured tokens, offline, and write a row for each record.",
        discussion: """
            The input has one token on each line, dumps of requests (curl -v, raw HTTP), one JSON object on each line \
            (with --field), or an HTTP archive (HAR). The rows have the order of the records. They never contain a \
            token; the first 16 digits of its SHA-256 identify it. A summary goes to standard error.
            The exit status is 0 if every credential was verified, 1 if one was not, 2 if all were but a line of the \
            key archive is damaged, 64 if the arguments are wrong, 74 if input or output fails, 75 if the keys cannot \
            be fetched, and 130 or 143 after an interruption. If the process is killed, its last row may be cut.
            Example: idtoken audit --keys archive --audience https://service.example --field \
            .httpRequest.headers.authorization --format ndjson export.json
            """
    )

    @Argument(help: "The files with the records; - is standard input. (default: -)")
    var file: [String] = []

    @Option(help: "The format of the records: tokens, headers, ndjson or har. (default: recognised from the beginning)")
    var input: InputFormat?

    @Option(help: "The place of the credential or the headers in a JSON object, such as .request.headers[0].value.")
    var field: FieldPath?

    @Option(help: "The place of the time in a JSON object. (default: timestamp, time, @timestamp or ts)")
    var timeField: FieldPath?

    @Option(help: "An audience that the tokens may have. The option can be repeated.")
    var audience: [String]

    @Option(
        help: """
            Who may call: serviceAccount:E-MAIL, user:E-MAIL, subject:ID, domain:NAME or any. The option can be \
            repeated. (default: any)
            """,
        transform: CallerArgument.init
    )
    var caller: [CallerArgument] = []

    @OptionGroup var keySource: KeySourceOption

    @Option(
        help: """
            The time at which each token must be valid. With captured, it is the time of its record; a token whose \
            record has no time is judged as with issue. With issue, the time is not checked, only the signature and \
            the claims. A time such as 2026-01-31T12:00:00Z is used for all tokens.
            """
    )
    var at: JudgementTime = .captured

    @Option(help: "The format of the rows: table, ndjson or csv.")
    var format: RowFormat = .table

    @Option(
        help: """
            Skip this many records, because an earlier run has written their rows. If the output is appended to a file \
            whose last row was cut when that run was killed, the cut row is removed.
            """
    )
    var resumeAfter: Int?

    @Option(
        help: """
            Write a page about the run to this file: callers over time, tokens, keys, and the digests of all input. An \
            earlier report is replaced.
            """
    )
    var report: String?

    private var skippedCount: Int { self.resumeAfter ?? 0 }

    func validate() throws {
        guard !self.audience.isEmpty else {
            throw ValidationError(
                "--audience is missing; give at least one, because otherwise a token for any service would be accepted."
            )
        }
        guard self.skippedCount >= 0 else {
            throw ValidationError(
                "--resume-after is negative; give the number of records whose rows are written, 0 or more."
            )
        }
        if let input, self.field != nil, input != .ndjson {
            throw ValidationError(
                "--field only applies to JSON objects, one on each line; leave it out, or use --input ndjson."
            )
        }
    }

    func run() async throws {
        let startedAt = Date().timeIntervalSince1970
        let sources = self.file.isEmpty ? ["-"] : self.file
        let reportFile = try self.report.map { try ReportFile($0) }
        var reader = try RecordReader(
            sources,
            format: self.input,
            hasField: self.field != nil,
            resumingAfter: self.skippedCount
        )
        let keys = try await self.openKeys()
        let keyEvidence = reportFile.map { _ in ReportEvidence.Keys(keys.origin) }
        if reportFile != nil { reader.digests = InputDigests() }
        var report = reportFile.map { _ in AuditReport(history: keys.notes.history) }
        for damaged in keys.damaged { report?.addUnreadable(AuditReport.Unreadable(damaged)) }
        let judge = AuditJudge(
            verifier: keys.verifier,
            time: self.at,
            fields: CapturedRecord.Fields(credential: self.field, time: self.timeField),
            format: self.format,
            namesSource: sources.count > 1,
            keyNotes: keys.notes,
            hasReport: reportFile != nil
        )
        StopSignals.note()
        let output = RowOutput(format: self.format, resumedAfter: self.resumeAfter)
        var run = AuditRun(
            reader: reader,
            judge: judge,
            output: output,
            report: report,
            resumingAfter: self.skippedCount
        )
        let result: Result<AuditRun.Outcome, any Error>
        do { result = .success(try await run.run()) } catch { result = .failure(error) }
        let ending = self.ending(of: result, hasAllKeys: !keys.hasDamagedLines)
        let summary = run.outcome.summary.text(remarks: self.remarks)
        if case .success = result { StandardStreams.note(summary) }
        if let report = run.report, let keyEvidence, let reportFile {
            let evidence = ReportEvidence(
                version: IDTokenCommand.configuration.version,
                arguments: CommandLine.arguments.dropFirst().map(\.withoutCredentials),
                startedAt: startedAt,
                endedAt: Date().timeIntervalSince1970,
                inputs: run.inputs,
                keys: keyEvidence,
                summary: summary.split(separator: "\n").map(String.init),
                exitStatus: ending.status,
                earlyEnd: ending.message
            )
            try reportFile.write(ReportPage(report: report, evidence: evidence))
        }
        if let message = ending.message { StandardStreams.report(message) }
        if ending.status != 0 { throw ExitCode(ending.status) }
    }

    private func openKeys() async throws -> OpenedKeys {
        do {
            return try await self.keySource.open(
                for: AcceptedParties(audiences: self.audience, callers: self.caller)
            )
        } catch let error as VerificationError {
            throw CommandFailure(status: .keysUnavailable, message: error.description)
        }
    }

    /// The exit status, and why the run ended early, if it did.
    private func ending(
        of result: Result<AuditRun.Outcome, any Error>,
        hasAllKeys: Bool
    ) -> (status: Int32, message: String?) {
        switch result {
        case .failure(let error as CommandFailure): return (error.status.rawValue, error.message)
        case .failure(let error): return (CommandFailure.Status.unreadableInput.rawValue, "\(error)")
        case .success(let outcome):
            if let signal = outcome.signal {
                let message =
                    "the audit was interrupted after record \(outcome.lastNumber); continue it with "
                    + "--resume-after \(outcome.lastNumber)"
                return (128 + signal, message)
            }
            if !outcome.summary.isClean { return (CommandFailure.Status.rejected.rawValue, nil) }
            return (hasAllKeys ? 0 : CommandFailure.Status.undecided.rawValue, nil)
        }
    }

    private var remarks: [String] {
        let callers = self.caller.isEmpty ? "any, since no --caller is given" : self.caller.list
        return ["each token judged \(self.at.words)", "may call: \(callers)"]
    }
}
#endif
