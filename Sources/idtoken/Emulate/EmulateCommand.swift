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

/// `idtoken emulate`: runs a stand-in for Google on this machine.
struct EmulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emulate",
        abstract: "Run a local stand-in for Google with keys, a metadata server, token endpoints and faults.",
        discussion: """
            The command prints the settings for client libraries, and runs until it is stopped. Every client that can \
            connect to it gets any token that it asks for, so no real service may trust its keys. Use it with your own \
            clients on this machine only: a hostile client can keep it busy, for example with a header line of 300 KB.
            """
    )

    @Option(help: "The port to listen on, or 0 for any free port.")
    var port: UInt16 = 8_181

    @Option(help: "The IP address to listen on.")
    var listen: ListenAddress = .loopback

    @Flag(help: "Allow --listen to be an address that other machines can reach.")
    var beyondLoopback = false

    @Option(help: "Write the key file of a service account and the file of an external account to this folder.")
    var folder: String?

    @Option(help: "The e-mail address of the service account to which the metadata server gives tokens.")
    var serviceAccount = TestCaller.serviceAccount.email

    @Option(help: "The project's ID.")
    var project = "my-project"

    @Option(help: "How long clients may keep the keys, in seconds, from 0 to 86400 (1 day).")
    var maxAge = 21_600

    @Option(
        help: "Change the signing key after this many seconds, from 1 to 2592000 (30 days). (default: only on request)"
    )
    var rotateEvery: Int?

    @Flag(help: "Begin with built-in keys, which are public and the same in every run.")
    var knownKeys = false

    @Flag(help: "Do not write a line for each request to standard error.")
    var quiet = false

    func validate() throws {
        guard self.listen.isLoopback || self.beyondLoopback else {
            throw ValidationError(
                "Other machines can reach \(self.listen.text), and would get any token that they ask for; to allow "
                    + "this, add --beyond-loopback."
            )
        }
        guard 0...86_400 ~= self.maxAge else {
            throw ValidationError("--max-age is out of range; give 0 to 86400 seconds (1 day).")
        }
        guard 1...2_592_000 ~= self.rotateEvery ?? 1 else {
            throw ValidationError("--rotate-every is out of range; give 1 to 2592000 seconds (30 days).")
        }
        guard self.serviceAccount.contains("@"), !self.serviceAccount.contains(where: { "/:?#% \n".contains($0) })
        else {
            throw ValidationError(
                "--service-account is not an e-mail address; give one such as name@project.iam.gserviceaccount.com."
            )
        }
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
            // A public key is good enough: every client gets any token from the stand-in anyway.
            accountKey: try TestIssuer(key: .third)
        )
        if !self.listen.isLoopback {
            StandardStreams.report("warning: other machines can get any token from \(self.listen.text).")
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
    /// Runs a server with the stand-in while a closure runs.
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
    /// The beginning of the path, without characters that a terminal could obey as commands.
    fileprivate var printablePath: String {
        String(
            String.UnicodeScalarView(self.path.joined(separator: "/").unicodeScalars.filter { "!"..."~" ~= $0 })
                .prefix(200)
        )
    }
}
#endif
