//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import Foundation
internal import GoogleIDTokenTesting

/// `idtoken emulate`: a stand-in for Google on this machine.
struct EmulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emulate",
        abstract: "Run a local stand-in for Google: keys, metadata server, token endpoints, faults.",
        discussion: """
            It prints what to export for each client library, and runs until it is stopped. Whoever can reach it can \
            have any token from it, so nothing real may trust its keys. It is for clients of your own on this machine: \
            a hostile one can keep it busy, for instance with a header line of 300 KB.
            """
    )

    @Option(help: "The port to listen on; 0 for any that is free.")
    var port: UInt16 = 8_181

    @Option(help: "The IP address to listen on.")
    var listen: ListenAddress = .loopback

    @Flag(help: "Let --listen be an address that other machines can reach.")
    var beyondLoopback = false

    @Option(help: "Write a service account's key file and an external account's file into this folder.")
    var folder: String?

    @Option(help: "The e-mail address of the service account that this machine runs as.")
    var serviceAccount = TestCaller.serviceAccount.email

    @Option(help: "The project's ID.")
    var project = "my-project"

    @Option(help: "For how many seconds keys may be kept: 0 to 86400.")
    var maxAge = 21_600

    @Option(help: "Sign with another key every so many seconds: 1 to 2592000. (default: only when told to)")
    var rotateEvery: Int?

    @Flag(help: "Begin with keys that are the same in every run, and that everybody knows.")
    var knownKeys = false

    @Flag(help: "Do not write a line for each request to standard error.")
    var quiet = false

    func validate() throws {
        guard self.listen.isLoopback || self.beyondLoopback else {
            throw ValidationError(
                "\(self.listen.text) can be reached from other machines, and whoever reaches the stand-in can have "
                    + "any token from it; if that is meant, add --beyond-loopback."
            )
        }
        guard 0...86_400 ~= self.maxAge else { throw ValidationError("--max-age must be 0 to 86400 seconds.") }
        guard 1...2_592_000 ~= self.rotateEvery ?? 1 else {
            throw ValidationError("--rotate-every must be 1 to 2592000 seconds.")
        }
        guard self.serviceAccount.contains("@"), !self.serviceAccount.contains(where: { "/:?#% \n".contains($0) })
        else { throw ValidationError("--service-account must be an e-mail address.") }
    }

    func run() async throws {
        let standIn = StandIn(
            StandIn.Settings(
                account: TestCaller(email: self.serviceAccount),
                project: self.project,
                keysMaximumAge: self.maxAge
            ),
            issuer: self.knownKeys ? try TestIssuer(key: .first) : try .withFreshKey(),
            next: self.knownKeys ? try TestIssuer(key: .second) : try .withFreshKey(),
            // Nobody needs this key to have any token from the stand-in.
            accountKey: try TestIssuer(key: .third)
        )
        if !self.listen.isLoopback {
            StandardStreams.report("warning: other machines can have any token from \(self.listen.text).")
        }
        let quiet = self.quiet
        try await standIn.serve(on: self.listen, port: self.port) { request, answer in
            if !quiet { StandardStreams.report("\(answer.status) \(request.method) /\(request.printablePath)") }
        } during: { server in
            let files = try self.folder.map { try CredentialFiles(in: $0, of: standIn, url: server.url) }
            try StandardStreams.print(Array(ClientSettings(url: server.url, files: files).text.utf8))
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(self.rotateEvery ?? 24 * 60 * 60))
                if self.rotateEvery != nil { standIn.rotate(next: try .withFreshKey()) }
            }
        }
    }
}

extension StandIn {
    /// Serves the stand-in for as long as something else lasts.
    func serve<Result: Sendable>(
        on address: ListenAddress = .loopback,
        port: UInt16 = 0,
        log: @escaping @Sendable (LocalRequest, LocalAnswer) -> Void = { _, _ in },
        during body: @escaping @Sendable (LocalServer) async throws -> Result
    ) async throws -> Result {
        try await LocalServer.run(on: address, port: port) { request in
            let host = request.header("Host") ?? address.host
            let answer = await self.answer(request, url: "http://\(host)")
            log(request, answer)
            return answer
        } during: { server in
            try await body(server)
        }
    }
}

extension LocalRequest {
    /// The path with nothing in it that could disturb a terminal.
    fileprivate var printablePath: String {
        String(
            String.UnicodeScalarView(self.path.joined(separator: "/").unicodeScalars.filter { "!"..."~" ~= $0 })
                .prefix(200)
        )
    }
}
#endif
