//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//
#if CommandLine
internal import Foundation
internal import Testing

@testable internal import idtoken

/// What a run does with the rows that an earlier run has written.
@Suite("idtoken audit: resuming")
struct AuditResumeTests {
    /// Three records: the second one has three tokens, which are damaged so that their rows differ.
    private static var input: String {
        get throws {
            let token = try Captured.token.get()
            return "\(token)\n\(token)A \(token)B \(token)C\nnothing\n\(token)D\n"
        }
    }

    /// Appends the rows of the input to a file, and returns the file's lines and what was written on standard error.
    private static func appended(
        to content: String,
        _ arguments: [String],
        format: String = "ndjson",
        status expected: Int32 = 1
    ) async throws -> (lines: [String], errors: String) {
        try await withTemporaryFolder { folder in
            let files = ["out", "in", "err"].map { folder.appending(path: $0) }
            try Data(content.utf8).write(to: files[0])
            try Data(try Self.input.utf8).write(to: files[1])
            let paths = [Command.executable, files[0], files[2], files[1]].map { $0.path(percentEncoded: false) }
            let script =
                "idtoken=$1 out=$2 err=$3 in=$4; shift 4; \"$idtoken\" audit \"$@\" \"$in\" 2>\"$err\" >>\"$out\""
            let options = ["--keys", Captured.keys, "--audience", Captured.audience, "--format", format]
            let status = try await Command.status(of: ["sh", "-c", script, "sh"] + paths + options + arguments)
            #expect(status == expected)
            let output = try String(contentsOf: files[0], encoding: .utf8)
            // The input file is another one each time.
            let lines = output.replacing(files[1].path(percentEncoded: false), with: "in")
                .split(whereSeparator: \.isNewline)
            return (lines.map(String.init), try String(contentsOf: files[2], encoding: .utf8))
        }
    }

    @Test("the rows after the given record are removed and written again, whole or cut", arguments: ["ndjson", "csv"])
    func rowsAreWrittenAgain(_ format: String) async throws {
        let whole = try await Self.appended(to: "", [], format: format).lines
        let header = whole.count - 5
        #expect(header == (format == "csv" ? 1 : 0))
        let kept = header + 1
        for count in [kept, kept + 1, kept + 2, whole.count - 1] {
            for cut in [0, 1, 9, 40] {
                let text = whole[..<count].map { $0 + "\n" }.joined() + whole[count].prefix(cut)
                let resumed = try await Self.appended(to: text, ["--resume-after", "1"], format: format)
                #expect(resumed.lines == whole)
                #expect(resumed.errors.contains("removed and written again") == (count > kept || cut > 0))
            }
        }
        // The first run was killed in its first row, or in the header.
        for cut in [0, 1, 9, 40] {
            let text = whole[..<header].map { $0 + "\n" }.joined() + whole[header].prefix(cut)
            #expect(try await Self.appended(to: text, ["--resume-after", "0"], format: format).lines == whole)
        }
    }

    @Test("the header is not written twice, and a cut one is replaced")
    func headerOnce() async throws {
        let whole = try await Self.appended(to: "", [], format: "csv").lines
        for text in [whole[0] + "\n", String(whole[0].prefix(9)), whole[0]] {
            #expect(try await Self.appended(to: text, ["--resume-after", "0"], format: "csv").lines == whole)
        }
    }

    @Test("no text that the run would not write there is removed; the rows begin on a new line")
    func otherText() async throws {
        let whole = try await Self.appended(to: "", []).lines
        let others = [#"{"important": "text"}"#, String(whole[1].prefix(40)), String(repeating: "x", count: 200_000)]
        for other in others {
            #expect(try await Self.appended(to: other, ["--resume-after", "3"]).lines == [other, whole[4]])
        }
        // A run that is not resumed removes nothing either.
        #expect(try await Self.appended(to: "text", []).lines == ["text"] + whole)
        #expect(try await Self.appended(to: "text\n", []).lines == ["text"] + whole)
        #expect(
            try await Self.appended(to: String(whole[0].prefix(40)), []).lines == [String(whole[0].prefix(40))] + whole
        )
    }

    @Test("rows of more records than an interrupted run leaves are not removed, and the error names the remedy")
    func tooManyRows() async throws {
        let row = #"{"record":9,"file":"f"}"# + String(repeating: " ", count: 1_000) + "\n"
        let text = String(repeating: row, count: 17_000)
        let resumed = try await Self.appended(to: text, ["--resume-after", "1"], status: 64)
        #expect(resumed.lines.count == 17_000)
        #expect(resumed.errors.contains("--resume-after the number before that of the last row"))
    }

    @Test("a run whose output fails says how to continue it, and what it has done", arguments: ["/dev/full", "pipe"])
    func outputFails(_ output: String) async throws {
        try await withTemporaryFolder { folder in
            let errors = folder.appending(path: "err").path(percentEncoded: false)
            // The reader of the pipe has ended before the first row is there.
            let opening = output == "pipe" ? "exec 4> >(true); wait $!" : "exec 4>\(output)"
            let script = """
                idtoken=$1 err=$2 token=$3; shift 3
                \(opening)
                echo "$token" | "$idtoken" audit "$@" 2>"$err" >&4
                """
            let options = ["--keys", Captured.keys, "--audience", Captured.audience, "--format", "ndjson"]
            let status = try await Command.status(
                of: ["bash", "-c", script, "bash", Command.executable.path(percentEncoded: false), errors]
                    + [try Captured.token.get()] + options
            )
            #expect(status == 74)
            let text = try String(contentsOfFile: errors, encoding: .utf8)
            #expect(text.contains("--resume-after 0"))
            #expect(text.contains("0 tokens in 0 records"))
            #expect(text.contains(output == "pipe" ? "Broken pipe" : "No space left on device"))
        }
    }

    @Test(
        "a signal ends the run with its status, and the rows up to the record that is named are written",
        arguments: [("HUP", 129), ("INT", 130), ("TERM", 143)] as [(String, Int32)]
    )
    func signals(_ name: String, _ expected: Int32) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "out").path(percentEncoded: false)
            // The signal is sent once the first row is there, so that the signal is noted; the input stays open.
            let script = """
                trap - INT
                idtoken=$1 out=$2 token=$3; shift 3
                mkfifo "$out.in"
                exec 3<>"$out.in"
                set -m
                "$idtoken" audit "$@" <"$out.in" >"$out" 2>"$out.err" &
                echo "$token" >&3
                until [ -s "$out" ]; do :; done
                kill -\(name) $!
                wait $!
                """
            let options = ["--keys", Captured.keys, "--audience", Captured.audience, "--format", "ndjson"]
            let status = try await Command.status(
                of: ["bash", "-c", script, "bash", Command.executable.path(percentEncoded: false), path]
                    + [try Captured.token.get()] + options
            )
            #expect(status == expected)
            let text = try String(contentsOfFile: path + ".err", encoding: .utf8)
            #expect(text.contains("rows up to record 1 are written"))
            #expect(text.contains("--resume-after 1"))
            #expect(text.contains("1 token in 1 record: 1 verified"))
        }
    }
}
#endif
