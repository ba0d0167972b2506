//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Why a file of fixture cases cannot be run: a mistake in the file, not a case that fails.
public struct FixtureError: Error, Sendable, CustomStringConvertible {
    /// The file, the place in it, what is wrong and what to do, in one line.
    public let description: String

    init(file: String, _ problem: String) {
        self.description = "\(file): \(problem)"
    }
}
