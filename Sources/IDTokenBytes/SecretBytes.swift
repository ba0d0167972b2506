//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if canImport(Darwin)
private import Darwin
#elseif canImport(Musl)
private import Musl
#else
private import Glibc
#endif

/// Bytes that are overwritten with zeros before their memory is released, for secrets that this process sends.
@safe package final class SecretBytes: Sendable {
    // Sendable: the memory is never changed between `init` and `deinit`.
    private nonisolated(unsafe) let memory: UnsafeMutableRawBufferPointer

    /// Moves bytes here.
    ///
    /// - Parameter bytes: The bytes; the array is overwritten and then empty.
    package init(moving bytes: inout [UInt8]) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        unsafe bytes.withUnsafeMutableBytes { bytes in
            unsafe memory.copyMemory(from: UnsafeRawBufferPointer(bytes))
            unsafe Self.wipe(bytes)
        }
        bytes = []
        unsafe self.memory = memory
    }

    deinit {
        unsafe Self.wipe(self.memory)
        unsafe self.memory.deallocate()
    }

    /// The number of bytes.
    package var count: Int { unsafe self.memory.count }

    /// Calls a closure with the bytes; a property could outlive them.
    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe body(UnsafeRawBufferPointer(self.memory))
    }

    /// Overwrites memory with zeros, also if the compiler sees that nobody reads it later.
    @unsafe package static func wipe(_ memory: UnsafeMutableRawBufferPointer) {
        guard let start = memory.baseAddress else { return }
        #if canImport(Darwin)
        unsafe _ = memset_s(start, memory.count, 0, memory.count)
        #else
        unsafe explicit_bzero(start, memory.count)
        #endif
    }
}
