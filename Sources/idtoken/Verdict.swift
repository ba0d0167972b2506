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

/// How a verdict is printed.
enum VerdictFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}

/// What came out of a verification.
struct Verdict {
    let result: Result<VerifiedIDToken, VerificationError>
    let time: Date
    /// Which callers were asked for, in words.
    let callers: String
    /// What is to be said of the key, beside that its signature holds.
    var note: String?

    /// The exit status, or nil for success.
    var status: CommandFailure.Status? {
        switch self.result {
        case .success: nil
        case .failure(let error): error.disposition == .undecided ? .keysUnavailable : .rejected
        }
    }

    /// Prints the verdict: JSON always to standard output, words to standard error if they tell of a failure.
    func write(as format: VerdictFormat) throws {
        switch (format, self.result) {
        case (.json, _): try StandardStreams.printLine(self.json.json)
        case (.text, .success(let token)): try StandardStreams.printLine(self.text(token))
        case (.text, .failure(let error)): StandardStreams.report("\(error.code.rawValue): \(error.explanation)")
        }
    }

    /// Prints JSON where there is no verdict, since something could not be read.
    static func writeNone(_ explanation: String) throws {
        let members = [("verdict", "none"), ("explanation", explanation.withoutCredentials)]
        try StandardStreams.printLine(
            IDTokenJSON.object(members.map { ($0.0, .string($0.1)) }).json
        )
    }

    private func text(_ token: VerifiedIDToken) -> String {
        let vouched =
            token.keyID.map { "the signature holds, key \(IDTokenJSON.string($0).json)" }
            ?? "NOT by signature: Cloud Run removed it, and is trusted to have checked it"
        let email = token.email.map { Self.plain($0) + (token.isEmailVerified ? " (verified)" : " (NOT verified)") }
        let rows: [(String, String?)] = [
            ("verified", vouched),
            ("archive", self.note),
            ("caller", email ?? "no e-mail address in the token"),
            ("subject", Self.plain(token.subject)),
            ("domain", token.hostedDomain.map { Self.plain($0) }),
            ("audience", token.audiences.map { Self.plain($0) }.joined(separator: ", ")),
            ("issuer", Self.plain(token.issuer)),
            ("issued", token.issuedAt.utc),
            ("expires", token.expiresAt.utc),
            ("judged at", self.time.utc),
            ("may call", self.callers.printable),
        ]
        return
            rows.compactMap { name, value in
                value.map { name.padding(toLength: 10, withPad: " ", startingAt: 0) + $0 }
            }
            .joined(separator: "\n")
    }

    private var json: IDTokenJSON {
        var members: [(name: String, value: IDTokenJSON)] = []
        switch self.result {
        case .success(let token):
            members = [
                ("verdict", .string("verified")),
                ("assurance", .string(token.assurance.rawValue)),
                ("keyID", token.keyID.map { .string($0) } ?? .null),
                ("header", token.credentialHeader.map { .string($0.rawValue) } ?? .null),
                ("claims", token.allClaims),
            ]
            if let note { members.append(("archive", .string(note))) }
        case .failure(let error):
            members = [
                ("verdict", .string(error.disposition.rawValue)),
                ("code", .string(error.code.rawValue)),
                ("explanation", .string(error.explanation)),
            ]
        }
        members.append(("judgedAt", .string(self.time.utc)))
        members.append(("callers", .string(self.callers)))
        return .object(members)
    }

    /// A claim as it is, if a terminal can take it, else escaped.
    private static func plain(_ claim: String) -> String {
        claim.utf8.allSatisfy { 0x20...0x7E ~= $0 } ? claim : IDTokenJSON.string(claim).json
    }
}
#endif
