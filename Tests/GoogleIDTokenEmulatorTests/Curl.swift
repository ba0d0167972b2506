//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import Foundation
internal import GoogleIDTokenEmulator
internal import TestSupport
internal import Testing

/// A response as the command `curl` received it.
struct CurlResponse: Sendable {
    let status: Int
    let fields: [(name: String, value: String)]
    let text: String
    /// How many connections the requests of one command took.
    let connectionCount: Int
    /// What the command said if it failed.
    let errors: String

    func field(_ name: String) -> String? {
        self.fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The text as a JSON object; an empty one if it is none.
    var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(self.text.utf8))) as? [String: Any] ?? [:]
    }
}

/// The command `curl`.
enum Curl {
    /// Sends requests with the command.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments.
    ///   - environment: Variables beside this process's own.
    /// - Returns: The response to the first request.
    /// - Throws: If there is none.
    static func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> CurlResponse {
        let (output, errors) = try await Blocking.run { try self.runBlocking(arguments, environment) }
        let parts = output.components(separatedBy: "\nconnections ")
        // A response that asks the client to continue may come first.
        var rest = try #require(parts.first)[...]
        var head: Substring = ""
        while rest.hasPrefix("HTTP/") {
            let end = try #require(rest.firstRange(of: "\r\n\r\n"))
            head = rest[..<end.lowerBound]
            rest = rest[end.upperBound...]
        }
        let lines = head.split(separator: "\r\n")
        return CurlResponse(
            status: lines.first.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) } ?? 0,
            fields: lines.dropFirst()
                .map { line in
                    let parts = line.split(separator: ":", maxSplits: 1)
                    let value = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
                    return (String(parts.first ?? ""), value)
                },
            text: String(rest),
            connectionCount: parts.dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }.reduce(0, +),
            errors: errors
        )
    }

    private static func runBlocking(
        _ arguments: [String],
        _ environment: [String: String]
    ) throws -> (output: String, errors: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            [
                "curl", "--silent", "--show-error", "--include", "--max-time", "60", "--write-out",
                "\nconnections %{num_connects}",
            ]
            + arguments
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.lowercased().hasSuffix("_proxy") }
            .merging(environment) { $1 }
        let (output, errors) = (Pipe(), Pipe())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (text, String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
    }
}

extension GoogleEmulator {
    /// Sends a request.
    ///
    /// - Parameters:
    ///   - path: The path with the query.
    ///   - fields: Header fields, such as `Metadata-Flavor: Google`.
    ///   - body: The body of a `POST`, or nil for a `GET`.
    /// - Returns: The response.
    /// - Throws: If there is none.
    func send(_ path: String, fields: [String] = [], body: String? = nil) async throws -> CurlResponse {
        try await Curl.run(
            fields.flatMap { ["--header", $0] } + (body.map { ["--data-binary", $0] } ?? []) + [self.url + path]
        )
    }

    /// Asks the metadata server.
    func metadata(_ path: String) async throws -> CurlResponse {
        try await self.send("/computeMetadata/v1/\(path)", fields: ["Metadata-Flavor: Google"])
    }

    /// Asks IAM Credentials for something that a service account can do.
    func iam(_ call: String, _ body: String, bearer: String? = nil) async throws -> CurlResponse {
        var bearer = bearer
        if bearer == nil {
            let access = try await self.metadata("instance/service-accounts/default/token").object["access_token"]
            bearer = try #require(access as? String)
        }
        let field = "Authorization: Bearer \(bearer ?? "")"
        return try await self.send("/v1/projects/-/serviceAccounts/\(call)", fields: [field], body: body)
    }
}
#endif
