//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import OpenSSLSignature

/// The source of a verifier's keys.
///
/// A key document is either a JWK set or Google's object that maps key IDs to certificates or public keys; its content
/// shows the format.
public struct KeySource: Sendable {
    enum Location: Sendable {
        case published
        case remote(url: String, certificateAuthorityFile: String?)
        case remoteWithoutTLS(url: String)
        case fetched(KeyClient)
        case file(String)
        case document([UInt8])
        case keySet(KeySet)
    }

    let location: Location

    /// The keys that Google publishes for the tokens of the verifier, fetched on demand and kept fresh.
    public static let google = KeySource(location: .published)

    /// A document at a URL, fetched on demand and kept fresh.
    ///
    /// Without `certificateAuthorityFile`, the environment variables `CURL_CA_BUNDLE`, or else `SSL_CERT_DIR` and
    /// `SSL_CERT_FILE`, may name other certificate authorities than the system's, as for the command `curl`. They are read
    /// when the verifier is created, which throws ``IDTokenVerifier/ConfigurationError`` if what they name does not exist.
    ///
    /// - Parameters:
    ///   - url: An `https` URL, or an `http` URL on this machine (RFC 6761 §6.3).
    ///   - certificateAuthorityFile: The path of a PEM file of certificate authorities that replaces the system's and
    ///     those of the environment.
    /// - Returns: The source.
    public static func remote(_ url: String, certificateAuthorityFile: String? = nil) -> KeySource {
        KeySource(location: .remote(url: url, certificateAuthorityFile: certificateAuthorityFile))
    }

    /// A document at a URL, fetched without TLS, for tests with a stand-in on another host, such as a container's name.
    ///
    /// - Important: Whoever can change the response on its way decides which tokens are accepted. Never use this source in
    ///   production.
    ///
    /// - Parameter url: An `http` URL of any host. It is fetched without a proxy. (An `https` URL is fetched with TLS.)
    /// - Returns: The source.
    public static func remoteWithoutTLSForTests(_ url: String) -> KeySource {
        KeySource(location: .remoteWithoutTLS(url: url))
    }

    /// The keys that Google publishes, fetched by the service's own HTTP client with its tracing and proxy settings.
    ///
    /// ```swift
    /// // With HTTPClient.Configuration(redirectConfiguration: .disallow).
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
    /// Caching, refreshing and limits are the same as for other sources. The client must verify the server's
    /// certificate and must not follow redirects to other hosts: the server of this document decides which tokens are
    /// accepted.
    ///
    /// - Parameter fetch: A function that sends one GET request to a URL, with header fields that make it conditional
    ///   (RFC 9110 §13.1), and returns the response, whatever its status. Its task is cancelled after 5 seconds; if it
    ///   ignores the cancellation, requests that need keys continue to wait.
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

    /// The response of a key server (RFC 9110 §6).
    public struct Response: Sendable {
        /// The status code.
        public var status: Int
        /// The header fields, in their original order.
        public var headerFields: [(name: String, value: String)]
        /// The content, after any decompression.
        public var body: [UInt8]

        /// Creates a response.
        ///
        /// - Parameters:
        ///   - status: The status code.
        ///   - headerFields: The header fields, in their original order.
        ///   - body: The content, after any decompression.
        public init(status: Int, headerFields: [(name: String, value: String)], body: [UInt8]) {
            self.status = status
            self.headerFields = headerFields
            self.body = body
        }
    }

    /// A document in a file, which is read once when the verifier is created.
    ///
    /// - Parameter path: The file's path.
    /// - Returns: The source.
    public static func file(_ path: String) -> KeySource {
        KeySource(location: .file(path))
    }

    /// A document in memory.
    ///
    /// - Parameter bytes: The document.
    /// - Returns: The source.
    public static func document(_ bytes: some Sequence<UInt8>) -> KeySource {
        KeySource(location: .document(Array(bytes)))
    }

    /// Keys that are already parsed, such as those of an archive.
    ///
    /// - Parameter keySet: The keys.
    /// - Returns: The source.
    package static func keySet(_ keySet: KeySet) -> KeySource {
        KeySource(location: .keySet(keySet))
    }

    /// Reads the document, or prepares to fetch it.
    ///
    /// - Parameters:
    ///   - profile: The kind of token that the keys verify.
    ///   - onEvent: A function that is called after each fetch.
    /// - Returns: The keys, or the store that fetches them.
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` if the document cannot be read or contains no usable key, or if
    ///   the URL cannot be used.
    func open(
        for profile: TrustProfile,
        onEvent: (@Sendable (IDTokenVerifier.Event) -> Void)?
    ) throws(IDTokenVerifier.ConfigurationError) -> KeyRing {
        let fetcher: KeyFetcher
        switch self.location {
        case .document(let document):
            return .fixed(try KeyDocument(document, named: "The key document", for: profile).keySet, .document)
        case .file(let path): return .fixed(try KeyDocument(readingFile: path, for: profile).keySet, .file(path))
        case .keySet(let keySet):
            guard keySet.keys.allSatisfy({ $0.publicKey.algorithm == profile.signatureAlgorithm }) else {
                throw IDTokenVerifier.ConfigurationError(
                    .keysUnusable,
                    "The keys are not for \(profile.algorithm), so they are those of another issuer; give those of "
                        + "\(profile.keysURL)."
                )
            }
            return .fixed(keySet, .document)
        case .published:
            fetcher = try KeyFetcher(url: profile.keysURL, for: profile, with: CurlTransport())
        case .remote(let url, let certificateAuthorityFile):
            let transport = CurlTransport(certificateAuthorityFile: certificateAuthorityFile)
            fetcher = try KeyFetcher(url: url, for: profile, with: transport)
        case .remoteWithoutTLS(let url):
            fetcher = try KeyFetcher(url: url, for: profile, with: CurlTransport(allowsPlainHTTP: true))
        case .fetched(let client):
            fetcher = KeyFetcher(url: profile.keysURL, profile: profile, client: client)
        }
        return .fetched(KeyStore(.system(fetch: { await fetcher.fetch($0) }, onEvent: onEvent)))
    }
}
