//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
public import Hummingbird
public import HummingbirdCore
public import Logging
internal import NIOCore

/// A Hummingbird server on a port of 127.0.0.1 that was free.
public struct RunningService: Sendable {
    /// The port on 127.0.0.1.
    public let port: Int

    /// The server ended before it listened.
    public struct NotStarted: Error {}

    /// Runs a server for as long as a test takes.
    ///
    /// - Parameters:
    ///   - router: What the server does.
    ///   - server: What the server makes of a connection.
    ///   - logger: What it logs to.
    ///   - test: The test.
    /// - Returns: What the test returns.
    /// - Throws: What the test throws, and if there can be no server.
    public static func during<Context: RequestContext, Value: Sendable>(
        _ router: Router<Context>,
        server: HTTPServerBuilder = .http1(),
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        test: (RunningService) async throws -> Value
    ) async throws -> Value where Context.Source == ApplicationRequestContextSource {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router,
            server: server,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { continuation.yield(port) }
            },
            logger: logger
        )
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await application.run()
            }
            defer { group.cancelAll() }
            guard let port = await ports.first(where: { _ in true }) else { throw NotStarted() }
            return try await test(RunningService(port: port))
        }
    }
}
#endif
