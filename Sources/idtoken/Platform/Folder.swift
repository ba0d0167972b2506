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

/// Files that appear whole or not at all.
enum Folder {
    /// Makes a folder if there is none, for its owner alone; the one around it must be there.
    ///
    /// - Throws: ``FileError``.
    static func make(_ path: String) throws(FileError) {
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last }
    }

    /// Writes a file anew, so that whoever reads it, and whatever happens, there is the old one or the new one.
    ///
    /// What is left of a writer that was killed has a name that begins with a dot and ends in `.partial`.
    ///
    /// - Parameters:
    ///   - name: The file's name in the folder.
    ///   - folder: The folder's path.
    ///   - bytes: The content.
    /// - Throws: ``FileError``.
    static func replace(_ name: String, in folder: String, with bytes: [UInt8]) throws(FileError) {
        let partial = "\(folder)/.\(name).\(getpid()).partial"
        unsafe unlink(partial)
        let file = try OpenFile(making: partial)
        do throws(FileError) {
            try file.write(bytes.span)
            try file.synchronize()
            guard unsafe rename(partial, "\(folder)/\(name)") == 0 else { throw .last }
        } catch {
            unsafe unlink(partial)
            throw error
        }
        // The new name is on the disk only with the folder.
        try OpenFile(reading: folder).synchronize()
    }

    /// Takes a file away, if it is there.
    static func remove(_ path: String) {
        unsafe unlink(path)
    }
}
#endif
