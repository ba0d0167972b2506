//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if canImport(Darwin)
package import Darwin
#elseif canImport(Musl)
package import Musl
#else
package import Glibc
#endif

/// A mutual-exclusion lock around a value.
///
/// It is a `pthread_mutex_t` rather than the standard library's `Mutex`, because the thread sanitizer on Linux
/// follows the former and reports races that are none in the latter.
@safe package final class Lock<State>: @unchecked Sendable {
    // Sendable: the state is touched only between `pthread_mutex_lock` and `pthread_mutex_unlock`.
    @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>
    // Behind a pointer, so that no access is recorded at run time for what the mutex rules out.
    @usableFromInline let state: UnsafeMutablePointer<State>

    package init(_ state: sending State) {
        unsafe self.mutex = .allocate(capacity: 1)
        unsafe self.mutex.initialize(to: pthread_mutex_t())
        unsafe self.state = .allocate(capacity: 1)
        unsafe self.state.initialize(to: state)
        let result = unsafe pthread_mutex_init(self.mutex, nil)
        assert(result == 0)
    }

    deinit {
        unsafe pthread_mutex_destroy(self.mutex)
        unsafe self.mutex.deinitialize(count: 1)
        unsafe self.mutex.deallocate()
        unsafe self.state.deinitialize(count: 1)
        unsafe self.state.deallocate()
    }

    /// Runs the closure with the state, alone.
    ///
    /// - Parameter body: What to do; it must not take the same lock again.
    /// - Returns: What the closure returns.
    /// - Throws: What the closure throws.
    @inlinable package func withLock<Result: ~Copyable, Failure: Error>(
        _ body: (inout sending State) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        unsafe pthread_mutex_lock(self.mutex)
        defer { unsafe pthread_mutex_unlock(self.mutex) }
        return unsafe try body(&self.state.pointee)
    }
}
