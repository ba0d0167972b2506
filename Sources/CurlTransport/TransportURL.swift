//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import CCurl
internal import IDTokenBytes

/// A URL that may be fetched: `https`, or `http` on this machine or if other machines are allowed explicitly, without user
/// and password.
package struct TransportURL: Sendable {
    /// The host as it is written in the URL; an IPv6 address is in brackets.
    package let host: String
    /// Whether the host is this machine.
    package let isLoopback: Bool
    /// Whether it is fetched with TLS.
    package let isEncrypted: Bool
    /// Whether no proxy may be used: for this machine, for the metadata server, which a proxy cannot reach, and without TLS.
    let isDirect: Bool

    /// Checks a URL.
    ///
    /// - Parameters:
    ///   - text: The URL.
    ///   - allowsPlainHTTP: Whether it may be `http` of another machine.
    /// - Throws: ``TransportError`` that describes the error in the URL; its kind is `plainHTTP` if `allowsPlainHTTP` would
    ///   permit the URL.
    package init(_ text: String, allowsPlainHTTP: Bool = false) throws(TransportError) {
        guard let parts = URLParts(), parts.read(text) else {
            throw TransportError(.invalidURL, "it is not an absolute URL")
        }
        guard let scheme = parts[CURLUPART_SCHEME], let host = parts[CURLUPART_HOST], !host.isEmpty else {
            throw TransportError(.invalidURL, "it is not an absolute URL")
        }
        guard parts[CURLUPART_USER] == nil, parts[CURLUPART_PASSWORD] == nil else {
            throw TransportError(.invalidURL, "it contains a user or password; remove them")
        }
        let isLoopback = Self.isLoopback(host)
        self.host = host
        self.isLoopback = isLoopback
        self.isEncrypted = scheme.utf8.elementsEqual("https".utf8)
        let isHTTP = scheme.utf8.elementsEqual("http".utf8)
        guard self.isEncrypted || isHTTP && (isLoopback || allowsPlainHTTP) else {
            throw TransportError(
                isHTTP ? .plainHTTP : .invalidURL,
                "it is not https; http is allowed only on this machine"
            )
        }
        self.isDirect = isLoopback || Self.isMetadataServer(host) || !self.isEncrypted
    }

    /// Returns a URL without its secret parts, in printable ASCII.
    static func shown(_ text: String) -> String {
        guard
            let parts = URLParts(), parts.read(text),
            let scheme = parts[CURLUPART_SCHEME], let host = parts[CURLUPART_HOST]
        else { return "the URL" }
        let port = parts[CURLUPART_PORT].map { ":\($0)" } ?? ""
        let url = "\(scheme)://\(host)\(port)\(parts[CURLUPART_PATH] ?? "")"
        return String(String.UnicodeScalarView(url.unicodeScalars.filter { "!"..."~" ~= $0 }))
    }

    /// Whether a host is this machine: a loopback address, or the name `localhost` (RFC 6761 §6.3).
    ///
    /// A name that ends with a full stop is resolved like any other name.
    private static func isLoopback(_ host: String) -> Bool {
        if Bytes.areEqual(host.utf8.span, ignoringCaseOf: "localhost") || host.utf8.elementsEqual("[::1]".utf8) {
            return true
        }
        let parts = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // Only the form that libcurl parses as an address counts; anything else is a name, which may belong to another
        // host.
        return parts.count == 4 && parts[0].elementsEqual("127".utf8)
            && parts.allSatisfy { part in
                UInt8(Substring(part)).map { String($0).utf8.elementsEqual(part) } ?? false
            }
    }

    private static func isMetadataServer(_ host: String) -> Bool {
        ["169.254.169.254", "metadata.google.internal", "metadata.google.internal."]
            .contains { Bytes.areEqual(host.utf8.span, ignoringCaseOf: $0) }
    }
}

/// A URL parsed by libcurl, so that the checked URL is the one that is fetched.
@safe private struct URLParts: ~Copyable {
    private let pointer: OpaquePointer

    init?() {
        guard let pointer = unsafe curl_url() else { return nil }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe curl_url_cleanup(self.pointer)
    }

    /// Parses a URL.
    ///
    /// - Returns: Whether the text is a URL.
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
