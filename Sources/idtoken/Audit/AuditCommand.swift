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

/// `idtoken audit`: many captured tokens, a verdict each.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Verify many captured tokens, offline, and write a row for each record.",
        discussion: """
            Reads a token a line, dumps of requests (curl -v, raw HTTP), JSON objects, one a line, with --field, or an \
            HTTP archive (HAR). The rows come in the order of the records and never hold a token: the first 16 \
            digits of its SHA-256 stand for it. A summary goes to standard error.
            Exit status: 0 if every credential found was verified, 1 if not, 64 usage, 74 unreadable input, 75 keys \
            unavailable; interrupted, 130 or 143.
            Example: idtoken audit --keys archive --audience https://service.example --field \
            .httpRequest.headers.authorization --format ndjson export.json
            """
    )

    @Argument(help: "Files of records; - is standard input. (default: -)")
    var file: [String] = []

    @Option(help: "How the records are written: tokens, headers, ndjson or har. (default: recognised)")
    var input: InputFormat?

    @Option(help: "Where in a JSON object the credential or the headers are, such as .request.headers[0].value.")
    var field: FieldPath?

    @Option(help: "Where in a JSON object its time is. (default: timestamp, time, @timestamp or ts)")
    var timeField: FieldPath?

    @Option(help: "An audience that the tokens may be for; repeatable.")
    var audience: [String]

    @Option(
        help: """
            Who may call: serviceAccount:E-MAIL, subject:ID, domain:NAME or any; repeatable. (default: any)
            """
    )
    var caller: [CallerArgument] = []

    @OptionGroup var keySource: KeySourceOption

    @Option(
        help: """
            As of when to judge: captured (each record's own time; its own validity where it has none), issue (inside \
            its own validity: signature and claims, time aside), or a time.
            """
    )
    var at: JudgementTime = .captured

    @Option(help: "How to write the rows: table, ndjson or csv.")
    var format: RowFormat = .table

    @Option(
        help: """
            Skip this many records, because an earlier run has written their rows. If the output is appended to a file \
            whose last row was cut when that run was killed, the cut row is removed.
            """
    )
    var resumeAfter: Int?

    private var skippedCount: Int { self.resumeAfter ?? 0 }

    func validate() throws {
        guard !self.audience.isEmpty else {
            throw ValidationError("Give at least one --audience; without it a token for any service would pass.")
        }
        guard self.skippedCount >= 0 else { throw ValidationError("--resume-after takes a number of records.") }
        if let input, self.field != nil, input != .ndjson {
            throw ValidationError("--field is for JSON objects, one a line (--input ndjson).")
        }
    }

    func run() async throws {
        let (outcome, hasAllKeys) = try await self.audit()
        StandardStreams.note(outcome.summary.text(remarks: self.remarks))
        if let signal = outcome.signal {
            StandardStreams.report(
                "interrupted after record \(outcome.lastNumber); go on with --resume-after \(outcome.lastNumber)"
            )
            throw ExitCode(128 + signal)
        }
        if !outcome.summary.isClean { throw ExitCode(CommandFailure.Status.rejected.rawValue) }
        if !hasAllKeys { throw ExitCode(CommandFailure.Status.undecided.rawValue) }
    }

    private func audit() async throws -> (outcome: AuditRun.Outcome, hasAllKeys: Bool) {
        let sources = self.file.isEmpty ? ["-"] : self.file
        let reader = try RecordReader(
            sources,
            format: self.input,
            hasField: self.field != nil,
            resumingAfter: self.skippedCount
        )
        let keys: OpenedKeys
        do {
            keys = try await self.keySource.open(
                for: AcceptedParties(audiences: self.audience, callers: self.caller)
            )
        } catch let error as VerificationError {
            throw CommandFailure(status: .keysUnavailable, message: error.description)
        }
        let judge = AuditJudge(
            verifier: keys.verifier,
            time: self.at,
            fields: CapturedRecord.Fields(credential: self.field, time: self.timeField),
            format: self.format,
            namesSource: sources.count > 1,
            keyNotes: keys.notes
        )
        if try RowOutput().mendEnd(isResumed: self.resumeAfter != nil) {
            StandardStreams.report(
                "the output file ended with a row that was cut, probably because an earlier run was killed; the cut "
                    + "row was removed."
            )
        }
        StopSignals.note()
        var run = AuditRun(reader: reader, judge: judge, resumingAfter: self.skippedCount)
        return (try await run.run(header: self.skippedCount == 0 ? self.format.header : []), !keys.hasDamagedLines)
    }

    private var remarks: [String] {
        let callers = self.caller.isEmpty ? "any, since no --caller is given" : self.caller.list
        return ["each token judged \(self.at.words)", "may call: \(callers)"]
    }
}
#endif
