//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import GoogleIDTokenCredentials

/// `idtoken fetch`: fetches an ID token for an audience, with whatever credentials there are.
struct FetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Fetch an ID token for a call, and write it to standard output.",
        discussion: """
            Nothing but the token is written to standard output, so that one line makes a call:
              curl -H "Authorization: Bearer $(idtoken fetch --audience "$URL")" "$URL"
            Process lists show the token of that line. This one keeps it out of them:
              idtoken fetch --audience "$URL" --header | curl -H @- "$URL"
            The exit status is 1 if Google refuses, 64 if the arguments are wrong, 74 if a credential file cannot be used, \
            and 75 if a server cannot be reached or fails.
            """
    )

    @Option(help: "The receiver's audience: for Cloud Run the service's URL without a path.")
    var audience: String

    @Option(
        help: """
            Where credentials come from: 'default' (the file that GOOGLE_APPLICATION_CREDENTIALS names, else gcloud's file, \
            else the metadata server), 'metadata', 'metadata:ACCOUNT', or 'file:PATH' (a credential file).
            """
    )
    var source: FetchSource = .default

    @Option(help: "The e-mail address or unique ID of a service account to impersonate with these credentials.")
    var impersonate: String?

    @Option(
        help: "A host besides Google's to which a credential file may send its secrets. The option can be repeated."
    )
    var trustedHost: [String] = []

    @Flag(help: "Write the whole header field, 'Authorization: Bearer TOKEN', as 'curl -H @-' reads it.")
    var header = false

    @Flag(
        help:
            "Say on standard error which credentials were found, what each server answered, and when the token expires."
    )
    var explain = false

    func run() async throws {
        let explanation = FetchExplanation(isWanted: self.explain)
        var configuration = IDTokenCredentials.Configuration()
        configuration.trustedHosts = self.trustedHost
        configuration.onEvent = { explanation.report($0) }
        let token: IDTokenCredentials.Token
        do throws(IDTokenCredentialsError) {
            explanation.report(self.source)
            let credentials = try self.source.credentials(impersonating: self.impersonate, configuration)
            explanation.report(source: credentials.health.source)
            token = try await credentials.token(for: self.audience)
        } catch {
            explanation.report(error)
            throw CommandFailure(error, isImpersonating: self.impersonate != nil)
        }
        explanation.report(token)
        try StandardStreams.printLine(self.header ? "Authorization: Bearer \(token.text)" : token.text)
    }
}

extension CommandFailure {
    /// The failure for a token that cannot be fetched.
    ///
    /// - Parameters:
    ///   - error: Why it cannot be fetched.
    ///   - isImpersonating: Whether a service account was to be impersonated.
    init(_ error: IDTokenCredentialsError, isImpersonating: Bool) {
        let status: Status =
            switch (error.code, error.disposition) {
            case (.audienceInvalid, _), (.argumentInvalid, _): .usage
            // The metadata server says so.
            case (.accountMissing, _), (_, .refused): .rejected
            case (_, .misconfigured): .unreadableInput
            case (_, .unavailable), (_, .cancelled): .keysUnavailable
            }
        let option: String =
            switch error.code {
            case .credentialUnsupported where !isImpersonating:
                " With this command, --impersonate ACCOUNT impersonates a service account."
            case .urlNotAllowed: " With this command, --trusted-host HOST names it."
            default: ""
            }
        self.init(status: status, message: "\(error.code.rawValue): \(error.explanation)\(option)")
    }
}
#endif
