//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import OpenSSLSignature
internal import IDTokenPlatform

/// Key documents that were fetched, kept in the user's cache folder for as long as they are fresh, so that a command in
/// a loop does not fetch them each time.
///
/// The cache is optional: a document that cannot be read, is damaged, or may have been written by another user is
/// fetched again, and a document that cannot be written is not kept.
struct KeyCache {
    /// A document with its times, in seconds since 1970.
    struct Entry {
        let bytes: [UInt8]
        let fetchedAt: Double
        let freshUntil: Double
    }

    /// In seconds; a file that claims to be fresh for longer is not used, because no document is.
    private static let maximumLifetime = 86_400.0
    private static let maximumSize = 4 * KeyDocument.maximumSize

    /// The parent folder, or nil if the environment names none.
    private let parent: String?
    private let url: String
    private let profile: TrustProfile
    private let name: String

    /// - Parameters:
    ///   - url: The document's URL.
    ///   - profile: The kind of token that the keys verify.
    ///   - environment: The environment variables.
    init(
        url: String,
        profile: TrustProfile,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.url = url
        self.profile = profile
        // The XDG Base Directory Specification says that a relative path must be ignored.
        if let path = environment["XDG_CACHE_HOME"], path.hasPrefix("/") {
            self.parent = path
        } else {
            self.parent = environment["HOME"].flatMap { $0.hasPrefix("/") ? "\($0)/.cache" : nil }
        }
        self.name = "keys-\(SHA256.digest(url.utf8.span)?.prefixText ?? "").json"
    }

    private var folder: String? {
        self.parent.map { "\($0)/idtoken" }
    }

    /// The document, if it is there and fresh.
    func read(at now: Double = Date().timeIntervalSince1970) -> Entry? {
        guard let folder = self.folder,
            (try? OpenFile(reading: folder))?.isPrivatelyWritten == true,
            let file = try? OpenFile(reading: "\(folder)/\(self.name)"), file.isPrivatelyWritten,
            file.size ?? .max <= Self.maximumSize, let content = try? file.readAll(),
            let object = (try? JSONReader.read(content))?.objectValue,
            object["url"]?.stringValue == self.url,
            let fetchedAt = object["fetched"]?.doubleValue,
            let freshUntil = object["freshUntil"]?.doubleValue,
            let document = object["document"]?.stringValue,
            fetchedAt <= now, now < freshUntil, freshUntil - fetchedAt <= Self.maximumLifetime,
            (try? KeyDocument(parsing: Array(document.utf8), for: self.profile)) != nil
        else { return nil }
        return Entry(bytes: Array(document.utf8), fetchedAt: fetchedAt, freshUntil: freshUntil)
    }

    /// Keeps a document that has just been fetched.
    func write(_ keys: PublishedKeys, at now: Double = Date().timeIntervalSince1970) {
        guard let parent = self.parent, let folder = self.folder,
            let text = String(validating: keys.bytes, as: UTF8.self)
        else { return }
        let fetched = Int(now.rounded(.down))
        let members = [
            "\"url\":\(IDTokenJSON.string(self.url).json)", "\"fetched\":\(fetched)",
            "\"freshUntil\":\(fetched + Int(keys.lifetime.inSeconds))",
            "\"document\":\(IDTokenJSON.string(text).json)",
        ]
        // Without a cache the command still works; it is only slower.
        try? Folder.make(parent)
        try? Folder.make(folder)
        try? Folder.replace(self.name, in: folder, with: Array("{\(members.joined(separator: ","))}\n".utf8))
    }
}
#endif
