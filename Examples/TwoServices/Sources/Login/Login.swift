//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import AsyncHTTPClient
import Foundation
import GoogleIDTokenCredentials
import Hummingbird
import Logging
import ServiceLifecycle

/// The public login service.
///
/// It calls the profile service, and tries in vain to call the search service.
@main
struct Login {
    static func main() async {
        let logger = Logger(label: "login")
        do {
            try await Self.run(logger)
        } catch {
            logger.critical("the service cannot run: \(error)")
            exit(1)
        }
    }

    private static func run(_ logger: Logger) async throws {
        let environment = Environment()
        var configuration = IDTokenCredentials.Configuration()
        configuration.onEvent = { event in
            if case .fetchFailed(let failure) = event { logger.warning("no token: \(failure.error.explanation)") }
        }
        let credentials = try IDTokenCredentials.applicationDefault(configuration: configuration)
        // A redirect could carry a token to another host.
        let withoutRedirects = HTTPClient.Configuration(redirectConfiguration: .disallow)
        try await HTTPClient.withHTTPClient(configuration: withoutRedirects) { client in
            let profiles = try PrivateService("PROFILES", environment, credentials, client)
            let search = try PrivateService("SEARCH", environment, credentials, client)
            try await Self.serve(profiles, search, credentials, environment, logger)
        }
    }

    private static func serve(
        _ profiles: PrivateService,
        _ search: PrivateService,
        _ credentials: IDTokenCredentials,
        _ environment: Environment,
        _ logger: Logger
    ) async throws {
        let router = Router()
        router.get("health") { _, _ in "up" }
        router.get("login/:user") { _, context in
            try await profiles.get("profiles", try context.parameters.require("user"), context.logger)
        }
        router.get("search/:text") { _, context in
            try await search.get("search", try context.parameters.require("text"), context.logger)
        }
        var application = Application(
            router: router,
            configuration: ApplicationConfiguration(
                address: .hostname(
                    environment.get("HOST") ?? "0.0.0.0",
                    port: environment.get("PORT", as: Int.self) ?? 8080
                ),
                serverName: "login"
            ),
            logger: logger
        )
        application.addServices(TokenRefresh(credentials: credentials))
        try await application.runService()
    }
}

/// Replaces tokens before they expire, until the process shuts down.
struct TokenRefresh: Service {
    let credentials: IDTokenCredentials

    func run() async {
        await cancelWhenGracefulShutdown { await self.credentials.run() }
    }
}
