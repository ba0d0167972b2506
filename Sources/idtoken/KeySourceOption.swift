//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import GoogleIDToken

/// The option that says where keys come from.
struct KeySourceOption: ParsableArguments {
    @Option(
        help: """
            Where the keys come from: a file or URL of a JWK set, or of key IDs with certificates. (default: Google's)
            """
    )
    var keys: String?

    /// Whether a URL is given rather than a file.
    var url: String? {
        self.keys.flatMap { $0.contains("://") ? $0 : nil }
    }

    var source: KeySource {
        guard let keys else { return .google }
        return self.url.map { .remote($0) } ?? .file(keys)
    }

    /// Reads the keys, or fetches them once.
    ///
    /// - Throws: ``CommandFailure``.
    func open() async throws -> OpenedKeys {
        guard self.keys == nil || self.url != nil else { return OpenedKeys(source: self.source) }
        do throws(VerificationError) {
            return OpenedKeys(source: .document(try await PublishedKeys.fetch(from: self.url).bytes))
        } catch {
            throw CommandFailure(status: .keysUnavailable, message: error.description)
        }
    }
}
#endif
