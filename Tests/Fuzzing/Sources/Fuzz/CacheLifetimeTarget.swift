//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

@testable import GoogleIDToken

/// A lifetime lies between a minute and a day whatever a response says, and whatever this machine's clock.
enum CacheLifetimeTarget {
    static func run(_ bytes: [UInt8]) {
        let fields = HeaderLines.read(bytes.dropFirst(8))
        let clock = bytes.prefix(8).reduce(into: 0) { $0 = $0 << 8 | UInt64($1) }
        for now in [1_700_000_000, Int(truncatingIfNeeded: clock)] {
            let lifetime = CacheLifetime.read(HeaderFields(fields), now: now)
            guard let lifetime else {
                promise(!fields.contains { $0.name.lowercased().isExactly("expires") }, "Expires says something")
                continue
            }
            promise(CacheLifetime.shortest...CacheLifetime.longest ~= lifetime, "a lifetime is bounded: \(lifetime)")
            if fields.contains(where: { $0.name == "Cache-Control" && $0.value == "no-store" }) {
                promise(lifetime == CacheLifetime.shortest, "what forbids keeping means the shortest time")
            }
        }
    }
}
