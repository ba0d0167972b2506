//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
private import Glibc

/// The command `openssl s_server` on 127.0.0.1, which answers each GET of `/document` with the same response.
package final class TLSServer: Sendable {
    package let port: UInt16
    private let folder: URL
    private let process: Process
    // As long as it is open, the server can write what it is about.
    private let output: Pipe

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - certificate: What it shows; its authority must live as long as the server starts.
    ///   - body: What it answers.
    ///   - options: More options of `s_server`.
    /// - Throws: ``ServerError``, or Foundation's.
    package init(certificate: TestAuthority.Certificate, body: String = "", options: [String] = []) throws {
        self.folder = FileManager.default.temporaryDirectory.appending(path: "server-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        let response = "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
        try response.write(to: self.folder.appending(path: "document"), atomically: false, encoding: .utf8)
        self.output = Pipe()
        self.process = OpenSSLTool.process(
            [
                "s_server", "-accept", "127.0.0.1:0", "-HTTP",
                "-cert", certificate.certificateFile, "-key", certificate.keyFile,
            ] + options,
            in: self.folder,
            output: self.output
        )
        try self.process.run()
        self.port = try Self.readPort(self.output)
    }

    deinit {
        self.stop()
        try? FileManager.default.removeItem(at: self.folder)
    }

    /// The URL of the document.
    package func url(host: String = "localhost") -> String {
        "https://\(host):\(self.port)/document"
    }

    /// Ends the process and waits for that.
    package func stop() {
        // Not `terminate()`: a process started by a thread of the cooperative pool has that signal blocked.
        if self.process.isRunning { kill(self.process.processIdentifier, SIGKILL) }
        self.process.waitUntilExit()
    }

    /// Reads up to the line that says where the server listens.
    private static func readPort(_ output: Pipe) throws -> UInt16 {
        var words = ""
        while true {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw ServerError("openssl s_server: \(words)", code: 1) }
            words += String(decoding: data, as: UTF8.self)
            // The last line may still be incomplete.
            for line in words.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            where line.hasPrefix("ACCEPT ") {
                if let port = line.split(separator: ":").last.flatMap({ UInt16($0) }) { return port }
            }
        }
    }
}
