//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation

/// The command `openssl`.
package enum OpenSSLTool {
    /// Where it is, if there is one.
    static let path = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        .map { "\($0)/openssl" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    package static var isPresent: Bool { self.path != nil }

    /// A process that is ready to run; what it says goes into the pipe.
    static func process(_ arguments: [String], in folder: URL, output: Pipe) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: self.path ?? "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        return process
    }

    /// Runs the command to its end.
    ///
    /// - Returns: What it said.
    /// - Throws: ``ServerError`` with what it said if it fails.
    @discardableResult
    static func run(_ arguments: [String], in folder: URL) throws -> String {
        let output = Pipe()
        let process = self.process(arguments, in: folder, output: output)
        try process.run()
        let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ServerError("openssl \(arguments): \(words)", code: 1)
        }
        return words
    }

    /// The subject's name of a certificate (PEM) in the form that the option `-subj` takes.
    ///
    /// - Throws: ``ServerError`` with what the command said if it fails.
    static func subject(_ file: String) throws -> String {
        let words = try self.run(
            ["x509", "-in", file, "-noout", "-subject", "-nameopt", "compat"],
            in: FileManager.default.temporaryDirectory
        )
        return words.drop { $0 != "/" }.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
