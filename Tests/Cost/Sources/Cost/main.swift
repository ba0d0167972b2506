//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Foundation

let families = TokenFamilies.all + KeyServerFamilies.all
// Whatever is made once, before anything is counted.
for _ in 0..<3 { Presented.raw(1_000)() }
for family in families { family.work(family.sizes[0])() }

guard Callgrind.isCounting else {
    // Nothing counts instructions: the time of the largest size instead, to look at.
    let usual = Stopwatch.median(of: Presented.raw(Presented.usual))
    print("a raw verification: \(usual.formatted) µs")
    for family in families where family.bar == .raw {
        let time = Stopwatch.median(of: family.work(family.sizes.last ?? 0))
        print("\(family.name): \(time.formatted) µs, \((time / usual).formatted) x raw")
    }
    exit(0)
}
for size in [Presented.usual, 16 * 1024] {
    Callgrind.count("raw|raw|\(size)", Presented.raw(size))
}
for family in families {
    for size in family.sizes {
        Callgrind.count("\(family.bar.rawValue)|\(family.name)|\(size)", family.work(size))
    }
}
