//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import Glibc

/// Files as they are to be read from outside: whole, up to a limit, whether they are files, links or pipes.
package enum File {
    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - limit: The most bytes read.
    /// - Returns: The content.
    /// - Throws: ``FileError`` if it cannot be read or is longer.
    package static func read(_ path: String, atMost limit: Int) throws(FileError) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 64 * 1024)
        while content.count <= limit {
            let count = unsafe Glibc.read(descriptor, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .last }
            if count == 0 { return content }
            content += block.prefix(count)
        }
        throw .tooLarge
    }
}

/// Why a file is not read.
package enum FileError: Error, Sendable, CustomStringConvertible {
    /// The system refuses; in its words.
    case unreadable(String)
    /// It is longer than the limit.
    case tooLarge

    fileprivate static var last: FileError {
        .unreadable(unsafe String(cString: strerror(errno)))
    }

    /// The reason, in words that continue a sentence.
    package var description: String {
        switch self {
        case .unreadable(let words): "it cannot be read (\(words))"
        case .tooLarge: "it is too large"
        }
    }
}
