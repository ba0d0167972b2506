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

/// `idtoken inspect`: what a token says, believed or not.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what a token says without verifying it.",
        discussion: "Whatever is shown may be forged: nothing is checked against Google's keys."
    )

    @OptionGroup var credential: CredentialInput

    func run() async throws {
        do {
            try StandardStreams.printLine(try self.report())
        } catch let error as VerificationError {
            throw CommandFailure(status: .rejected, message: error.description)
        }
    }

    private func report() throws -> String {
        let text =
            switch try self.credential.read() {
            case .token(let token): token
            case .headers(let headers): try IDTokenVerifier.credential(in: headers)
            }
        let token = try CompactToken(parsing: text, maximumSize: IDTokenVerifier.Configuration().maximumTokenSize)
        let header = try? JSONReader.read(token.header)
        let claims = try? JSONReader.read(token.payload)
        let signature =
            token.isSignatureRemoved ? "removed by Google" : "\(token.signature.count) bytes, not checked"
        return
            ([
                "UNVERIFIED: anyone can have written this; 'idtoken verify' tells whether Google did.",
                "likely kind  \(TokenKind(claims: claims?.objectValue).rawValue)",
                "signature    \(signature)",
            ] + Self.times(claims?.objectValue) + [
                "header       \(header?.indentedJSON ?? "not JSON that a verifier accepts")",
                "claims       \(claims?.indentedJSON ?? "not JSON that a verifier accepts")",
            ])
            .joined(separator: "\n")
    }

    private static func times(_ claims: [IDTokenJSON.Member]?) -> [String] {
        let now = Date()
        return [("iat", "issued"), ("nbf", "valid from"), ("exp", "expires")]
            .compactMap { name, words -> String? in
                guard let seconds = claims?[name]?.doubleValue else { return nil }
                let label = words.padding(toLength: 13, withPad: " ", startingAt: 0)
                // Beyond a few thousand years a calendar has nothing to say.
                guard abs(seconds) < 1e11 else { return "\(label)\(seconds) seconds since 1970" }
                let date = Date(timeIntervalSince1970: seconds)
                return "\(label)\(date.utc), \(date.timeIntervalSince(now).distanceInWords)"
            }
    }
}

extension TimeInterval {
    /// How far away a time is, in its largest unit.
    fileprivate var distanceInWords: String {
        let units: [(name: String, seconds: Double)] = [("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)]
        let unit = units.first { abs(self) >= $0.seconds } ?? ("second", 1)
        let count = Int((abs(self) / unit.seconds).rounded(.down))
        let amount = "\(count) \(unit.name)\(count == 1 ? "" : "s")"
        return self < 0 ? "\(amount) ago" : "in \(amount)"
    }
}
#endif
