//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation

/// The command `openssl` in a folder of its own, as a second opinion.
package struct OpenSSLCommand: ~Copyable {
    private static let path = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        .map { "\($0)/openssl" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    package static var isPresent: Bool { Self.path != nil }

    package struct Failure: Error {
        let arguments: [String]
        let status: Int32
    }

    private let folder: URL

    package init() throws {
        self.folder = FileManager.default.temporaryDirectory.appending(path: "openssl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: self.folder)
    }

    /// Runs the command in the folder.
    ///
    /// - Returns: Whether it exits with zero.
    package func succeeds(_ arguments: [String]) throws -> Bool {
        try self.status(arguments) == 0
    }

    /// Runs the command in the folder; it must succeed.
    package func run(_ arguments: [String]) throws {
        let status = try self.status(arguments)
        guard status == 0 else { throw Failure(arguments: arguments, status: status) }
    }

    private func status(_ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: Self.path ?? "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = self.folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    package func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: self.folder.appending(path: name))
    }

    package func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: self.folder.appending(path: name)))
    }
}

extension OpenSSLCommand {
    /// Makes a private key with the command and returns its public key in PEM form.
    package static func publicKey(of arguments: [String]) throws -> [UInt8] {
        let command = try OpenSSLCommand()
        try command.run(arguments + ["-out", "key.pem"])
        try command.run(["pkey", "-in", "key.pem", "-pubout", "-out", "public.pem"])
        return try command.read("public.pem")
    }
}
