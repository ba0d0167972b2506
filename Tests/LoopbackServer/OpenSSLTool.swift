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
    /// - Throws: ``ServerError`` with what it said if it fails.
    static func run(_ arguments: [String], in folder: URL) throws {
        let output = Pipe()
        let process = self.process(arguments, in: folder, output: output)
        try process.run()
        let words = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ServerError("openssl \(arguments): \(String(decoding: words, as: UTF8.self))", code: 1)
        }
    }
}
