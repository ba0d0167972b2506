//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The reason why a fixture file cannot be used: a mistake in the file, not a failed case.
public struct FixtureError: Error, Sendable, CustomStringConvertible {
    /// The file, the place in it, the mistake and the remedy, in one line.
    public let description: String

    init(file: String, _ problem: String) {
        self.description = "\(file): \(problem)"
    }
}
