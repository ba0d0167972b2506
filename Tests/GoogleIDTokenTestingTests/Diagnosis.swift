//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting

/// A mistake, how it is reproduced, and the message it ends in.
struct Diagnosis: Sendable, CustomStringConvertible {
    static let audience = "https://profiles-123456.europe-west1.run.app"
    static let login = TestCaller(email: "login@my-project.iam.gserviceaccount.com")
    /// The time at which the tokens of the table are verified.
    static let now = ManualClock().now

    let mistake: String
    let reproduction: String
    let message: @Sendable () async throws -> String
    /// Whether the message has times that differ from run to run.
    private var varies = false

    init(_ mistake: String, _ reproduction: String, _ message: @escaping @Sendable () async throws -> String) {
        self.mistake = mistake
        self.reproduction = reproduction
        self.message = message
    }

    /// All rows of the table, in its order.
    static let all =
        Self.ofTokens + Self.ofProfiles + Self.ofAudiences + Self.ofCallers + Self.ofKeys.map(\.varying)
        + Self.ofConfigurations

    var description: String { "\(self.mistake): \(self.reproduction)" }

    /// The row that is true now.
    var row: String {
        get async throws {
            var message = try await self.message()
            if self.varies {
                for (pattern, replacement) in Self.varying {
                    message = message.replacingOccurrences(of: pattern, with: replacement, options: .regularExpression)
                }
            }
            return ArticleTable.row([self.mistake, self.reproduction, "`\(message)`"])
        }
    }

    private var varying: Diagnosis {
        var diagnosis = self
        diagnosis.varies = true
        return diagnosis
    }

    /// What differs from run to run: ports, ages, and waits with their jitter.
    private static let varying = [
        ("(?<=127[.]0[.]0[.]1:)[0-9]+", "…"),
        ("(?<=port )[0-9]+", "…"),
        ("(?<![0-9.])[0-9]+(?= (ms|s|seconds?|minutes?|hours?)\\b)", "…"),
        ("(?<=… )second\\b", "seconds"),
        ("(?<=Seconds\":)[0-9]+", "…"),
        ("(?<=Retry-After: )[0-9]+", "…"),
    ]

    static func verifier(
        audience: String = Self.audience,
        callers: CallerPolicy = .serviceAccounts(Self.login.email),
        keys: KeySource? = nil,
        _ configuration: IDTokenVerifier.Configuration = .init()
    ) throws -> IDTokenVerifier {
        let keys = try keys ?? TestIssuer().keys
        return try IDTokenVerifier(audience: audience, callers: callers, keys: keys, configuration: configuration)
    }

    static func token(
        for audience: String = Self.audience,
        from sender: TokenSender = .cloudRun,
        caller: TestCaller = Self.login,
        defect: TokenDefect? = nil
    ) throws -> String {
        let issuer = try TestIssuer()
        return try issuer.token(for: audience, from: sender, caller: caller, issuedAt: Self.now, defect: defect)
    }

    /// What a verifier says about a request with one header field.
    static func message(
        about token: String,
        in field: String = "Authorization",
        by verifier: IDTokenVerifier? = nil,
        at time: Date = Self.now
    ) async throws -> String {
        let verifier = try verifier ?? Self.verifier()
        do throws(VerificationError) {
            _ = try await verifier.verify(headers: [field: "Bearer \(token)"], at: time)
            return "verified"
        } catch {
            return "\(error)"
        }
    }

    /// What the initialiser of a verifier says.
    static func message(about configuration: () throws -> Void) -> String {
        do {
            try configuration()
            return "no error"
        } catch {
            return "\(error)"
        }
    }
}
