//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import Foundation
internal import GoogleIDToken
internal import IDTokenBytes

/// `idtoken verify`: verifies one credential and prints the verdict.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify one token, from headers, a file or standard input.",
        discussion: """
            Examples:
              idtoken verify --token-file captured.jwt --keys keys.json \\
                --audience https://service.example --at 2026-01-31T12:00:00Z
              idtoken verify --issuer firebase:my-project < token
            """
    )

    @OptionGroup var credential: CredentialInput

    @OptionGroup var issuerOption: IssuerOption

    @Option(
        help: """
            An audience that the token may have. The option can be repeated; tokens of Firebase have that of their \
            project.
            """
    )
    var audience: [String] = []

    @Option(
        help: CallerArgument.help,
        transform: CallerArgument.init
    )
    var caller: [CallerArgument] = []

    @Option(
        help: """
            The SHA-256 of the certificate of the client's connection, in base64url, for a token that is bound to it \
            (claim cnf).
            """,
        transform: Self.clientCertificate
    )
    var clientCertificate: ClientCertificate?

    @OptionGroup var keySource: KeySourceOption

    @Option(
        help: "The time at which the token must be valid: 2026-01-31T12:00:00Z, or seconds since 1970. (default: now)"
    )
    var at: TimeArgument?

    @Option(help: "How to print the verdict: text or json.")
    var format: VerdictFormat = .text

    func validate() throws {
        _ = try self.issuerOption.audiences(self.audience)
    }

    func run() async throws {
        let verdict: Verdict
        do {
            verdict = try await self.verdict()
        } catch let failure as CommandFailure {
            if self.format == .json { try Verdict.writeNone(failure.message) }
            throw failure
        }
        try verdict.write(as: self.format)
        if let status = verdict.status { throw ExitCode(status.rawValue) }
    }

    private func verdict() async throws -> Verdict {
        let parties = AcceptedParties(
            profile: self.issuerOption.issuer,
            audiences: try self.issuerOption.audiences(self.audience),
            callers: self.caller
        )
        let time = self.at?.date ?? Date()
        var note: String?
        var result: Result<VerifiedIDToken, VerificationError>
        do {
            let keys = try await self.keySource.open(for: parties)
            let credential = try self.credential.read()
            result = self.verify(credential, with: keys.verifier, at: time)
            // Google may have published the key after the cached document was fetched.
            if keys.isFromCache, case .failure(let error) = result, error.code == .keyUnknown {
                let newer = try await self.keySource.open(for: parties, refetching: true)
                result = self.verify(credential, with: newer.verifier, at: time)
            }
            if case .success(let token) = result { note = token.keyID.flatMap { keys.notes.vouching[ExactString($0)] } }
        } catch let error as VerificationError {
            result = .failure(error)
        }
        return Verdict(
            result: result,
            time: time,
            callers: self.caller.isEmpty ? "any, since no --caller is given" : self.caller.list,
            note: note
        )
    }

    private static func clientCertificate(_ text: String) throws -> ClientCertificate {
        let bytes = Bytes.decodeBase64URL(text.utf8.span)
        guard let certificate = bytes.flatMap({ ClientCertificate(sha256: $0) }) else {
            throw ValidationError("it is not the base64url of a SHA-256, which has 43 characters without padding")
        }
        return certificate
    }

    private func verify(
        _ credential: CredentialInput.Credential,
        with verifier: IDTokenVerifier,
        at time: Date
    ) -> Result<VerifiedIDToken, VerificationError> {
        let verifier = verifier.withClientCertificate(self.clientCertificate)
        return Result { () throws(VerificationError) in
            switch credential {
            case .headers(let headers): try verifier.verifyWithoutFetching(headers: headers, at: time)
            case .token(let token): try verifier.verifyWithoutFetching(token: token, at: time)
            }
        }
    }
}

/// One or several callers on the command line, in the syntax of a caller policy.
struct CallerArgument {
    static let help: ArgumentHelp = """
        Who may call: serviceAccount:E-MAIL, user:E-MAIL, subject:ID, domain:NAME or any; of other issuers also \
        accessLevel:NAME, tenant:ID, signInProvider:NAME, agents:SPIFFE-ID. The option can be repeated. (default: any)
        """

    let text: String
    let policy: CallerPolicy

    init(_ argument: String) throws {
        do throws(IDTokenVerifier.ConfigurationError) {
            self.policy = try CallerPolicy(parsing: argument)
        } catch {
            // An error may quote a part of the argument, in which a credential is no longer recognised.
            let isSafe = argument.withoutCredentials.utf8.elementsEqual(argument.utf8)
            throw ValidationError(isSafe ? error.explanation : "it names no caller, and may be a credential")
        }
        self.text = argument
    }
}
#endif
