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

/// An open file, pipe or terminal, which is closed when this object is released.
package final class OpenFile: Sendable {
    package let descriptor: Int32
    private let isOwned: Bool

    package init(borrowing descriptor: Int32) {
        self.descriptor = descriptor
        self.isOwned = false
    }

    package init(owning descriptor: Int32) {
        self.descriptor = descriptor
        self.isOwned = true
    }

    /// Opens a file for reading.
    ///
    /// - Throws: ``FileError``.
    package convenience init(reading path: String) throws(FileError) {
        try self.init(path, O_RDONLY)
    }

    /// Opens a file; if the flags say so, creates it with access for its owner only.
    ///
    /// - Throws: ``FileError``.
    package init(_ path: String, _ flags: Int32) throws(FileError) {
        self.descriptor = unsafe open(path, flags | O_CLOEXEC, 0o600)
        self.isOwned = true
        guard self.descriptor >= 0 else { throw .last }
    }

    deinit {
        if self.isOwned, self.descriptor >= 0 { close(self.descriptor) }
    }
}

extension OpenFile {
    /// Reads available bytes and appends them.
    ///
    /// - Parameters:
    ///   - bytes: The array to append to.
    ///   - count: The largest number of bytes to read.
    /// - Returns: The number of bytes read; 0 at the end.
    /// - Throws: ``FileError``.
    package func read(appendingTo bytes: inout [UInt8], upTo count: Int) throws(FileError) -> Int {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: count))
        var result = 0
        repeat {
            result = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe systemRead(self.descriptor, buffer.baseAddress?.advanced(by: start), count)
            }
        } while result < 0 && errno == EINTR
        let error = FileError.last
        bytes.removeLast(count - max(result, 0))
        guard result >= 0 else { throw error }
        return result
    }

    /// Whether users other than the owner and the group may read the file.
    package var isReadableByOthers: Bool {
        var status = stat()
        return unsafe fstat(self.descriptor, &status) == 0 && status.st_mode & S_IROTH != 0
    }

    /// Reads the whole content.
    ///
    /// - Parameter limit: The largest accepted size in bytes.
    /// - Returns: The content.
    /// - Throws: ``FileError`` if the file cannot be read or is larger.
    package func readAll(atMost limit: Int = .max) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        while try self.read(appendingTo: &bytes, upTo: 64 * 1024) > 0 {
            guard bytes.count <= limit else { throw .tooLarge }
        }
        return bytes
    }
}

// Inside `OpenFile`, the name `read` refers to its own method and not to the system call.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    unsafe read(descriptor, buffer, count)
}
