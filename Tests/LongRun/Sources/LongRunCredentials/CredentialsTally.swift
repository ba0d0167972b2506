//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Foundation
import GoogleIDTokenCredentials
import Synchronization

/// Counts requests and the events of credentials.
final class CredentialsTally: Sendable {
    enum Outcome {
        case sent(timeLeft: TimeInterval)
        /// There is no token, and no request was sent.
        case unavailable
        case wrong(String)
    }

    private struct Counts {
        var sent = 0
        var unavailable = 0
        var wrong = 0
        var fetches = 0
        var failures = 0
        var shortestTimeLeft = TimeInterval.infinity
        var isStopped = false
    }

    private let counts = Mutex(Counts())

    var isStopped: Bool { self.counts.withLock { $0.isStopped } }
    var wrong: Int { self.counts.withLock { $0.wrong } }

    func stop() {
        self.counts.withLock { $0.isStopped = true }
    }

    func count(_ outcome: Outcome) {
        self.counts.withLock {
            switch outcome {
            case .sent(let timeLeft):
                $0.sent += 1
                $0.shortestTimeLeft = min($0.shortestTimeLeft, timeLeft)
            case .unavailable: $0.unavailable += 1
            case .wrong: $0.wrong += 1
            }
        }
        if case .wrong(let words) = outcome { FileHandle.standardError.write(Data("wrong: \(words)\n".utf8)) }
    }

    func note(_ event: IDTokenCredentials.Event) {
        self.counts.withLock {
            switch event {
            case .tokenFetched: $0.fetches += 1
            case .fetchFailed: $0.failures += 1
            default: break
            }
        }
    }

    static let header = "second,sent,unavailable,wrong,fetches,failures,shortest_ms,resident_kib,threads,descriptors"

    /// The counts so far, and the process's size.
    func row(_ second: Int) -> String {
        let counts = self.counts.withLock { $0 }
        let shortest = counts.shortestTimeLeft.isFinite ? Int(counts.shortestTimeLeft * 1_000) : -1
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
        let numbers = [
            second, counts.sent, counts.unavailable, counts.wrong, counts.fetches, counts.failures, shortest,
            Self.status("VmRSS"), Self.status("Threads"), descriptors,
        ]
        return numbers.map(String.init).joined(separator: ",")
    }

    /// A number of `/proc/self/status`.
    private static func status(_ name: String) -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
}
