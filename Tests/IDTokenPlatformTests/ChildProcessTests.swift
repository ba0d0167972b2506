//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenPlatform
internal import Testing

@Suite("Child processes", .timeLimit(.minutes(5)))
struct ChildProcessTests {
    private static func run(
        _ words: [String],
        environment: [String] = ["PATH=/usr/bin:/bin"],
        timeLimit: Duration = .seconds(50),
        outputLimit: Int = 1_024
    ) async throws(ChildProcess.Failure) -> ChildProcess.Output {
        let process = ChildProcess(words, environment: environment, timeLimit: timeLimit, outputLimit: outputLimit)
        return try await process.run()
    }

    @Test("a program gets its arguments and its environment, and nothing else")
    func output() async throws {
        let output = try await Self.run(
            ["sh", "-c", #"printf '%s|%s|%s' "$1" "$NAME" "$HOME"; cat"#, "sh", "a b"],
            environment: ["NAME=value"]
        )
        #expect(String(decoding: output.bytes, as: UTF8.self) == "a b|value|")
        #expect(output.status == 0)
    }

    @Test(
        "the exit status, or the signal, is told",
        arguments: [("exit 7", 7), ("kill -9 $$", 137)] as [(String, Int32)]
    )
    func status(script: String, status: Int32) async throws {
        #expect(try await Self.run(["sh", "-c", script]).status == status)
    }

    @Test("a program that is not there cannot be started", arguments: [[], ["/nothing/program"], ["/etc/passwd"]])
    func missing(words: [String]) async {
        let error = await #expect(throws: ChildProcess.Failure.self) { try await Self.run(words) }
        if case .cannotStart? = error {} else { Issue.record("\(String(describing: error))") }
    }

    @Test(
        "a program that runs too long is ended with what it has started, also if it has closed its output",
        arguments: ["sleep 600 & wait", "exec >&-; sleep 600"]
    )
    func timeLimit(script: String) async {
        let error = await #expect(throws: ChildProcess.Failure.self) {
            try await Self.run(["sh", "-c", script], timeLimit: .milliseconds(300))
        }
        if case .timedOut? = error {} else { Issue.record("\(String(describing: error))") }
    }

    @Test("a program that writes too much is ended")
    func outputLimit() async {
        let error = await #expect(throws: ChildProcess.Failure.self) { try await Self.run(["cat", "/dev/zero"]) }
        if case .tooMuchOutput? = error {} else { Issue.record("\(String(describing: error))") }
    }

    @Test("a cancellation ends the program")
    func cancellation() async {
        let task = Task { try await Self.run(["sleep", "600"]) }
        task.cancel()
        let error = await #expect(throws: ChildProcess.Failure.self) { try await task.value }
        if case .cancelled? = error {} else { Issue.record("\(String(describing: error))") }
    }
}
