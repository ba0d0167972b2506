//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import Glibc

/// An open file, pipe or terminal, closed with its owner.
package final class OpenFile: Sendable {
    /// What a file is opened for.
    package enum Purpose: Sendable {
        case reading
        /// For a lock on it; it is made if there is none, for its owner alone.
        case locking
    }

    /// What a descriptor stands for.
    package enum Kind: Sendable {
        case regular
        case folder
        case terminal
        case other
    }

    private let descriptor: Int32
    private let isOwned: Bool

    package static let standardInput = OpenFile(borrowing: STDIN_FILENO)
    package static let standardOutput = OpenFile(borrowing: STDOUT_FILENO)
    package static let standardError = OpenFile(borrowing: STDERR_FILENO)

    private init(borrowing descriptor: Int32) {
        self.descriptor = descriptor
        self.isOwned = false
    }

    /// Opens a file.
    ///
    /// - Throws: ``FileError``.
    package init(_ path: String, for purpose: Purpose) throws(FileError) {
        let flags = purpose == .reading ? O_RDONLY : O_RDWR | O_CREAT
        self.descriptor = unsafe open(path, flags | O_CLOEXEC, 0o600)
        self.isOwned = true
        guard self.descriptor >= 0 else { throw .last }
    }

    /// Makes a file that does not exist yet, for its owner alone.
    ///
    /// - Throws: ``FileError``.
    init(making path: String) throws(FileError) {
        self.descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        self.isOwned = true
        guard self.descriptor >= 0 else { throw .last }
    }

    deinit {
        if self.isOwned, self.descriptor >= 0 { close(self.descriptor) }
    }

    /// What kind of file it is.
    package var kind: Kind {
        if isatty(self.descriptor) == 1 { return .terminal }
        guard let status = self.status else { return .other }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .regular
        case S_IFDIR: .folder
        default: .other
        }
    }

    /// Its size in bytes, if it is a regular file.
    package var size: Int? {
        guard let status = self.status, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// Where the next byte that is written goes, if it is a regular file.
    package var writePosition: Int? {
        guard let size = self.size else { return nil }
        if fcntl(self.descriptor, F_GETFL) & O_APPEND != 0 { return size }
        let position = lseek(self.descriptor, 0, SEEK_CUR)
        return position < 0 ? nil : position
    }

    /// Whether it belongs to the user who runs this, and nobody else can write it.
    package var isPrivatelyWritten: Bool {
        guard let status = self.status else { return false }
        return status.st_uid == geteuid() && status.st_mode & 0o022 == 0
    }

    private var status: stat? {
        var status = stat()
        return unsafe fstat(self.descriptor, &status) == 0 ? status : nil
    }
}

extension OpenFile {
    /// Whether reading would give something, be it the end, without waiting.
    ///
    /// - Parameter milliseconds: How long to wait for it.
    /// - Returns: Whether it would.
    package func isReady(within milliseconds: Int32 = 0) -> Bool {
        var request = pollfd(fd: self.descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&request, 1, milliseconds) > 0
    }

    /// Reads what there is and appends it.
    ///
    /// - Parameters:
    ///   - bytes: Where to append.
    ///   - count: The most to read.
    /// - Returns: How much was read; 0 at the end.
    /// - Throws: ``FileError``.
    package func read(appendingTo bytes: inout [UInt8], upTo count: Int) throws(FileError) -> Int {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: count))
        var result = 0
        repeat {
            result = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(self.descriptor, buffer.baseAddress?.advanced(by: start), count)
            }
        } while result < 0 && errno == EINTR
        let error = FileError.last
        bytes.removeLast(count - max(result, 0))
        guard result >= 0 else { throw error }
        return result
    }

    /// Reads all there is.
    ///
    /// - Parameter limit: The most bytes there may be.
    /// - Returns: The content.
    /// - Throws: ``FileError`` if it cannot be read or is longer.
    package func readAll(atMost limit: Int = .max) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        while try self.read(appendingTo: &bytes, upTo: 64 * 1024) > 0 {
            guard bytes.count <= limit else { throw .tooLarge }
        }
        return bytes
    }

    /// Writes all bytes, in as few calls as the system takes.
    ///
    /// - Throws: ``FileError``.
    package func write(_ bytes: Span<UInt8>) throws(FileError) {
        var start = 0
        while start < bytes.count {
            let rest = bytes.extracting(start...)
            let result = unsafe rest.withUnsafeBufferPointer { buffer in
                unsafe Glibc.write(self.descriptor, buffer.baseAddress, buffer.count)
            }
            if result >= 0 {
                start += result
            } else if errno != EINTR {
                throw .last
            }
        }
    }

    /// Waits until what was written is on the disk.
    ///
    /// - Throws: ``FileError``.
    package func synchronize() throws(FileError) {
        guard fsync(self.descriptor) == 0 else { throw .last }
    }

    /// Waits until no other process has a lock on the file, and keeps others waiting until this is closed.
    ///
    /// The system ends the lock when the process ends, however it ends.
    ///
    /// - Throws: ``FileError``.
    package func lock() throws(FileError) {
        while flock(self.descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .last }
        }
    }
}
