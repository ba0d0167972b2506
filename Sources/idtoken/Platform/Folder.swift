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

/// Folders, and files that are replaced in one step.
enum Folder {
    /// Makes a folder that only its owner can use, unless it exists; its parent folder must exist.
    ///
    /// - Throws: ``FileError``.
    static func make(_ path: String) throws(FileError) {
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last }
    }

    /// Replaces a file with bytes in one step, as ``replace(_:in:writing:)`` does.
    static func replace(_ name: String, in folder: String, with bytes: [UInt8]) throws(FileError) {
        try self.replace(name, in: folder) { file throws(FileError) in try file.write(bytes.span) }
    }

    /// Replaces a file in one step: readers see the old content or the new one, even if this process is killed.
    ///
    /// A writer that is killed may leave a file whose name begins with a dot and ends in `.partial`.
    ///
    /// - Parameters:
    ///   - name: The file's name in the folder.
    ///   - folder: The folder's path.
    ///   - write: Writes the content to the file that it is given.
    /// - Throws: ``FileError``.
    static func replace(
        _ name: String,
        in folder: String,
        writing write: (OpenFile) throws(FileError) -> Void
    ) throws(FileError) {
        let partial = "\(folder)/.\(name).\(getpid()).partial"
        unsafe unlink(partial)
        let file = try OpenFile(making: partial)
        do throws(FileError) {
            try write(file)
            try file.synchronize()
            guard unsafe rename(partial, "\(folder)/\(name)") == 0 else { throw .last }
        } catch {
            unsafe unlink(partial)
            throw error
        }
        // The new name is on the disk only once the folder is.
        try OpenFile(reading: folder).synchronize()
    }

    /// Removes a file, if it exists.
    static func remove(_ path: String) {
        unsafe unlink(path)
    }
}
#endif
