//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import TestSupport

/// Runs the built command `idtoken` as its user would.
struct Command: Sendable {
    let status: Int32
    let output: String
    let errors: String

    /// - Parameters:
    ///   - arguments: The command's arguments.
    ///   - input: What stands on its standard input.
    /// - Throws: If the command cannot be started.
    init(_ arguments: String..., input: String = "") async throws {
        try await self.init(arguments, input: input)
    }

    /// - Parameters:
    ///   - executable: What to run instead of `idtoken`.
    ///   - arguments: The command's arguments.
    ///   - input: What stands on its standard input.
    ///   - environment: Variables beside this process's own.
    ///   - workingFolder: Where it runs, seen from the project's root.
    /// - Throws: If the command cannot be started.
    init(
        executable: URL = Self.executable,
        _ arguments: [String],
        input: String = "",
        environment: [String: String] = [:],
        in workingFolder: String = "."
    ) async throws {
        self = try await Blocking.run {
            try Command(blockingOn: executable, arguments, input: input, environment: environment, in: workingFolder)
        }
    }

    /// The same, while the thread waits.
    init(
        blockingOn executable: URL,
        _ arguments: [String],
        input: String = "",
        environment: [String: String] = [:],
        in workingFolder: String = "."
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try ["in", "out", "err"]
            .map { name in
                let file = folder.appending(path: name)
                try Data((name == "in" ? input : "").utf8).write(to: file)
                return file
            }
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = Self.projectRoot.appending(path: workingFolder)
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        self.status = process.terminationStatus
        self.output = String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
        self.errors = String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
    }

    /// The exit status of some other command that runs the built one.
    ///
    /// - Parameter words: The command's name and arguments.
    /// - Returns: The status.
    /// - Throws: If it cannot be started.
    static func status(of words: [String]) async throws -> Int32 {
        try await Blocking.run {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = words
            process.currentDirectoryURL = Self.projectRoot
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus
        }
    }

    /// The built command: the tests and it are built side by side.
    static let executable = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "idtoken")

    static let projectRoot = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
#endif
