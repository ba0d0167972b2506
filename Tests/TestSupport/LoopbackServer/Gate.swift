//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import Glibc

/// A gate that is closed at first and opened once, for threads that wait on descriptors.
package final class Gate: Sendable {
    /// Readable as soon as the gate is open, and ever after.
    let descriptor: Int32
    private let opener: Int32

    /// Makes a closed gate.
    ///
    /// - Throws: ``ServerError`` if there can be no more descriptors.
    package init() throws {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { throw ServerError.last("pipe") }
        self.descriptor = ends[0]
        self.opener = ends[1]
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
    }

    deinit {
        close(self.descriptor)
        close(self.opener)
    }

    /// Opens the gate; once it is open, that changes nothing.
    package func open() {
        var byte: UInt8 = 1
        unsafe _ = write(self.opener, &byte, 1)
    }
}
