//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Foundation
import GoogleIDToken
import GoogleIDTokenCredentials

/// Sends requests with tokens of several sources to many audiences, until the time is over; a line of figures a second.
///
/// Usage: `LongRunCredentials KEYS-URL FOLDER SECONDS`, with the emulator's credential files in the folder and its metadata
/// server in the environment. The receiver verifies each header field without any clock skew. Exit status 1: one was wrong.
@main struct LongRunCredentials {
    static let taskCount = 4
    static let audienceCount = 8

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let seconds = Int(arguments[3]) else {
            FileHandle.standardError.write(Data("usage: LongRunCredentials KEYS-URL FOLDER SECONDS\n".utf8))
            exit(64)
        }
        let audiences = (0..<Self.audienceCount).map { "https://long.run/\($0)" }
        let tally = CredentialsTally()
        var configuration = IDTokenCredentials.Configuration()
        configuration.onEvent = { tally.note($0) }
        let folder = arguments[2]
        let all = [
            try IDTokenCredentials.metadataServer(configuration: configuration),
            try .credentialFile("\(folder)/service-account-key.json", configuration: configuration),
            try .credentialFile("\(folder)/external-account.json", configuration: configuration),
        ]
        var strict = IDTokenVerifier.Configuration()
        strict.clockSkew = .zero
        let verifiers = try audiences.map { audience in
            try IDTokenVerifier(
                audience: audience,
                callers: .serviceAccounts("caller@my-project.iam.gserviceaccount.com"),
                keys: .remote(arguments[1]),
                configuration: strict
            )
        }
        let keeping = all.map { credentials in Task { await credentials.run() } }
        await withTaskGroup { group in
            for task in 0..<Self.taskCount {
                group.addTask {
                    var index = task
                    while !tally.isStopped {
                        index += 1
                        let number = index % audiences.count
                        await Self.send(all[index % all.count], audiences[number], verifiers[number], tally)
                        // Often enough to meet each expiry, and seldom enough to leave the emulator some time.
                        try? await Task.sleep(for: .milliseconds(2))
                    }
                }
            }
            print(CredentialsTally.header)
            let clock = ContinuousClock()
            let start = clock.now
            while clock.now - start < .seconds(seconds) {
                try? await Task.sleep(for: .seconds(1))
                print(tally.row(Int((clock.now - start) / .seconds(1))))
                fflush(nil)
            }
            tally.stop()
        }
        for task in keeping { task.cancel() }
        exit(tally.wrong == 0 ? 0 : 1)
    }

    private static func send(
        _ credentials: IDTokenCredentials,
        _ audience: String,
        _ verifier: IDTokenVerifier,
        _ tally: CredentialsTally
    ) async {
        let header: (name: String, value: String)
        do throws(IDTokenCredentialsError) {
            header = try await credentials.header(for: audience)
        } catch {
            tally.count(error.disposition == .misconfigured ? .wrong("\(error)") : .unavailable)
            return
        }
        // A receiver whose clock is right, at the time at which the request leaves.
        let sentAt = Date()
        do throws(VerificationError) {
            let caller = try await verifier.verify(headers: [header.name: header.value], at: sentAt)
            tally.count(.sent(timeLeft: caller.expiresAt.timeIntervalSince(sentAt)))
        } catch {
            tally.count(.wrong("\(audience): \(error)"))
        }
    }
}
