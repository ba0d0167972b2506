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
        case published
        case remote(url: String, certificateAuthorityFile: String?)
        case fetched(KeyClient)
        case file(String)
        case document([UInt8])
        case keySet(KeySet)
    }

    let location: Location

    /// The keys that Google publishes for its ID tokens, fetched when they are needed and kept fresh.
    public static let google = KeySource(location: .published)

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

    /// The keys that Google publishes, fetched by a service's own HTTP client, with its tracing and proxy rules.
    ///
    /// ```swift
    /// let keys = KeySource.fetched { url, headerFields in
    ///     var request = HTTPClientRequest(url: url)
    ///     for field in headerFields { request.headers.add(name: field.name, value: field.value) }
    ///     let response = try await httpClient.execute(request, timeout: .seconds(5))
    ///     let body = try await response.body.collect(upTo: 256 * 1024)
    ///     return KeySource.Response(
    ///         status: Int(response.status.code),
    ///         headerFields: response.headers.map { ($0.name, $0.value) },
    ///         body: Array(buffer: body))
    /// }
    /// ```
    /// Caching, refreshing and limits are those of the other sources. The client must check the server's certificate and
    /// must not follow redirects to other hosts: whoever serves the document decides who may call.
    ///
    /// - Parameter fetch: Makes one GET request to a URL with header fields that ask whether the document has changed
    ///   (RFC 9110 §13.1), and returns the response, whatever its status. Its task is cancelled after 5 seconds; a closure
    ///   that overlooks its cancellation keeps the requests that need keys waiting.
    /// - Returns: The source.
    public static func fetched(
        by fetch:
            @escaping @Sendable (
                _ url: String,
                _ headerFields: [(name: String, value: String)]
            ) async throws -> Response
    ) -> KeySource {
        KeySource(location: .fetched(KeyClient(fetch, timeLimit: KeyClient.timeLimit)))
    }

    /// A key server's response (RFC 9110 §6).
    public struct Response: Sendable {
        /// The status code.
        public var status: Int
        /// The header fields, in the order in which they came.
        public var headerFields: [(name: String, value: String)]
        /// The content, after any decompression.
        public var body: [UInt8]

        /// Makes a response.
        ///
        /// - Parameters:
        ///   - status: The status code.
        ///   - headerFields: The header fields, in the order in which they came.
        ///   - body: The content, after any decompression.
        public init(status: Int, headerFields: [(name: String, value: String)], body: [UInt8]) {
            self.status = status
            self.headerFields = headerFields
            self.body = body
        }
    }

    /// A document in a file, read once, when the verifier is made.
    ///
    /// - Parameter path: The file's path.
    /// - Returns: The source.
    public static func file(_ path: String) -> KeySource {
        KeySource(location: .file(path))
    }

    /// A document that the service has in memory.
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
    /// - Parameters:
    ///   - profile: The kind of token that the keys are for.
    ///   - onEvent: Is called after each fetch.
    /// - Returns: The keys, or what fetches them.
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` if the document cannot be read or holds no usable key, or the URL
    ///   cannot be fetched from.
    func open(
        for profile: TrustProfile,
        onEvent: (@Sendable (IDTokenVerifier.Event) -> Void)?
    ) throws(IDTokenVerifier.ConfigurationError) -> KeyRing {
        let fetcher: KeyFetcher
        switch self.location {
        case .document(let document):
            return .fixed(try KeyDocument(document, named: "The key document", for: profile).keySet)
        case .file(let path): return .fixed(try KeyDocument(readingFile: path, for: profile).keySet)
        case .keySet(let keySet): return .fixed(keySet)
        case .published:
            fetcher = try KeyFetcher(url: profile.keysURL, for: profile, with: CurlTransport())
        case .remote(let url, let certificateAuthorityFile):
            let transport = CurlTransport(certificateAuthorityFile: certificateAuthorityFile)
            fetcher = try KeyFetcher(url: url, for: profile, with: transport)
        case .fetched(let client):
            fetcher = KeyFetcher(url: profile.keysURL, profile: profile, client: client)
        }
        return .fetched(KeyStore(.system(fetch: { await fetcher.fetch($0) }, onEvent: onEvent)))
    }
}
