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

/// `idtoken inspect`: shows the content of a token without verifying it.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show the content of a token without verifying it.",
        discussion: "The content may be forged, because the signature is not checked."
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
        let text: String
        var place: [String] = []
        switch try self.credential.read() {
        case .token(let token): text = token
        case .headers(let headers):
            let credential = try IDTokenVerifier.credential(in: headers)
            text = credential.token
            let others = credential.otherHeaders.map(\.rawValue).joined(separator: ", ")
            place = ["found in     \(credential.header.rawValue)" + (others.isEmpty ? "" : "; not shown: \(others)")]
        }
        let token = try CompactToken(parsing: text, maximumSize: IDTokenVerifier.Configuration().maximumTokenSize)
        let header = try? JSONReader.read(token.header)
        let claims = try? JSONReader.read(token.payload)
        let kind = TokenKind(claims: claims?.objectValue)
        let signature =
            token.isSignatureRemoved ? "removed by Google" : "\(token.signature.count) bytes, not checked"
        return
            ([
                "UNVERIFIED: anyone can have written this token; 'idtoken verify' checks whether Google signed it.",
                "likely kind  \(kind.words)",
                "verify with  \(kind.issuerName.map { "--issuer \($0)" } ?? "nothing: no --issuer accepts its issuer")",
                "signature    \(signature)",
            ] + place + Self.times(claims?.objectValue) + [
                "header       \(header?.indentedJSON ?? "not JSON that a verifier accepts")",
                "claims       \(claims?.indentedJSON ?? "not JSON that a verifier accepts")",
            ])
            .joined(separator: "\n")
    }

    private static func times(_ claims: [IDTokenJSON.Member]?) -> [String] {
        let now = Date().timeIntervalSince1970
        return [("iat", "issued"), ("nbf", "valid from"), ("exp", "expires")]
            .compactMap { name, words -> String? in
                guard let seconds = claims?[name]?.doubleValue else { return nil }
                let label = words.padding(toLength: 13, withPad: " ", startingAt: 0)
                let distance = durationInWords(seconds: seconds - now)
                return "\(label)\(seconds.utcText), \(seconds < now ? "\(distance) ago" : "in \(distance)")"
            }
    }
}
#endif
