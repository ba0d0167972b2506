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
    /// What kind of file is open.
    enum Kind: Sendable {
        case regular
        case folder
        case terminal
        case other
    }

    static let standardInput = OpenFile(borrowing: STDIN_FILENO)
    static let standardOutput = OpenFile(borrowing: STDOUT_FILENO)
    static let standardError = OpenFile(borrowing: STDERR_FILENO)

    /// Opens a file in order to lock it; if it does not exist, it is made so that only its owner can use it.
    ///
    /// - Throws: ``FileError``.
    convenience init(locking path: String) throws(FileError) {
        try self.init(path, O_RDWR | O_CREAT)
    }

    /// Makes a file that does not exist yet, so that only its owner can use it.
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

    /// Whether each write goes to the end of the file, as after `>>` in a shell.
    var isAppended: Bool {
        fcntl(self.descriptor, F_GETFL) & O_APPEND != 0
    }

    /// Whether it belongs to the user who runs this process, and no other user can write it.
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
    /// Whether bytes or the end of the file can be read without waiting.
    ///
    /// - Parameter milliseconds: How long to wait until they can.
    /// - Returns: Whether they can.
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

    /// Reads a part of a regular file.
    ///
    /// - Parameters:
    ///   - position: Where the part begins.
    ///   - count: The most to read.
    /// - Returns: The bytes; fewer than `count` only if the file ends there.
    /// - Throws: ``FileError``.
    func read(from position: Int, upTo count: Int) throws(FileError) -> [UInt8] {
        guard lseek(self.descriptor, off_t(position), SEEK_SET) >= 0 else { throw .last }
        var bytes: [UInt8] = []
        while bytes.count < count, try self.read(appendingTo: &bytes, upTo: count - bytes.count) > 0 {}
        return bytes
    }

    /// Makes a file shorter.
    ///
    /// - Parameter size: The new size in bytes.
    /// - Throws: ``FileError``.
    func cut(to size: Int) throws(FileError) {
        while ftruncate(self.descriptor, off_t(size)) != 0 {
            guard errno == EINTR else { throw .last }
        }
    }

    /// Waits until what was written is on the disk.
    ///
    /// - Throws: ``FileError``.
    func synchronize() throws(FileError) {
        guard fsync(self.descriptor) == 0 else { throw .last }
    }

    /// Waits until no other process has a lock on the file, and locks it until it is closed.
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
