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

/// `idtoken audit`: verifies the tokens in captured text, and writes a row for each.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Verify the tokens in captured text, offline, and write a row for each token.",
        discussion: """
            The input is text of any kind: logs, dumps of requests (curl -v, raw HTTP), JSON, HTTP archives (HAR), CSV. \
            A record is a line, a request, a JSON object or an entry. The rows have the order of the input. They never \
            contain a token; the first 16 digits of its SHA-256 identify it. A summary goes to standard error.
            The exit status is 0 if every token was verified, 1 if one was rejected, 2 if none was rejected but one is \
            undecided or something could not be read, 3 if there is no token at all, 64 if the arguments are wrong, 74 \
            if input or output fails, 75 if the keys cannot be read or fetched, and 129, 130 or 143 after an interruption.
            Example: idtoken audit --keys archive --audience https://service.example --format ndjson export.json
            """
    )

    @Argument(help: "The files with the records; - is standard input. (default: -)")
    var file: [String] = []

    @OptionGroup var reading: AuditReadingOptions

    @OptionGroup var issuerOption: IssuerOption

    @Option(
        help: """
            An audience that the tokens may have, or any. The option can be repeated; tokens of Firebase have that of \
            their project.
            """
    )
    var audience: [String] = []

    @Option(
        help: CallerArgument.help,
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

    @Flag(help: "Leave a token undecided if its record has no time.")
    var requireTime = false

    @Option(help: "The format of the rows: table, ndjson or csv.")
    var format: RowFormat = .table

    @Option(
        help: """
            Skip this many records, because an earlier run has written their rows. If the output is appended to the \
            file of that run, the rows of later records at its end, and a row that was cut, are removed and written \
            again.
            """
    )
    var resumeAfter: Int?

    @Flag(help: "End with status 0 whatever the verdicts are, unless the run itself fails.")
    var statusOnlyErrors = false

    @Option(
        help: """
            Write a page about the run to this file: callers over time, tokens, keys, and the digests of all input. An \
            earlier report is replaced.
            """
    )
    var report: String?

    private var acceptsAnyAudience: Bool { self.audience.contains { $0.isExactly("any") } }

    func validate() throws {
        if self.audience.isEmpty, self.issuerOption.issuer.audiences == nil {
            throw ValidationError(
                "--audience is missing; give at least one, because otherwise a token for any service would be accepted. "
                    + "To see the tokens for all services, give --audience any."
            )
        }
        _ = try self.issuerOption.audiences(self.audience)
        guard self.audience.count == 1 || !self.acceptsAnyAudience else {
            throw ValidationError("--audience any accepts every audience; leave out the others, or leave out any.")
        }
        guard self.resumeAfter ?? 0 >= 0 else {
            throw ValidationError(
                "--resume-after is negative; give the number of records whose rows are written, 0 or more."
            )
        }
        if self.requireTime {
            guard case .captured = self.at else {
                throw ValidationError("--require-time only applies to --at captured; leave one of them out.")
            }
        }
    }

    func run() async throws {
        let sources = self.file.isEmpty ? ["-"] : self.file
        var report = try self.report.map { try ReportFile($0) }
        let reader = try self.reading.open(
            sources,
            resumingAfter: self.resumeAfter ?? 0,
            isDigested: report != nil
        )
        let keys = try await self.openKeys()
        let content = report?.begin(keys)
        let writer = RowWriter(
            format: self.format,
            carriedNames: self.reading.carry.map(\.name),
            table: RowTable(namesFile: sources.count > 1)
        )
        let judge = AuditJudge(
            tokens: TokenJudge(
                verifier: keys.verifier,
                keyNotes: keys.notes
            ),
            time: self.at,
            requiresTime: self.requireTime,
            fields: self.reading.fields,
            writer: writer,
            hasReport: content != nil
        )
        StopSignals.note()
        let output = RowOutput(writer: writer, resumedAfter: self.resumeAfter)
        var run = AuditRun(
            reader: reader,
            judge: judge,
            output: output,
            report: content,
            resumingAfter: self.resumeAfter ?? 0
        )
        let outcome = await run.run()
        self.tell(outcome, sources: sources)
        if let content = run.report {
            let ending = AuditEnding(
                status: self.status(of: outcome, hasDamagedKeys: keys.hasDamagedLines),
                isStatusKept: !self.statusOnlyErrors || outcome.isEarly,
                earlyEnd: outcome.earlyEnd,
                summary: outcome.summary.text(remarks: self.remarks)
            )
            try report?.write(content, inputs: run.endForReport(), ending: ending)
        }
        if let failure = outcome.failure { throw failure }
        let status = self.status(of: outcome, hasDamagedKeys: keys.hasDamagedLines)
        if status != 0, !self.statusOnlyErrors || outcome.isEarly { throw ExitCode(status) }
    }

    private func openKeys() async throws -> OpenedKeys {
        do {
            return try await self.keySource.open(
                for: AcceptedParties(
                    profile: self.issuerOption.issuer,
                    audiences: try self.issuerOption.audiences(self.audience),
                    acceptsAnyAudience: self.acceptsAnyAudience,
                    callers: self.caller
                )
            )
        } catch let error as VerificationError {
            throw CommandFailure(status: .keysUnavailable, message: error.description)
        } catch let failure as CommandFailure where failure.status == .unreadableInput {
            // A worker without keys is something else than a worker whose input cannot be read.
            throw CommandFailure(status: .keysUnavailable, message: failure.message)
        }
    }

    /// Writes the summary.
    private func tell(_ outcome: AuditRun.Outcome, sources: [String]) {
        StandardStreams.note(outcome.summary.text(remarks: self.remarks))
        if outcome.isEarly {
            let last = outcome.lastNumber
            StandardStreams.report(
                "the audit ended early; the rows up to record \(last) are written. To continue it, append (>>) to the "
                    + "same file with --resume-after \(last)"
            )
        } else if outcome.summary.tokenCount == 0 {
            StandardStreams.report(self.warning(outcome.summary, sources))
        }
    }

    /// The exit status that the run has without --status-only-errors.
    private func status(of outcome: AuditRun.Outcome, hasDamagedKeys: Bool) -> Int32 {
        if let failure = outcome.failure { return failure.status.rawValue }
        if let signal = outcome.signal { return 128 + signal }
        return outcome.summary.status(hasDamagedKeys: hasDamagedKeys)?.rawValue ?? 0
    }

    private func warning(_ summary: AuditSummary, _ sources: [String]) -> String {
        let names = sources.prefix(3).map { $0.isExactly("-") ? "standard input" : $0.printable }
        let others = sources.count > 3 ? " and \(sources.count - 3) other files" : ""
        let start = self.resumeAfter.map { ", after record \($0)" } ?? ""
        return "WARNING: no token was found in \(names.joined(separator: ", "))\(others)\(start), where "
            + "\(summary.recordCount) records were looked at. Check that these are the right files, and that the program "
            + "that wrote them keeps whole tokens; many programs leave them out."
    }

    private var remarks: [String] {
        let callers = self.caller.isEmpty ? "any, since no --caller is given" : self.caller.list
        let audiences = self.acceptsAnyAudience ? ["tokens for every audience are accepted"] : []
        let issuer = self.issuerOption.issuer
        let issuers = issuer === TrustProfile.googleIDToken ? [] : ["issuer: \(issuer.name)"]
        return ["each token judged \(self.at.words)"] + issuers + ["may call: \(callers)"] + audiences
    }
}
#endif
