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
internal import IDTokenPlatform

extension OpenFile {
    /// What a descriptor stands for.
    enum Kind: Sendable {
        case regular
        case folder
        case terminal
        case other
    }

    static let standardInput = OpenFile(borrowing: STDIN_FILENO)
    static let standardOutput = OpenFile(borrowing: STDOUT_FILENO)
    static let standardError = OpenFile(borrowing: STDERR_FILENO)

    /// Opens a file for a lock on it; it is made if there is none, for its owner alone.
    ///
    /// - Throws: ``FileError``.
    convenience init(locking path: String) throws(FileError) {
        try self.init(path, O_RDWR | O_CREAT)
    }

    /// Makes a file that does not exist yet, for its owner alone.
    ///
    /// - Throws: ``FileError``.
    convenience init(making path: String) throws(FileError) {
        try self.init(path, O_WRONLY | O_CREAT | O_EXCL)
    }
}

extension OpenFile {
    /// What kind of file it is.
    var kind: Kind {
        if isatty(self.descriptor) == 1 { return .terminal }
        guard let status = self.status else { return .other }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .regular
        case S_IFDIR: .folder
        default: .other
        }
    }

    /// Its size in bytes, if it is a regular file.
    var size: Int? {
        guard let status = self.status, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// Where the next byte that is written goes, if it is a regular file.
    var writePosition: Int? {
        guard let size = self.size else { return nil }
        if fcntl(self.descriptor, F_GETFL) & O_APPEND != 0 { return size }
        let position = lseek(self.descriptor, 0, SEEK_CUR)
        return position < 0 ? nil : position
    }

    /// Whether it belongs to the user who runs this, and nobody else can write it.
    var isPrivatelyWritten: Bool {
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
    func isReady(within milliseconds: Int32 = 0) -> Bool {
        var request = pollfd(fd: self.descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&request, 1, milliseconds) > 0
    }

    /// Writes all bytes, in as few calls as the system takes.
    ///
    /// - Throws: ``FileError``.
    func write(_ bytes: Span<UInt8>) throws(FileError) {
        var start = 0
        while start < bytes.count {
            let rest = bytes.extracting(start...)
            let result = unsafe rest.withUnsafeBufferPointer { buffer in
                unsafe systemWrite(self.descriptor, buffer.baseAddress, buffer.count)
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
    func synchronize() throws(FileError) {
        guard fsync(self.descriptor) == 0 else { throw .last }
    }

    /// Waits until no other process has a lock on the file, and keeps others waiting until this is closed.
    ///
    /// The system ends the lock when the process ends, however it ends.
    ///
    /// - Throws: ``FileError``.
    func lock() throws(FileError) {
        while flock(self.descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .last }
        }
    }
}

// Inside `OpenFile` this name is that of its own method.
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafePointer<UInt8>?, _ count: Int) -> Int {
    unsafe write(descriptor, buffer, count)
}
#endif
