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

/// `idtoken emulate`: runs a stand-in for Google on this machine.
struct EmulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emulate",
        abstract: "Run a local emulator of Google with keys, a metadata server, token endpoints and faults.",
        discussion: """
            The command prints the settings for client libraries, and runs until it is stopped. Every client that can \
            connect to it gets any token that it asks for, so no real service may trust its keys. Tests in Swift can run \
            the same emulator in their own process, with the product GoogleIDTokenEmulator.
            With --proxy-to, it also runs a proxy in front of a service that adds the header fields of Identity-Aware \
            Proxy, with one user for all requests.
            """
    )

    @Option(help: "The port to listen on, or 0 for any free port.")
    var port: UInt16 = 8_181

    @Option(help: "The IP address to listen on.")
    var listen: ListenAddress = .loopback

    @Flag(help: "Allow --listen to be an address that other machines can reach.")
    var beyondLoopback = false

    @Option(help: "Write credential files to this folder: a service account's key, an external account and others.")
    var folder: String?

    @Option(help: "The e-mail address of the service account to which the metadata server gives tokens.")
    var serviceAccount = TestCaller.serviceAccount.email

    @Option(help: "The project's ID.")
    var project = "my-project"

    @Option(help: "How long clients may keep the keys, in seconds, from 0 to 86400 (1 day).")
    var maxAge = 21_600

    @Option(help: "How long ID tokens are valid, in seconds; Google's are valid for an hour.")
    var tokenLifetime = 3_600

    @Option(
        help: "Change the signing key after this many seconds, from 1 to 2592000 (30 days). (default: only on request)"
    )
    var rotateEvery: Int?

    @Flag(help: "Begin with built-in keys, which are public and the same in every run.")
    var knownKeys = false

    @OptionGroup var proxy: ProxyOptions

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
        guard 1...86_400 ~= self.tokenLifetime else {
            throw ValidationError("--token-lifetime is out of range; give 1 to 86400 seconds (1 day).")
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
        if !self.listen.isLoopback {
            StandardStreams.report("warning: other machines can get any token from \(self.listen.text).")
        }
        do {
            let emulator = try await GoogleEmulator.start(self.configuration)
            let files = try self.folder.map { try emulator.writeCredentialFiles(to: $0) }
            let proxy = try await self.proxy.start(with: emulator)
            let settings = ClientSettings(emulator: emulator, files: files, proxyURL: proxy?.url)
            try StandardStreams.print(Array(settings.text.utf8))
            defer { withExtendedLifetime(proxy) {} }
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(self.rotateEvery ?? 24 * 60 * 60))
                if self.rotateEvery != nil { try emulator.rotateKeys() }
            }
        } catch let error as EmulatorError {
            throw CommandFailure(error)
        } catch let error as IDTokenVerifier.ConfigurationError {
            throw CommandFailure(error)
        }
    }

    private var configuration: GoogleEmulator.Configuration {
        var configuration = GoogleEmulator.Configuration()
        configuration.serviceAccount = TestCaller(email: self.serviceAccount)
        configuration.project = self.project
        configuration.address = self.listen.text
        configuration.port = self.port
        configuration.keysMaximumAge = self.maxAge
        configuration.tokenLifetime = self.tokenLifetime
        configuration.usesBuiltInKeys = self.knownKeys
        if !self.quiet {
            configuration.onAnswer = { answer in
                let note = answer.note.map { " (\($0))" } ?? ""
                StandardStreams.report("\(answer.status) \(answer.method) \(answer.printablePath)\(note)")
            }
        }
        return configuration
    }
}

extension GoogleEmulator.Answer {
    /// The beginning of the path, without characters that a terminal could obey as commands.
    fileprivate var printablePath: String {
        String(
            decoding: self.path.utf8.filter { UInt8(ascii: "!")...UInt8(ascii: "~") ~= $0 }.prefix(200),
            as: UTF8.self
        )
    }
}

extension ListenAddress: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }

    package var defaultValueDescription: String { self.text }
}

extension CommandFailure {
    /// The failure for an emulator that cannot be started.
    init(_ error: EmulatorError) {
        let status: Status =
            switch error.code {
            case .configurationInvalid: .usage
            case .filesUnwritable: .unreadableInput
            default: .unavailable
            }
        self.init(status: status, message: error.explanation)
    }
}
#endif
