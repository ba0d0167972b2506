//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import GoogleIDToken
import GoogleIDTokenHummingbird
import GoogleIDTokenTesting
import Hummingbird
import Logging

/// A service with the same route twice, with and without the middleware; it prints its port and a token.
@main struct Middleware {
    static func main() async throws {
        let audience = "https://profiles-123456.europe-west1.run.app"
        let issuer = try TestIssuer()
        let verifier = try IDTokenVerifier(
            audience: audience,
            callers: .serviceAccounts(TestCaller.serviceAccount.email),
            keys: issuer.keys
        )
        let router = Router(context: BasicCallerRequestContext.self)
        router.get("bare") { _, _ in "Hello" }
        router.add(middleware: IDTokenMiddleware(verifier, realm: "profiles"))
        router.get("guarded") { _, _ in "Hello" }
        let token = try issuer.token(for: audience, from: .cloudRun)
        var logger = Logger(label: "Middleware")
        logger.logLevel = .error
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { print($0.localAddress?.port ?? 0, token) },
            logger: logger
        )
        try await application.run()
    }
}
