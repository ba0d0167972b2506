//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import idtoken

/// No message about arguments repeats a credential, or a piece of one, that was given by mistake.
@Suite("secrets in arguments") struct ArgumentSecretsTests {
    /// Credentials and pieces of them, as people copy them out of headers, files and URLs.
    static let secrets: [String] = {
        let token = (try? String(contentsOf: Self.tokenFile, encoding: .utf8))?.trimmingCharacters(in: .newlines) ?? ""
        let segments = token.split(separator: ".").map(String.init)
        guard segments.count == 3 else { return [] }
        return segments + [
            token, segments[0...1].joined(separator: "."), segments[1...2].joined(separator: "."),
            token.replacingOccurrences(of: ".", with: "%2E"), token.replacingOccurrences(of: ".", with: "%2e"),
            "\(segments[1])%2E\(segments[2])", "." + segments[2], String(segments[2].prefix(60)),
            String(segments[2].suffix(40)),
            String(segments[1].dropFirst(5).prefix(80)), "1//0gFakeRefreshTokenAbCdEfGh12345678-IjKlMnOpQrStUv",
            "ya29.a0AfH6SMBx1234567890abcdefghijklmnopqrstuvwxyz", "gho_16C7e42F292c6912E7710c838347Ae178B4a",
            "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz0123456789", "GOCSPX-aBcDeFgHiJkLmNoPqRsTuVwXyZ01",
            "AIzaSyA1234567890abcdefghijklmnopqrstuv", "Bearer " + token,
            "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw\n-----END PRIVATE KEY-----",
        ]
    }()

    private static let tokenFile = Command.projectRoot.appending(path: "Fixtures/tokens/valid.jwt")

    /// Command lines in which a credential stands where something else belongs.
    private static func lines(_ secret: String) -> [[String]] {
        let options = [
            ["verify", "--at"], ["verify", "--format"], ["verify", "--caller"], ["audit", "--at"],
            ["audit", "--input"],
            ["audit", "--format"], ["audit", "--resume-after"], ["keys", "archive", "x", "--seen"],
            ["emulate", "--port"],
            ["emulate", "--listen"], ["fetch", "--source"], ["emulate", "--max-age"], ["emulate", "--service-account"],
            ["inspect", "--at"],
        ]
        let verbs = [["verify"], ["inspect"], ["keys", "fetch"], ["keys", "list"], ["fetch"], ["emulate"], ["demo"]]
        var lines = [[secret], ["--\(secret)"], ["-\(secret)"], ["--token", secret], ["--token=\(secret)"]]
        for verb in verbs {
            lines.append(verb + [secret, secret])
            lines.append(verb + ["--\(secret)"])
            lines.append(verb + ["--id-token=\(secret)"])
        }
        for option in options {
            let name: String = option.last ?? ""
            lines.append(option + [secret])
            lines.append(Array(option.dropLast()) + ["\(name)=\(secret)"])
        }
        return lines
    }

    @Test("no message about arguments repeats more than a few characters of a credential")
    func messages() throws {
        try #require(Self.secrets.count > 15)
        var refused = 0
        for secret in Self.secrets {
            for line in Self.lines(secret) {
                do {
                    _ = try IDTokenCommand.parseAsRoot(line)
                } catch {
                    guard IDTokenCommand.exitCode(for: error) == .validationFailure else { continue }
                    refused += 1
                    let said = IDTokenCommand.explanation(of: error, arguments: line)
                    let leak = Self.piece(of: secret, in: said)
                    #expect(leak == nil, "\(line.first ?? "") \(line.dropFirst().first ?? ""): \(said)")
                }
            }
        }
        #expect(refused > 600)
    }

    @Test("nor does a message about a file that cannot be read", arguments: Self.secrets)
    func files(secret: String) async throws {
        let audience = "https://service.example.run.app"
        let keys = Command.projectRoot.appending(path: "Fixtures/keys/google.json").path(percentEncoded: false)
        for arguments in [
            ["verify", "--audience", audience, "--keys", keys, "--token-file", secret],
            ["verify", "--audience", audience, "--keys", secret], ["check", secret],
            ["fetch", "--audience", audience, "--source", "file:\(secret)"],
        ] {
            let command = try await Command(arguments)
            #expect(command.status != 0)
            #expect(Self.piece(of: secret, in: command.output + command.errors) == nil, "\(command.errors)")
        }
    }

    @Test(
        "what cannot be a credential is shown",
        arguments: [
            "--colour", "/srv/Projects/my-service/Fixtures/keys/google-2026-11-24.json", "archive/2023-11-14.ndjson",
            "https://www.googleapis.com/oauth2/v3/certs", "login@my-project.iam.gserviceaccount.com", "GoogleIDToken",
        ]
    )
    func shown(text: String) {
        #expect("'\(text)' cannot be used".withoutCredentials == "'\(text)' cannot be used")
        #expect("Unknown option '--colour'".withoutLong(["--colour"]) == "Unknown option '--colour'")
    }

    /// What a text repeats of a secret: nine characters in a row.
    private static func piece(of secret: String, in text: String) -> String? {
        // How a key's beginning and end are spelled is no secret.
        let secret = Self.pieces(secret)
            .subtracting(
                Self.pieces("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----")
            )
        return Self.pieces(text).first { secret.contains($0) && !$0.contains("-----") }
    }

    private static func pieces(_ text: String) -> Set<String> {
        let bytes = Array(text.utf8)
        guard bytes.count >= 9 else { return [] }
        return Set((0...bytes.count - 9).map { String(decoding: bytes[$0..<$0 + 9], as: UTF8.self) })
    }
}

@Suite("help texts") struct HelpTextTests {
    @Test(
        "each help text says what it means, and each default once",
        arguments: [
            [], ["verify"], ["audit"], ["inspect"], ["check"], ["keys"], ["keys", "fetch"], ["keys", "list"],
            ["keys", "archive"], ["fetch"], ["emulate"], ["demo"],
        ]
    )
    func help(verb: [String]) throws {
        let error = #expect(throws: (any Error).self) {
            var command = try IDTokenCommand.parseAsRoot(["help"] + verb)
            try command.run()
        }
        let text = IDTokenCommand.fullMessage(for: try #require(error)).split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        #expect(text.contains("USAGE: idtoken"))
        for wrong in ["(text:", "Optional(", "idtoken.", "Argument("] { #expect(!text.contains(wrong), "\(text)") }
        let twice = /\(default: [^)]*\)[^.]{0,3}\(default:/
        #expect(text.firstMatch(of: twice) == nil)
    }

    @Test("the version is told")
    func version() async throws {
        let command = try await Command("--version")
        #expect(command.status == 0)
        #expect(command.output == "idtoken 0.1.0\n")
    }
}
#endif
