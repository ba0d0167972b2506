//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import GoogleIDToken
internal import GoogleIDTokenEmulator
internal import GoogleIDTokenTesting

/// The options of the proxy that takes the place of Identity-Aware Proxy.
struct ProxyOptions: ParsableArguments {
    @Option(help: "Run a proxy in front of the service at this URL, such as http://127.0.0.1:8080.")
    var proxyTo: String?

    @Option(help: "The audience of the proxy's assertions, such as /projects/123456/apps/my-project.")
    var proxyAudience: String?

    @Option(help: "The port of the proxy, or 0 for any free port.")
    var proxyPort: UInt16 = 8_182

    @Option(help: "The e-mail address of the user of all requests through the proxy.")
    var proxyUser = TestCaller.user.email

    func validate() throws {
        guard (self.proxyTo == nil) == (self.proxyAudience == nil) else {
            throw ValidationError("--proxy-to and --proxy-audience belong together; give both or neither.")
        }
    }

    /// Starts the proxy, if it is asked for.
    func start(with emulator: GoogleEmulator) async throws -> EmulatedIdentityAwareProxy? {
        guard let service = self.proxyTo, let audience = self.proxyAudience else { return nil }
        let domain = self.proxyUser.utf8.split(separator: UInt8(ascii: "@")).last.map { String(Substring($0)) }
        return try await emulator.startIdentityAwareProxy(
            to: service,
            audience: .exactly(audience),
            user: TestCaller(email: self.proxyUser, hostedDomain: domain),
            port: self.proxyPort
        )
    }
}
#endif
