//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenPlatform

extension KeyDocument {
    /// Reads a key document from a file.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - profile: The kind of token that the keys verify.
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` if the file cannot be read, or contains no usable key.
    package init(readingFile path: String, for profile: TrustProfile) throws(IDTokenVerifier.ConfigurationError) {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try OpenFile(reading: path).readAll(atMost: Self.maximumSize)
        } catch {
            throw IDTokenVerifier.ConfigurationError(
                error == .tooLarge ? .keysUnusable : .keysUnreadable,
                "The key file \(path) cannot be used: \(error). Give a file that this process can read, of at most "
                    + "\(Self.maximumSize / 1024) KiB."
            )
        }
        try self.init(bytes, named: "The key file \(path)", for: profile)
    }

    /// Parses a key document; errors mention it by a name.
    init(_ bytes: [UInt8], named name: String, for profile: TrustProfile) throws(IDTokenVerifier.ConfigurationError) {
        do throws(KeyDocumentError) {
            try self.init(parsing: bytes, for: profile)
        } catch {
            throw IDTokenVerifier.ConfigurationError(
                .keysUnusable,
                "\(name) cannot be used: \(error). Give a document in the format of \(profile.keysURL)."
            )
        }
    }
}
