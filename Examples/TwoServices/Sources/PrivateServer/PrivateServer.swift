//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Foundation
import GoogleIDToken
import GoogleIDTokenHummingbird
import GoogleIDTokenObservability
public import Hummingbird
import Logging

/// A service that only the callers in `ID_TOKEN_CALLERS` may call, with a token for one of `ID_TOKEN_AUDIENCES`.
public enum PrivateServer {
    /// The context of a request, with its caller.
    public typealias Context = BasicCallerRequestContext

    /// Runs a service until the process is told to end; if it cannot start, writes why and ends the process.
    ///
    /// - Parameters:
    ///   - name: The service's name, for its log and for the realm of its responses.
    ///   - addRoutes: Adds the routes; only allowed callers reach them.
    public static func run(_ name: String, addRoutes: @Sendable (Router<Context>) -> Void) async {
        let logger = Logger(label: name)
        do {
            try await Self.serve(name, logger, addRoutes)
        } catch {
            logger.critical("the service cannot run: \(error)")
            exit(1)
        }
    }

    private static func serve(
        _ name: String,
        _ logger: Logger,
        _ addRoutes: @Sendable (Router<Context>) -> Void
    ) async throws {
        let environment = Environment()
        let variables = ["ID_TOKEN_AUDIENCES", "ID_TOKEN_CALLERS"].map { ($0, environment.get($0) ?? "") }
        let verifier = try IDTokenVerifier(
            environment: Dictionary(uniqueKeysWithValues: variables),
            // Only an emulator's keys are elsewhere: whoever publishes the keys decides who the callers are.
            keys: environment.get("EMULATOR_KEYS_URL").map { .remote($0) } ?? .google
        )
        let router = Router(context: Context.self)
        // Before the middleware: Cloud Run asks without a token whether the service has started.
        router.get("health") { _, _ in "up" }
        router.add(middleware: IDTokenMiddleware(verifier, realm: name))
        addRoutes(router)
        var application = Application(
            router: router,
            configuration: ApplicationConfiguration(
                address: .hostname(
                    environment.get("HOST") ?? "0.0.0.0",
                    port: environment.get("PORT", as: Int.self) ?? 8080
                ),
                serverName: name
            ),
            logger: logger
        )
        application.addServices(KeyRefreshService(verifier))
        try await application.runService()
    }
}
