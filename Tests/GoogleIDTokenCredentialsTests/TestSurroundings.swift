//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import Foundation
internal import GoogleIDToken
internal import IDTokenPlatform
internal import TestSupport
internal import Testing

@testable internal import GoogleIDTokenCredentials

/// Clocks that a test sets and that every sleep moves, environment variables, and the events that credentials report.
final class TestSurroundings: Sendable {
    private struct State: Sendable {
        var wall = TestToken.now
        var steady = Duration.zero
        var sleeps: [Duration] = []
        var events: [IDTokenCredentials.Event] = []
    }

    private let state = Lock(State())

    /// The waits so far.
    var sleeps: [Duration] { self.state.withLock { $0.sleeps } }

    /// The events so far.
    var events: [IDTokenCredentials.Event] { self.state.withLock { $0.events } }

    /// The wall clock, in seconds since 1970.
    var now: Double { self.state.withLock { $0.wall } }

    /// Moves both clocks.
    func advance(by duration: Duration) {
        self.state.withLock { state in
            state.wall += duration.inSeconds
            state.steady += duration
        }
    }

    /// Sets the wall clock alone.
    func setWallClock(_ seconds: Double) {
        self.state.withLock { $0.wall = seconds }
    }

    /// An environment with these clocks.
    ///
    /// - Parameters:
    ///   - variables: The environment variables.
    ///   - sleep: What a sleep does besides moving the clocks.
    /// - Returns: The environment.
    func environment(
        _ variables: [String: String] = [:],
        sleep: (@Sendable (Duration) async -> Void)? = nil
    ) -> CredentialsEnvironment {
        var environment = CredentialsEnvironment(
            clock: ExpiryClock(
                now: { self.now },
                sleep: { duration in
                    self.state.withLock { $0.sleeps.append(duration) }
                    self.advance(by: duration)
                    await sleep?(duration)
                }
            ),
            steadyTime: { self.state.withLock { $0.steady } },
            jitter: { 0 },
            variables: EnvironmentVariables(variables),
            onEvent: { event in self.state.withLock { $0.events.append(event) } }
        )
        // A busy machine is no fault; tests of the limits set shorter ones.
        environment.limits.connecting = .seconds(50)
        environment.limits.whole = .seconds(50)
        environment.metadataLimits = environment.limits
        return environment
    }

    /// An environment whose metadata server is a server on the loopback.
    func environment(
        metadataServer server: LoopbackServer,
        sleep: (@Sendable (Duration) async -> Void)? = nil
    ) -> CredentialsEnvironment {
        self.environment(["GCE_METADATA_HOST": "127.0.0.1:\(server.port)"], sleep: sleep)
    }
}

/// The error of an operation that must fail.
func failure<Value>(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ operation: () async throws(IDTokenCredentialsError) -> Value
) async throws -> IDTokenCredentialsError {
    do throws(IDTokenCredentialsError) {
        _ = try await operation()
    } catch {
        #expect(!error.explanation.isEmpty, sourceLocation: sourceLocation)
        return error
    }
    Issue.record("nothing was thrown", sourceLocation: sourceLocation)
    throw CancellationError()
}

extension Answer {
    /// The header field of a genuine metadata server.
    static let flavor = (name: "Metadata-Flavor", value: "Google")

    /// A metadata server's answer with a token.
    static func metadata(_ text: String, status: Int = 200) -> Answer {
        .text(text, status: status, fields: [Self.flavor])
    }

    /// A JSON object with one string.
    static func json(_ name: String, _ text: String) -> Answer {
        .text("{\"\(name)\":\"\(text)\"}")
    }
}

extension TestToken {
    /// A token for an audience that is valid for an hour.
    static func minted(for audience: String, issuedAt: Int = TestToken.issuedAt) throws -> String {
        try self.minted(
            claims: self.claims(["aud": "\"\(audience)\"", "iat": "\(issuedAt)", "exp": "\(issuedAt + 3_600)"])
        )
    }
}

/// A folder for the files of a test, which is removed with this object.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "credentials-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.path = folder.path(percentEncoded: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: self.path)
    }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ text: String, to name: String, permissions: Int = 0o600) throws -> String {
        let path = "\(self.path)/\(name)"
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: permissions]
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true
        )
        guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8), attributes: attributes) else {
            throw CocoaError(.fileWriteUnknown)
        }
        return path
    }
}
