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

/// A mutual-exclusion lock that protects a value.
///
/// It uses `pthread_mutex_t` and not the standard library's `Mutex`, because the thread sanitizer on Linux understands
/// only the former and reports false races with the latter.
@safe package final class Lock<State>: @unchecked Sendable {
    // Sendable: the state is accessed only between `pthread_mutex_lock` and `pthread_mutex_unlock`.
    @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>
    // A pointer avoids run-time exclusivity checks, which the mutex makes unnecessary.
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

    /// Calls a closure with exclusive access to the state.
    ///
    /// - Parameter body: The closure; it must not take the same lock again.
    /// - Returns: The closure's result.
    /// - Throws: The closure's error.
    @inlinable package func withLock<Result: ~Copyable, Failure: Error>(
        _ body: (inout sending State) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        unsafe pthread_mutex_lock(self.mutex)
        defer { unsafe pthread_mutex_unlock(self.mutex) }
        return unsafe try body(&self.state.pointee)
    }
}
