//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenCredentials

/// What `idtoken fetch` says on standard error: warnings always, the steps only with `--explain`.
struct FetchExplanation: Sendable {
    let isWanted: Bool

    /// Reports that the credentials come from the place that an option names.
    func report(_ source: FetchSource) {
        switch source {
        case .default: break
        case .metadataServer: self.note("search", "--source names the metadata server")
        case .file(let path): self.note("search", "--source names the file \(path.quotedForOperators)")
        }
    }

    /// Reports an event while credentials are found and used.
    func report(_ event: IDTokenCredentials.Event) {
        switch event {
        case .searched(let step): self.note("search", step.description)
        case .requested(let request):
            let outcome = request.failure ?? request.status.map { "status \($0)" } ?? "done"
            let attempt = request.attempt > 1 ? " (attempt \(request.attempt))" : ""
            self.note("request", "\(request.target): \(outcome)\(attempt)")
        case .clockOffset(let offset):
            let distance = durationInWords(seconds: offset.inSeconds)
            self.note(
                "clock",
                "this machine's clock is \(distance) \(offset > .zero ? "ahead of" : "behind") the server's"
            )
        case .fileReadableByOthers(let path):
            StandardStreams.report(
                "warning: all users of this machine can read the credential file \(path.quotedForOperators), which contains a "
                    + "secret; take that right away with chmod 600."
            )
        case .fileNamesUniverse(let path, let domain):
            StandardStreams.report(
                "warning: the credential file \(path.quotedForOperators) sends its secrets to hosts on \(domain) instead of "
                    + "googleapis.com; use it only if this is your own cloud."
            )
        // The token and the error themselves are reported.
        case .tokenFetched, .fetchFailed: break
        @unknown default: break
        }
    }

    /// Reports which credentials will be used.
    func report(source: String) {
        self.note("source", source)
    }

    /// Reports a token, without the token itself.
    func report(_ token: IDTokenCredentials.Token) {
        let seconds = token.expiresAt.timeIntervalSinceNow
        self.note("token", "for \(token.audience.quotedForOperators), of \(Self.identity(in: token.text))")
        self.note("token", "expires at \(token.expiresAt.utc), in \(durationInWords(seconds: seconds))")
    }

    /// Reports why there is no token; the explanation follows as the command's error.
    func report(_ error: IDTokenCredentialsError) {
        self.note("failed", "\(error.disposition.rawValue), \(error.code.rawValue)")
    }

    /// Whom the token names.
    private static func identity(in token: String) -> String {
        let payload = try? CompactToken(parsing: token[...], maximumSize: 64 * 1024).payload
        let claims = payload.flatMap { try? JSONReader.read($0) }
        return (claims?["email"]?.stringValue).map(\.quotedForOperators)
            ?? (claims?["sub"]?.stringValue).map { "the subject \($0.quotedForOperators), without an e-mail address" }
            ?? "an identity that it does not name"
    }

    private func note(_ step: String, _ words: String) {
        guard self.isWanted else { return }
        let label = step.padding(toLength: 8, withPad: " ", startingAt: 0)
        StandardStreams.note("\(label) \(words.withoutCredentials.printable)")
    }
}
#endif
