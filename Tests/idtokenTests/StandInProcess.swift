//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import FoundationNetworking
internal import Glibc
internal import TestSupport
internal import Testing

/// The built command `idtoken emulate`, running as its user would run it, until the test is over.
final class StandInProcess {
    let url: String
    /// What it printed when it was ready.
    let output: String
    private let process = Process()
    private let errorPipe = Pipe()

    /// - Parameter arguments: Further arguments; without a port it takes any that is free. Its keys are the built-in ones,
    ///   since fresh ones take long.
    /// - Throws: If it does not start.
    init(_ arguments: String...) async throws {
        let pipe = Pipe()
        self.process.executableURL = Command.executable
        self.process.arguments =
            ["emulate", "--quiet", "--known-keys"] + (arguments.contains("--port") ? [] : ["--port", "0"]) + arguments
        self.process.standardOutput = pipe
        self.process.standardError = self.errorPipe
        try self.process.run()
        self.output = try await Blocking.run {
            var text = ""
            while !text.contains("control/faults\n") {
                let data = pipe.fileHandleForReading.availableData
                guard !data.isEmpty else { throw StandInEnded() }
                text += String(decoding: data, as: UTF8.self)
            }
            return text
        }
        let first = try #require(self.output.split(separator: "\n").first)
        self.url = String(try #require(first.split(separator: " ").last))
    }

    deinit {
        // A process started from a task has SIGTERM blocked.
        kill(self.process.processIdentifier, SIGKILL)
    }

    var port: String {
        String(self.url.split(separator: ":").last ?? "")
    }

    /// The first of what it wrote to standard error.
    func readErrors() -> String {
        String(decoding: self.errorPipe.fileHandleForReading.availableData, as: UTF8.self)
    }

    /// Sends a request.
    ///
    /// - Parameters:
    ///   - path: The path with the query.
    ///   - method: The method.
    ///   - headers: Header fields.
    ///   - body: What is sent with it.
    ///   - timeout: For how many seconds to wait.
    /// - Returns: The response.
    /// - Throws: If there is none.
    func send(
        _ path: String,
        method: String = "GET",
        headers: [String: String] = [:],
        body: String? = nil,
        timeout: TimeInterval = 60
    ) async throws -> StandInResponse {
        var request = URLRequest(url: try #require(URL(string: self.url + path)))
        request.httpMethod = method
        request.httpBody = body.map { Data($0.utf8) }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = timeout
        let session = URLSession(configuration: configuration)
        defer { session.finishTasksAndInvalidate() }
        let (data, response) = try await session.data(for: request)
        return StandInResponse(data: data, response: try #require(response as? HTTPURLResponse))
    }

    /// Asks the metadata server.
    func metadata(_ path: String) async throws -> StandInResponse {
        try await self.send("/computeMetadata/v1/\(path)", headers: ["Metadata-Flavor": "Google"])
    }

    private struct StandInEnded: Error {}
}

/// What the stand-in answered.
struct StandInResponse {
    let data: Data
    let response: HTTPURLResponse

    var status: Int { self.response.statusCode }
    var text: String { String(decoding: self.data, as: UTF8.self) }
    var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: self.data)) as? [String: Any] ?? [:]
    }

    func field(_ name: String) -> String? {
        self.response.value(forHTTPHeaderField: name)
    }
}
#endif
