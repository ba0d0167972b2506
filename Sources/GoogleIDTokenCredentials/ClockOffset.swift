//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import IDTokenPlatform

/// The difference between this machine's clock and a server's that a response has stated last.
final class ClockOffset: Sendable {
    private let offset = Lock<Duration?>(nil)

    /// The time by which this machine's clock is ahead, or nil if no difference of more than 5 s is known.
    var current: Duration? { self.offset.withLock { $0 } }

    /// Records what a response states.
    func note(_ clock: HeaderFields.Clock?) {
        switch clock {
        case .offset(let offset)?: self.offset.withLock { $0 = offset }
        case .inTime?: self.offset.withLock { $0 = nil }
        case nil: break
        }
    }

    /// What an explanation adds if the clock is off, with a space before it.
    var words: String {
        guard let seconds = self.current?.inSeconds else { return "" }
        return
            " This machine's clock is \(durationInWords(seconds: seconds)) \(seconds > 0 ? "ahead of" : "behind") the "
            + "server's; set it."
    }
}
