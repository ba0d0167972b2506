//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import Glibc

extension Span<UInt8> {
    /// Finds a byte, far faster than a loop does.
    ///
    /// - Parameters:
    ///   - byte: The byte.
    ///   - start: Where to begin.
    /// - Returns: Where it is, or nil if it does not come any more.
    package func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard start >= 0, start < self.count else { return nil }
        return unsafe self.withUnsafeBufferPointer { buffer in
            guard
                let base = buffer.baseAddress,
                let found = unsafe memchr(base + start, Int32(byte), buffer.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }
}
