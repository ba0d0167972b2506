//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing

/// The command when it is killed or interrupted, and when it runs on many machines.
@Suite("idtoken interrupted, killed and run by Spark")
struct ScriptTests {
    private static func run(_ arguments: [String]) async throws -> Command {
        let env = URL(filePath: "/usr/bin/env")
        return try await Command(executable: env, ["python3"] + arguments)
    }

    private static let command = Command.executable.path(percentEncoded: false)

    /// How often each command is killed; `IDTOKEN_KILLS` sets another number.
    private static let kills = ProcessInfo.processInfo.environment["IDTOKEN_KILLS"] ?? "20"

    @Test("an audit that is interrupted says how far it got", .timeLimit(.minutes(5)))
    func interruptedItSaysHowFarItGot() async throws {
        let script = try await Self.run(["Tests/Scripts/interrupted.py", Self.command])
        #expect(script.status == 0, "\(script.output)\(script.errors)")
    }

    @Test(
        "an audit or archive that is killed at any moment leaves whole lines, all but the last",
        .timeLimit(.minutes(10))
    )
    func killedAtAnyMomentItLeavesWholeLinesButTheLast() async throws {
        let script = try await Self.run(["Tests/Scripts/killed.py", Self.command, Self.kills])
        #expect(script.status == 0, "\(script.output)\(script.errors)")
    }

    @Test("the documented pipeline runs with an empty environment, and fails on a worker without keys")
    func documentedPipelineRunsWithAnEmptyEnvironment() async throws {
        let script = try await Self.run(["Tests/Scripts/pipeline.py", Self.command])
        #expect(script.status == 0, "\(script.output)\(script.errors)")
    }

    @Test("an audit in the partitions of Spark counts what a single run counts", .timeLimit(.minutes(5)))
    func sparkCountsWhatASingleRunCounts() async throws {
        let python = try await PythonEnvironment.require(.spark).python
        let script = try await Command(executable: python, ["Tests/Scripts/spark.py", Self.command])
        #expect(script.status == 0, "\(script.output)\(script.errors)")
        print("PySpark: \(script.output.split(separator: "\n").last ?? "")")
    }
}
#endif
