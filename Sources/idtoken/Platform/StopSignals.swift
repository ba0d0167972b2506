//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
#if canImport(Darwin)
private import Darwin
#elseif canImport(Musl)
private import Musl
#else
private import Glibc
#endif

/// Notes that the user or the system asks the process to stop, so that it can finish the current batch first.
enum StopSignals {
    // A signal handler may run on any thread at any time, and setting a single word is all that it may safely do.
    private nonisolated(unsafe) static var received: sig_atomic_t = 0

    /// Begins to note `SIGINT`, `SIGTERM` and `SIGHUP`; if the same signal comes again, it ends the process.
    ///
    /// A signal that the parent process had ignored, as `nohup` does, stays ignored. `SIGPIPE` is ignored, so that a
    /// write to a closed pipe fails with an error that can be reported.
    static func note() {
        var ignore = sigaction()
        unsafe ignore.__sigaction_handler.sa_handler = SIG_IGN
        unsafe sigaction(SIGPIPE, &ignore, nil)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            var action = sigaction()
            unsafe sigaction(number, nil, &action)
            let present = unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            let ignored = unsafe unsafeBitCast(SIG_IGN, to: Int.self)
            guard present != ignored else { continue }
            unsafe action.__sigaction_handler.sa_handler = { number in unsafe StopSignals.received = number }
            action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND.magnitude))
            unsafe sigaction(number, &action, nil)
        }
    }

    /// The signal that came, if one did.
    static var signal: Int32? {
        unsafe Self.received == 0 ? nil : Self.received
    }
}
#endif
