//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing

/// The options `--caller` and `--audience`: what they accept, and the errors about wrong values.
@Suite("The options for callers and audiences")
struct AcceptedPartiesTests {
    private static let audience = "https://service.example.run.app"
    private static let email = "caller@my-project.iam.gserviceaccount.com"

    private static func verify(audience: String = Self.audience, callers: [String] = []) async throws -> Command {
        let options = ["--keys", "Fixtures/keys/google.json", "--at", "1700000000", "--audience", audience]
        let file = ["--token-file", "Fixtures/tokens/valid.jwt"]
        return try await Command(["verify"] + options + callers.flatMap { ["--caller", $0] } + file)
    }

    @Test("one option may name several callers, and a user as an IAM member")
    func several() async throws {
        #expect(try await Self.verify(callers: ["subject:1, user:\(Self.email)"]).status == 0)
        #expect(try await Self.verify(callers: ["subject:1", "serviceAccount:\(Self.email)"]).status == 0)
        #expect(try await Self.verify(callers: ["subject:1 domain:example.com"]).status == 1)
    }

    @Test(
        "a wrong caller ends with status 64 and an error that says what is wrong",
        arguments: [
            ("sub:1", "write serviceAccount:E-MAIL, user:E-MAIL, subject:ID, domain:NAME or any"),
            ("subject:a@b.example", #"give "serviceAccount:a@b.example" instead"#),
            ("serviceAccount:login", "an address without @ and domain"),
        ]
    )
    func wrongCaller(caller: String, words: String) async throws {
        let command = try await Self.verify(callers: [caller])
        #expect(command.status == 64)
        #expect(command.output.isEmpty)
        #expect(command.errors.contains(words), "\(command.errors)")
        #expect(command.errors.split(separator: "\n").count == 1)
    }

    @Test("a wrong audience ends with status 64 and the audience that was probably meant")
    func wrongAudience() async throws {
        let command = try await Self.verify(audience: "\(Self.audience)\n")
        #expect(command.status == 64)
        #expect(command.errors.contains(#"give "\#(Self.audience)" instead"#), "\(command.errors)")
    }

    @Test("a credential in place of an audience is not shown")
    func credential() async throws {
        let token = try String(
            contentsOf: Command.projectRoot.appending(path: "Fixtures/tokens/valid.jwt"),
            encoding: .utf8
        )
        let command = try await Self.verify(audience: "Bearer \(token)")
        #expect(command.status == 64)
        let parts = token.split(separator: ".").map { String($0.prefix(30)) }
        #expect(parts.allSatisfy { !command.errors.contains($0) }, "\(command.errors)")
    }
}
#endif
