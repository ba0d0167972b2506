//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import CCurl

/// A URL that keys may be fetched from: `https`, or `http` on this machine, without user and password.
struct TransportURL {
    /// The host's name or address.
    let host: String
    /// Whether a proxy must be kept out: this machine, and the metadata server, which no proxy can reach.
    let isDirect: Bool

    /// Checks a URL.
    ///
    /// - Parameter text: The URL.
    /// - Throws: ``TransportError`` that says what is wrong.
    init(_ text: String) throws(TransportError) {
        guard let parts = URLParts(), parts.read(text) else {
            throw TransportError(.invalidURL, "it is not an absolute URL")
        }
        guard let scheme = parts[CURLUPART_SCHEME], let host = parts[CURLUPART_HOST], !host.isEmpty else {
            throw TransportError(.invalidURL, "it is not an absolute URL")
        }
        guard parts[CURLUPART_USER] == nil, parts[CURLUPART_PASSWORD] == nil else {
            throw TransportError(.invalidURL, "it holds a user or password; remove them")
        }
        let isLoopback = Self.isLoopback(host)
        guard scheme == "https" || scheme == "http" && isLoopback else {
            throw TransportError(.invalidURL, "it is not https; http is for this machine only")
        }
        self.host = host
        self.isDirect =
            isLoopback || ["169.254.169.254", "metadata.google.internal"].contains(Self.canonical(host))
    }

    /// A URL without what may be secret, in printable ASCII.
    static func shown(_ text: String) -> String {
        guard
            let parts = URLParts(), parts.read(text),
            let scheme = parts[CURLUPART_SCHEME], let host = parts[CURLUPART_HOST]
        else { return "the URL" }
        let port = parts[CURLUPART_PORT].map { ":\($0)" } ?? ""
        let url = "\(scheme)://\(host)\(port)\(parts[CURLUPART_PATH] ?? "")"
        return String(String.UnicodeScalarView(url.unicodeScalars.filter { "!"..."~" ~= $0 }))
    }

    private static func isLoopback(_ host: String) -> Bool {
        let host = Self.canonical(host)
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        // An address only as libcurl takes it for one; anything else is a name, which may be anybody's.
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in UInt8(part).map { String($0) == part } ?? false }
    }

    /// A host in small letters, without the full stop that may end it.
    private static func canonical(_ host: String) -> String {
        let host = host.lowercased()
        return host.hasSuffix(".") ? String(host.dropLast()) : host
    }
}

/// A URL taken apart by libcurl, so that what is checked is what is fetched.
@safe private struct URLParts: ~Copyable {
    private let pointer: OpaquePointer

    init?() {
        guard let pointer = unsafe curl_url() else { return nil }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe curl_url_cleanup(self.pointer)
    }

    /// Takes a URL apart.
    ///
    /// - Returns: Whether it is one.
    borrowing func read(_ text: String) -> Bool {
        unsafe curl_url_set(self.pointer, CURLUPART_URL, text, 0) == CURLUE_OK
    }

    subscript(part: CURLUPart) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe curl_url_get(self.pointer, part, &text, 0) == CURLUE_OK, let text = unsafe text else { return nil }
        defer { unsafe curl_free(text) }
        return unsafe String(cString: text)
    }
}
