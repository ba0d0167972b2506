//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSL

/// A memory buffer that OpenSSL writes to.
@safe struct MemoryFile: ~Copyable {
    private let pointer: OpaquePointer

    init?() {
        guard let pointer = unsafe BIO_new(BIO_s_mem()) else { return nil }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe BIO_free(self.pointer)
    }

    /// Calls a closure with the buffer; a property could outlive it.
    borrowing func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        unsafe body(self.pointer)
    }

    /// Returns and removes the written bytes.
    borrowing func read() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: unsafe BIO_ctrl_pending(self.pointer))
        var count = 0
        guard unsafe BIO_read_ex(self.pointer, &bytes, bytes.count, &count) == 1 else { return [] }
        return Array(bytes.prefix(count))
    }
}
