//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import CCallgrind

/// What is measured of one input, alone.
enum Callgrind {
    /// Whether valgrind runs this process, so that instructions are counted.
    static var isCounting: Bool { CCALLGRIND_is_running() != 0 }

    /// Counts the instructions of some work, and writes them down under a name.
    static func count(_ name: String, _ work: () -> Void) {
        CCALLGRIND_toggle_collect()
        work()
        CCALLGRIND_toggle_collect()
        CCALLGRIND_dump(name)
    }
}
