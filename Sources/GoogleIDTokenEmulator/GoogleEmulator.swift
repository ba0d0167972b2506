//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import IDTokenPlatform

/// An emulator of Google on this machine: key documents, a metadata server, token endpoints, IAM Credentials, and faults.
///
/// ```swift
/// let emulator = try await GoogleEmulator.start()
/// let verifier = try IDTokenVerifier(
///     audience: "https://service.example.com",
///     callers: .serviceAccounts(TestCaller.serviceAccount.email),
///     keys: emulator.keys)
/// let token = try emulator.token(for: "https://service.example.com")
/// let caller = try await verifier.verify(token: token)
/// await emulator.stop()
/// ```
/// It speaks HTTP, so that the service under test and the clients that call it need not run in the test's process:
/// ``environment`` makes Google's client libraries use it. Any number of emulators can run side by side, each on a port of
/// its own. An emulator stops when ``stop()`` is called or when it is released; ``withGoogleEmulator(_:during:)`` stops
/// it in every case.
///
/// - Important: Every client that can reach the emulator gets any token that it asks for. It listens on this machine only,
///   unless ``Configuration/address`` says otherwise. Give its keys only to verifiers in tests.
public final class GoogleEmulator: Sendable {
    /// The base of its URLs, such as `http://127.0.0.1:40123`, without a slash at the end.
    public let url: String
    let standIn: StandIn
    private let server: LocalServer

    /// The base of the emulator's own URLs, as the client of a request knows it.
    private static func base(of request: LocalRequest, _ address: ListenAddress) -> String {
        "\(request.isSecure ? "https" : "http")://\(request.header("host") ?? address.host)"
    }

    private init(standIn: StandIn, server: LocalServer) {
        self.standIn = standIn
        self.server = server
        self.url = server.url
    }

    /// Starts an emulator.
    ///
    /// - Parameter configuration: The settings.
    /// - Returns: The emulator, which listens already.
    /// - Throws: ``EmulatorError`` if the settings are not valid, or if it cannot listen.
    public static func start(
        _ configuration: Configuration = Configuration()
    ) async throws(EmulatorError) -> GoogleEmulator {
        guard let address = ListenAddress(configuration.address) else {
            throw EmulatorError(
                .configurationInvalid,
                "the address is not an IP address; give one of this machine, such as 127.0.0.1 or ::1."
            )
        }
        guard 0...86_400 ~= configuration.keysMaximumAge else {
            throw EmulatorError(
                .configurationInvalid,
                "the maximum age of the keys is out of range; give 0 to 86400 seconds (1 day)."
            )
        }
        guard 1...86_400 ~= configuration.tokenLifetime else {
            throw EmulatorError(
                .configurationInvalid,
                "the lifetime of tokens is out of range; give 1 to 86400 seconds (1 day)."
            )
        }
        let standIn = try StandIn(configuration)
        let onAnswer = configuration.onAnswer
        let server = try await LocalServer.start(
            on: address,
            port: configuration.port,
            tunnels: LocalServer.Tunnels(hosts: StandIn.knownHosts, authority: standIn.authority),
            log: { method, path, answer in
                onAnswer?(Answer(method: method, path: path, status: answer.status, note: answer.note))
            },
            answerAtOnce: { standIn.answerAtOnce($0, url: Self.base(of: $0, address)) },
            answer: { await standIn.answer($0, url: Self.base(of: $0, address)) }
        )
        return GoogleEmulator(standIn: standIn, server: server)
    }

    /// Stops the emulator for good, and closes its connections.
    public func stop() async {
        await self.server.stop()
    }
}

/// Runs an emulator of Google while a closure runs.
///
/// ```swift
/// try await withGoogleEmulator { emulator in
///     let token = try emulator.token(for: "https://service.example.com", defect: .expired)
/// }
/// ```
///
/// - Parameters:
///   - configuration: The emulator's settings.
///   - body: The closure; the emulator listens when it begins and stops when it ends.
/// - Returns: What `body` returns.
/// - Throws: ``EmulatorError`` if the emulator cannot be started, and what `body` throws.
public func withGoogleEmulator<Result>(
    _ configuration: GoogleEmulator.Configuration = GoogleEmulator.Configuration(),
    during body: (GoogleEmulator) async throws -> Result
) async throws -> Result {
    let emulator = try await GoogleEmulator.start(configuration)
    do {
        let result = try await body(emulator)
        await emulator.stop()
        return result
    } catch {
        await emulator.stop()
        throw error
    }
}
#endif
