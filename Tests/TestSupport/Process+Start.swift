//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

package import Foundation
private import IDTokenPlatform

extension Process {
    private static let start = Lock(())

    /// Starts the process, one at a time: Foundation's `run()` has crashed where many threads start processes at once.
    ///
    /// - Throws: Foundation's error if the process cannot be started.
    package func runAlone() throws {
        try Self.start.withLock { _ in try self.run() }
    }
}
