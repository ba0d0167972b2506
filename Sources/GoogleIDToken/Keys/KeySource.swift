//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport

/// Where a verifier's keys come from.
///
/// A document of keys is either a JWK set or Google's object of key IDs with certificates; which one shows in its
/// content.
public struct KeySource: Sendable {
    enum Location: Sendable {
        case remote(url: String, certificateAuthorityFile: String?)
        case file(String)
        case document([UInt8])
        case keySet(KeySet)
    }

    let location: Location

    /// Google's published keys, fetched when they are needed and kept fresh.
    public static let google = KeySource.remote(TrustProfile.googleIDToken.keysURL)

    /// A document at a URL, fetched when it is needed and kept fresh.
    ///
    /// - Parameters:
    ///   - url: An `https` URL, or an `http` one on this machine.
    ///   - certificateAuthorityFile: The path of a file of certificates (PEM) that vouch for the server, instead of the
    ///     system's.
    /// - Returns: The source.
    public static func remote(_ url: String, certificateAuthorityFile: String? = nil) -> KeySource {
        KeySource(location: .remote(url: url, certificateAuthorityFile: certificateAuthorityFile))
    }

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

    /// Keys that have been read already, such as those of an archive.
    ///
    /// - Parameter keySet: The keys.
    /// - Returns: The source.
    package static func keySet(_ keySet: KeySet) -> KeySource {
        KeySource(location: .keySet(keySet))
    }

    /// Reads the document, or makes ready to fetch it.
    ///
    /// - Parameter onEvent: Is told of fetches.
    /// - Returns: The keys, or what fetches them.
    /// - Throws: ``ConfigurationError`` if the document cannot be read or holds no usable key, or the URL cannot be
    ///   fetched from.
    func open(onEvent: (@Sendable (IDTokenVerifier.Event) -> Void)?) throws(ConfigurationError) -> KeyRing {
        switch self.location {
        case .remote(let url, let certificateAuthorityFile):
            let transport = CurlTransport(certificateAuthorityFile: certificateAuthorityFile)
            do throws(TransportError) {
                try transport.check(url)
            } catch {
                throw ConfigurationError(
                    .keySourceInvalid,
                    "Keys cannot be fetched from \(CurlTransport.shown(url)): \(error)."
                )
            }
            let fetcher = KeyFetcher(url: url, transport: transport)
            return .fetched(KeyStore(.system(fetch: { await fetcher.fetch($0) }, onEvent: onEvent)))
        case .document(let document): return .given(try KeyDocument(document, named: "The key document").keySet)
        case .file(let path): return .given(try KeyDocument(readingFile: path).keySet)
        case .keySet(let keySet): return .given(keySet)
        }
    }
}
