//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import Foundation
internal import GoogleIDToken
internal import IDTokenPlatform

/// The option that says where keys come from.
struct KeySourceOption: ParsableArguments {
    @Option(
        help: """
            Where the keys come from: google (those that Google publishes for the issuer), the file or URL of a JWK set or of certificates by key ID, or a folder \
            that 'idtoken keys archive' has filled.
            """
    )
    var keys: String = "google"

    /// The URL to fetch the keys of an issuer from, if it is one.
    func url(for profile: TrustProfile) -> String? {
        if self.keys == "google" { return profile.keysURL }
        return self.keys.contains("://") ? self.keys : nil
    }

    /// The archive with the keys of an issuer, if it is one.
    func archive(for profile: TrustProfile) -> KeyArchive? {
        guard self.url(for: profile) == nil, (try? OpenFile(reading: self.keys))?.kind == .folder else { return nil }
        return KeyArchive(folder: self.keys, profile: profile)
    }

    /// Reads the keys, or fetches them unless the cache has them.
    ///
    /// - Parameters:
    ///   - parties: The issuer, the audiences and the callers that the verifier accepts.
    ///   - refetching: Whether to fetch keys that are in the cache again, unless they were fetched just before.
    /// - Returns: The keys.
    /// - Throws: ``CommandFailure`` if they cannot be read, `VerificationError` if they cannot be fetched.
    func open(for parties: AcceptedParties, refetching: Bool = false) async throws -> OpenedKeys {
        let profile = parties.profile
        if let archive = self.archive(for: profile) {
            let keys = try archive.read()
            _ = keys.reportProblems()
            return OpenedKeys(
                verifier: try parties.makeVerifier(keys: .keySet(keys.keySet)),
                notes: keys.notes,
                origin: .archive(archive.folder),
                damaged: keys.damaged
            )
        }
        guard let url = self.url(for: profile) else {
            return OpenedKeys(verifier: try parties.makeVerifier(keys: .file(self.keys)), origin: .file(self.keys))
        }
        // Wrong arguments are reported before anything is fetched.
        _ = try parties.makeVerifier(keys: .remote(url))
        let cache = KeyCache(url: url, profile: profile)
        if let entry = cache.read(), !refetching || Self.isBrandNew(entry) {
            return OpenedKeys(
                verifier: try parties.makeVerifier(keys: .document(entry.bytes)),
                isFromCache: true,
                origin: .fetched(url: url, document: entry.bytes)
            )
        }
        let published = try await PublishedKeys.fetch(from: url, for: profile)
        cache.write(published)
        return OpenedKeys(
            verifier: try parties.makeVerifier(keys: .document(published.bytes)),
            origin: .fetched(url: url, document: published.bytes)
        )
    }

    /// Whether the keys were fetched so recently that an unknown key ID is no reason to fetch them again.
    ///
    /// Anyone can send tokens with unknown key IDs, so there is at most one fetch in 30 seconds.
    private static func isBrandNew(_ entry: KeyCache.Entry) -> Bool {
        Date().timeIntervalSince1970 - entry.fetchedAt < 30
    }
}
#endif
