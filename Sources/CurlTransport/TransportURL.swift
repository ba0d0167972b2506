//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import CCurl

/// A URL that keys may be fetched from: `https`, or `http` on this machine, without user and password.
struct TransportURL {
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
        self.isDirect = isLoopback || ["169.254.169.254", "metadata.google.internal"].contains(host.lowercased())
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
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
