//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Foundation
import Synchronization

/// Counts answers, and looks at the process.
final class Tally: Sendable {
    enum Answer {
        case accepted
        case refused
        case keysUnavailable
        case keyUnknown
        case wrong(String)
    }

    private struct Counts {
        var accepted = 0
        var refused = 0
        var keysUnavailable = 0
        var keyUnknown = 0
        var wrong = 0
        var isStopped = false

        var sum: Int { self.accepted + self.refused + self.keysUnavailable + self.keyUnknown + self.wrong }
    }

    private let counts = Mutex(Counts())
    private let most: Int

    init(most: Int) {
        self.most = most
    }

    var isOver: Bool { self.counts.withLock { $0.isStopped || $0.sum >= self.most } }
    var wrong: Int { self.counts.withLock { $0.wrong } }

    func stop() {
        self.counts.withLock { $0.isStopped = true }
    }

    func count(_ answer: Answer) {
        self.counts.withLock {
            switch answer {
            case .accepted: $0.accepted += 1
            case .refused: $0.refused += 1
            case .keysUnavailable: $0.keysUnavailable += 1
            case .keyUnknown: $0.keyUnknown += 1
            case .wrong: $0.wrong += 1
            }
        }
        if case .wrong(let words) = answer { FileHandle.standardError.write(Data("wrong answer: \(words)\n".utf8)) }
    }

    static let header = "second,accepted,refused,keys_unavailable,key_unknown,wrong,resident_kib,threads,descriptors"

    /// The counts so far, and the process's size.
    func row(_ second: Int) -> String {
        let counts = self.counts.withLock { $0 }
        let answers = [
            counts.accepted, counts.refused, counts.keysUnavailable, counts.keyUnknown, counts.wrong,
        ]
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
        let size = [Self.status("VmRSS"), Self.status("Threads"), descriptors]
        return ([second] + answers + size).map(String.init).joined(separator: ",")
    }

    /// A number of `/proc/self/status`.
    private static func status(_ name: String) -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
}
