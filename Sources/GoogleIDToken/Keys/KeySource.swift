//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials

/// Where a verifier's keys come from.
///
/// A document of keys is either a JWK set or Google's object of key IDs with certificates; which one shows in its
/// content.
public struct KeySource: Sendable {
    enum Location: Sendable {
        case file(String)
        case document([UInt8])
    }

    let location: Location

    /// A document in a file, read once, when the verifier is made.
    ///
    /// - Parameter path: The file's path.
    /// - Returns: The source.
    public static func file(_ path: String) -> KeySource {
        KeySource(location: .file(path))
    }

    /// A document at hand.
    ///
    /// - Parameter bytes: The document.
    /// - Returns: The source.
    public static func document(_ bytes: some Sequence<UInt8>) -> KeySource {
        KeySource(location: .document(Array(bytes)))
    }

    /// Reads the document.
    ///
    /// - Throws: ``ConfigurationError`` if it cannot be read or holds no usable key.
    func load() throws(ConfigurationError) -> KeySet {
        let bytes: [UInt8]
        let name: String
        switch self.location {
        case .document(let document):
            bytes = document
            name = "The key document"
        case .file(let path):
            bytes = try Self.read(path)
            name = "The key file \(path)"
        }
        do throws(KeyDocumentError) {
            return try KeyDocument(parsing: bytes).keySet
        } catch {
            throw ConfigurationError(
                .keysUnusable,
                "\(name) cannot be used: \(error). Give a document as \(Self.example) publishes it."
            )
        }
    }

    private static let example = "https://www.googleapis.com/oauth2/v3/certs"

    private static func read(_ path: String) throws(ConfigurationError) -> [UInt8] {
        do {
            // The size is an Int on some platforms and a UInt on others.
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? any BinaryInteger
            guard size.map({ Int(clamping: $0) }) ?? 0 <= KeyDocument.maximumSize else {
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
