//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Hostile input of one shape, in growing sizes.
struct Family {
    /// What bounds its cost.
    enum Bar: String {
        /// A token or request before any signature holds: three raw verifications at the largest size.
        case raw
        /// Nothing but growth with its size.
        case growth
    }

    let name: String
    let bar: Bar
    /// The sizes in bytes, each twice the one before.
    let sizes: [Int]
    /// Makes the input of about a size, and the work that takes it in.
    let work: (_ size: Int) -> () -> Void

    /// A family whose largest input is as long as a limit.
    init(_ name: String, _ bar: Bar, upTo limit: Int, work: @escaping (_ size: Int) -> () -> Void) {
        self.name = name
        self.bar = bar
        self.sizes = [8, 4, 2, 1].map { limit / $0 }
        self.work = work
    }
}
