//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Foundation

// With FUZZ_READ, prints what the library reads in each file of that folder; else hands over to libFuzzer.
if let folder = ProcessInfo.processInfo.environment["FUZZ_READ"] {
    try Readings.print(of: folder, by: .chosen)
} else {
    exit(runLibFuzzer())
}
