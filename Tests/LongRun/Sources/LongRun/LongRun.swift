//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Foundation
import GoogleIDToken
import Synchronization

/// Verifies the tokens that come on standard input, again and again, until it is told to stop; a line of figures a second.
///
/// Usage: `LongRun KEYS-URL SECONDS VERIFICATIONS`, which are the most of each. A line of input is `accepted TOKEN`, or the
/// code that the token is refused with, and the token. Exit status 1: an answer was wrong.
@main struct LongRun {
    static let taskCount = 4

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let seconds = Int(arguments[2]), let most = Int(arguments[3]) else {
            FileHandle.standardError.write(Data("usage: LongRun KEYS-URL SECONDS VERIFICATIONS\n".utf8))
            exit(64)
        }
        let verifier = try IDTokenVerifier(
            audience: "https://long.run",
            callers: .serviceAccounts("caller@my-project.iam.gserviceaccount.com"),
            keys: .remote(arguments[1])
        )
        let pool = TokenPool()
        Thread { pool.fill() }.start()
        let tally = Tally(most: most)
        let keeping = Task { await verifier.run() }
        await withTaskGroup { group in
            for index in 0..<Self.taskCount {
                group.addTask { await Self.verify(verifier, pool, tally, from: index) }
            }
            print(Tally.header)
            let clock = ContinuousClock()
            let start = clock.now
            while clock.now - start < .seconds(seconds), !tally.isOver {
                try? await Task.sleep(for: .seconds(1))
                print(tally.row(Int((clock.now - start) / .seconds(1))))
                fflush(nil)
            }
            tally.stop()
        }
        keeping.cancel()
        exit(tally.wrong == 0 ? 0 : 1)
    }

    private static func verify(_ verifier: IDTokenVerifier, _ pool: TokenPool, _ tally: Tally, from start: Int) async {
        var index = start
        while !tally.isOver {
            guard let sample = pool[index] else {
                try? await Task.sleep(for: .milliseconds(20))
                continue
            }
            index += 1
            do throws(VerificationError) {
                _ = try await verifier.verify(headers: ["Authorization": "Bearer \(sample.token)"])
                tally.count(sample.expected == "accepted" ? .accepted : .wrong("accepted, not \(sample.expected)"))
            } catch {
                switch error.code {
                // Right for every token whose key is not to be had, or is published no more.
                case .keysUnavailable: tally.count(.keysUnavailable)
                case .keyUnknown: tally.count(.keyUnknown)
                case let code where code.rawValue == sample.expected: tally.count(.refused)
                default: tally.count(.wrong("\(error.code.rawValue), not \(sample.expected)"))
                }
            }
            // Answers that cost nothing would leave the run no time for others.
            if index.isMultiple(of: 256) { await Task.yield() }
        }
    }
}
