//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Synchronization

/// The tokens that came last, each with the right answer to it.
final class TokenPool: Sendable {
    struct Sample: Sendable {
        let expected: String
        let token: String
    }

    private static let mostSamples = 64
    private let samples = Mutex<[Sample]>([])

    /// Takes tokens from standard input to its end.
    func fill() {
        while let line = readLine() {
            let words = line.split(separator: " ")
            guard words.count == 2 else { continue }
            let sample = Sample(expected: String(words[0]), token: String(words[1]))
            self.samples.withLock {
                if $0.count >= Self.mostSamples { $0.removeFirst() }
                $0.append(sample)
            }
        }
    }

    /// Any sample, round and round; nil if there is none yet.
    subscript(index: Int) -> Sample? {
        self.samples.withLock { $0.isEmpty ? nil : $0[index % $0.count] }
    }
}
