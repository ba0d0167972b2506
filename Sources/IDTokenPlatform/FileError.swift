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

/// The reason why a system call failed.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The error number, such as `ENOENT`.
    package let number: Int32

    /// The error of this thread's last system call.
    package static var last: FileError {
        FileError(number: errno)
    }

    /// The file is larger than the limit.
    package static let tooLarge = FileError(number: EFBIG)

    package var description: String {
        guard let words = unsafe strerror(self.number) else { return "error \(self.number)" }
        return unsafe String(cString: words)
    }
}

extension FileError {
    /// Whether there is no such file, or a folder of its path is missing.
    package var isNotFound: Bool {
        self.number == ENOENT || self.number == ENOTDIR
    }
}
