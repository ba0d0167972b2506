//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
internal import Foundation

/// The command `curl`, as a client that is not ours.
enum CurlCommand {
    struct Request: Sendable {
        var method = "GET"
        var path: String
        var headers: [(name: String, value: String)] = []
        /// What is sent with the request, if anything.
        var body: String?
    }

    struct Response: Sendable {
        let status: Int
        /// The fields but `Date`; names in lower case.
        let fields: [String: [String]]
        let body: String
        /// How many connections were made for this request: none if the last one's was used again.
        let connectionCount: Int
        /// All that came.
        let text: String
    }

    struct Outcome: Sendable {
        let status: Int32
        /// A response for each request, or fewer if there is none.
        let responses: [Response]
        let errors: String
    }

    struct Failure: Error {
        let outcome: Outcome
    }

    /// Makes requests one after the other, in one go.
    ///
    /// - Parameters:
    ///   - requests: The requests.
    ///   - port: The server's port on 127.0.0.1.
    ///   - options: Options for each of the requests.
    /// - Returns: The responses.
    /// - Throws: ``Failure`` if curl fails.
    static func send(
        _ requests: Request...,
        to port: Int,
        options: [String] = []
    ) async throws -> [Response] {
        let outcome = try await self.attempt(requests, to: port, options: options)
        guard outcome.status == 0 else { throw Failure(outcome: outcome) }
        return outcome.responses
    }

    /// Makes requests that may fail.
    static func attempt(_ requests: [Request], to port: Int, options: [String] = []) async throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "curl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var arguments: [String] = []
        for (index, request) in requests.enumerated() {
            if index > 0 { arguments.append("--next") }
            arguments += try self.arguments(request, index: index, port: port, folder: folder)
            arguments += options.contains("--max-time") ? options : options + ["--max-time", "120"]
        }
        let status = try await self.run(arguments, in: folder)
        let connections = try self.read("out", in: folder).split(separator: "\n").compactMap { Int($0) }
        let responses = try requests.indices.compactMap { index in
            try self.response(
                index,
                connectionCount: connections.indices.contains(index) ? connections[index] : 0,
                folder
            )
        }
        return Outcome(status: status, responses: responses, errors: try self.read("err", in: folder))
    }

    /// Sends bytes over a connection, and goes when the server closes it or the time is over.
    ///
    /// - Parameters:
    ///   - text: What is sent.
    ///   - port: The server's port on 127.0.0.1.
    ///   - seconds: The time.
    /// - Returns: What came.
    /// - Throws: If curl cannot be run.
    static func sendRaw(_ text: String, to port: Int, seconds: Double) async throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "curl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(text.utf8).write(to: folder.appending(path: "in"))
        _ = try await self.run(["--max-time", "\(seconds)", "telnet://127.0.0.1:\(port)"], in: folder)
        return try self.read("out", in: folder)
    }

    private static func arguments(_ request: Request, index: Int, port: Int, folder: URL) throws -> [String] {
        let headers = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        try Data(headers.joined(separator: "\n").utf8).write(to: folder.appending(path: "headers\(index)"))
        var arguments = ["--silent", "--show-error", "--http1.1", "--header", "@headers\(index)"]
        arguments += request.method == "HEAD" ? ["--head"] : ["--request", request.method]
        arguments += ["--dump-header", "head\(index)", "--output", "body\(index)", "--write-out", "%{num_connects}\\n"]
        if let body = request.body {
            try Data(body.utf8).write(to: folder.appending(path: "data\(index)"))
            arguments += ["--data-binary", "@data\(index)", "--header", "Expect:"]
        }
        return arguments + ["http://127.0.0.1:\(port)\(request.path)"]
    }

    /// Runs curl to its end without keeping a thread of the concurrency runtime.
    private static func run(_ arguments: [String], in folder: URL) async throws -> Int32 {
        for name in ["in", "out", "err"]
        where !FileManager.default.fileExists(atPath: folder.path(percentEncoded: false) + "/\(name)") {
            try Data().write(to: folder.appending(path: name))
        }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        // No settings of the user's, and no proxy.
        process.arguments = ["curl", "--disable", "--noproxy", "*"] + arguments
        process.currentDirectoryURL = folder
        process.standardInput = try FileHandle(forReadingFrom: folder.appending(path: "in"))
        process.standardOutput = try FileHandle(forWritingTo: folder.appending(path: "out"))
        process.standardError = try FileHandle(forWritingTo: folder.appending(path: "err"))
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    private static func response(_ index: Int, connectionCount: Int, _ folder: URL) throws -> Response? {
        let heads = try self.read("head\(index)", in: folder)
        // A retried request has several heads; the last one counts.
        guard let head = heads.components(separatedBy: "\r\n\r\n").last(where: { !$0.isEmpty }) else { return nil }
        let lines = head.components(separatedBy: "\r\n")
        guard let status = lines[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
        var fields: [String: [String]] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            let name = parts[0].lowercased()
            if name != "date" {
                fields[name, default: []].append(String(parts.last ?? "").trimmingPrefix(" ").description)
            }
        }
        // Asked for the head alone, curl takes it for the body.
        let body = try self.read("body\(index)", in: folder).replacingOccurrences(of: heads, with: "")
        return Response(
            status: status,
            fields: fields,
            body: body,
            connectionCount: connectionCount,
            text: heads + body
        )
    }

    private static func read(_ name: String, in folder: URL) throws -> String {
        let file = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else { return "" }
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }
}
#endif
