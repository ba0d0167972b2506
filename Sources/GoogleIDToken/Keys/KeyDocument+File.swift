//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenPlatform

extension KeyDocument {
    /// Reads a document from a file.
    ///
    /// - Parameter path: The file's path.
    /// - Throws: ``ConfigurationError`` if the file cannot be read, or holds no usable key.
    package init(readingFile path: String) throws(ConfigurationError) {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try OpenFile(reading: path).readAll(atMost: Self.maximumSize)
        } catch {
            throw ConfigurationError(
                error == .tooLarge ? .keysUnusable : .keysUnreadable,
                "The key file \(path) cannot be used: \(error). Give a file that this process may read, of at most "
                    + "\(Self.maximumSize / 1024) KiB."
            )
        }
        try self.init(bytes, named: "The key file \(path)")
    }

    /// Reads a document and says what is wrong with it under its name.
    init(_ bytes: [UInt8], named name: String) throws(ConfigurationError) {
        do throws(KeyDocumentError) {
            try self.init(parsing: bytes)
        } catch {
            throw ConfigurationError(
                .keysUnusable,
                "\(name) cannot be used: \(error). Give a document as \(TrustProfile.googleIDToken.keysURL) publishes it."
            )
        }
    }
}
