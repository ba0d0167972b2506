//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
public import GoogleIDToken
public import GoogleIDTokenTesting
internal import Foundation
internal import NIOCore
internal import NIOHTTP1

/// A proxy in front of a service that does what Identity-Aware Proxy does to the header: it says who the user is.
///
/// ```swift
/// let audience = IdentityAwareProxyAudience.cloudRun(project: 123456, region: "europe-west1", service: "profiles")
/// let proxy = try await emulator.startIdentityAwareProxy(to: "http://127.0.0.1:8080", audience: audience, user: .user)
/// // A browser at proxy.url uses the service as that user.
/// await proxy.stop()
/// ```
/// It asks nobody to sign in: every request is of one user. To each request it adds a new assertion in
/// `X-Goog-IAP-JWT-Assertion`, and `X-Goog-Authenticated-User-Email` and `X-Goog-Authenticated-User-ID`; it removes the
/// fields with such names that the client sent. All else is passed on as it is, except that it does not speak WebSocket.
public final class EmulatedIdentityAwareProxy: Sendable {
    /// The base of its URLs, such as `http://127.0.0.1:40124`, without a slash at the end.
    public let url: String
    private let server: LocalServer

    init(_ server: LocalServer) {
        self.server = server
        self.url = server.url
    }

    /// Stops the proxy for good, and closes its connections.
    public func stop() async {
        await self.server.stop()
    }
}

extension GoogleEmulator {
    /// Starts a proxy like Identity-Aware Proxy in front of a service, at the address of the emulator.
    ///
    /// The service verifies the assertions with ``keys(of:)`` of `.identityAwareProxy`. The proxy stops when
    /// ``EmulatedIdentityAwareProxy/stop()`` is called or when it is released.
    ///
    /// - Parameters:
    ///   - service: The URL of the service, with `http` and without a path, such as `http://127.0.0.1:8080`.
    ///   - audience: The audience of the assertions.
    ///   - user: The user of all requests.
    ///   - port: The port to listen on, or 0 for any free port.
    /// - Returns: The proxy, which listens already.
    /// - Throws: `IDTokenVerifier.ConfigurationError` if no assertion can have the audience, and ``EmulatorError`` if the
    ///   URL cannot be used or the proxy cannot listen.
    public func startIdentityAwareProxy(
        to service: String,
        audience: IdentityAwareProxyAudience,
        user: TestCaller = .user,
        port: UInt16 = 0
    ) async throws -> EmulatedIdentityAwareProxy {
        let target = try ProxyTarget(service)
        let profile = TrustProfile.identityAwareProxy
        let audience = try IDTokenVerifier.TrustedIssuer.identityAwareProxy.claims([audience]).first ?? ""
        guard let address = ListenAddress(self.standIn.settings.address) else {
            throw EmulatorError(.configurationInvalid, "the address is not an IP address; give one of this machine.")
        }
        let (standIn, onAnswer) = (self.standIn, self.standIn.settings.onAnswer)
        let server = try await LocalServer.start(on: address, port: port) { channel in
            try ProxyHandler.configure(
                channel.pipeline.syncOperations,
                target: target,
                log: { method, path, status in
                    onAnswer?(
                        Answer(method: method, path: path, status: status, note: "of the service behind the proxy")
                    )
                },
                fields: { () throws(TestIssuerError) in
                    let assertion = try standIn.mint(of: profile, for: audience, caller: user)
                    return [
                        profile.headerField(carrying: assertion),
                        ("X-Goog-Authenticated-User-Email", "accounts.google.com:\(user.email)"),
                        ("X-Goog-Authenticated-User-ID", "accounts.google.com:\(user.subject)"),
                    ]
                }
            )
        }
        return EmulatedIdentityAwareProxy(server)
    }
}

/// The service behind a proxy.
struct ProxyTarget: Sendable {
    let host: String
    let port: Int

    /// - Parameter url: A URL with `http`, without a path.
    /// - Throws: ``EmulatorError`` if it is another one.
    init(_ url: String) throws(EmulatorError) {
        guard let parts = URLComponents(string: url), parts.scheme?.lowercased() == "http", let host = parts.host,
            !host.isEmpty, parts.path.isEmpty || parts.path == "/", parts.query == nil, parts.user == nil,
            1...65_535 ~= parts.port ?? 80
        else {
            throw EmulatorError(
                .configurationInvalid,
                "the URL of the service behind the proxy cannot be used; give one with http, a host and a port, and without "
                    + "a path, such as http://127.0.0.1:8080."
            )
        }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        self.port = parts.port ?? 80
    }
}
#endif
