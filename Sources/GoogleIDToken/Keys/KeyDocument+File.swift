//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import FoundationEssentials

extension KeyDocument {
    /// Reads a document from a file.
    ///
    /// - Parameter path: The file's path.
    /// - Throws: ``ConfigurationError`` if the file cannot be read, or holds no usable key.
    package init(readingFile path: String) throws(ConfigurationError) {
        try self.init(try Self.bytes(ofFile: path), named: "The key file \(path)")
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

    private static func bytes(ofFile path: String) throws(ConfigurationError) -> [UInt8] {
        do {
            // The size is an Int on some platforms and a UInt on others.
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? any BinaryInteger
            guard size.map({ Int(clamping: $0) }) ?? 0 <= Self.maximumSize else {
                throw ConfigurationError(.keysUnusable, "The key file \(path) cannot be used: it is too large.")
            }
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch let error as ConfigurationError {
            throw error
        } catch {
            throw ConfigurationError(
                .keysUnreadable,
                "The key file \(path) cannot be read: check that it exists and may be read."
            )
        }
    }
}
