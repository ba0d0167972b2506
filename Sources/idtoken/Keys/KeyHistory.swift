//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// When an archive saw which keys.
struct KeyHistory: Sendable {
    /// A key, or all keys that had one key ID if these are in conflict.
    struct Key: Sendable {
        let id: String
        /// The times of the first and the last sighting, in seconds since 1970.
        var firstSeen: Double
        var lastSeen: Double
        /// On how many days it was seen.
        var dayCount: Int
        /// Whether different keys had the key ID, so that none of them is used.
        var isInConflict = false
    }

    /// Those that were seen first come first.
    var keys: [Key] = []
    /// The days on which any key was seen.
    var days = DaySet()
    /// The days whose lines cannot all be read, so that a key may be missing.
    var incompleteDays = DaySet()
}
#endif
