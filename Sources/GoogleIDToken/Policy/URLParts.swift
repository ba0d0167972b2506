//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// The scheme, authority and path of an audience; an audience need not be a URL.
package struct URLParts {
    package let scheme: String
    package let authority: String
    package let path: String

    package init(_ text: String) {
        var rest = text[...]
        if let colon = Self.endOfScheme(text) {
            self.scheme = String(text[..<colon])
            rest = text[text.utf8.index(colon, offsetBy: 3)...]
        } else {
            self.scheme = ""
        }
        let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        self.authority = String(rest[..<slash])
        self.path = String(rest[slash...])
    }

    /// The text again.
    var text: String { (self.scheme.isEmpty ? "" : "\(self.scheme)://") + self.authority + self.path }

    /// Whether two paths differ only by a trailing slash.
    func hasSlashMoreOrLess(than other: URLParts) -> Bool {
        Self.isSame(self.path, withSlash: other.path) || Self.isSame(other.path, withSlash: self.path)
    }

    private static func isSame(_ short: String, withSlash long: String) -> Bool {
        long.utf8.count == short.utf8.count + 1 && long.utf8.last == UInt8(ascii: "/")
            && long.utf8.starts(with: short.utf8)
    }

    /// Returns the index of the first `://`.
    private static func endOfScheme(_ text: String) -> String.Index? {
        let bytes = text.utf8.span
        let mark = "://".utf8.span
        var start = 0
        while let colon = Bytes.firstIndex(of: UInt8(ascii: ":"), in: bytes, from: start) {
            if colon + mark.count <= bytes.count, Bytes.areEqual(bytes.extracting(colon..<colon + mark.count), mark) {
                return text.utf8.index(text.startIndex, offsetBy: colon)
            }
            start = colon + 1
        }
        return nil
    }
}

extension URLParts {
    /// Whether this is an `https` URL.
    package var isHTTPS: Bool { self.scheme.isExactly("https") }

    /// Whether the authority is the name of a host: letters, digits, hyphens and dots, without user and port.
    package var hasPlainHost: Bool {
        !self.authority.isEmpty
            && self.authority.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
                default: false
                }
            }
    }

    /// Whether the host is a name in a domain.
    package func isHost(in domain: String) -> Bool {
        let host = Array(self.authority.utf8)
        return host.count > domain.utf8.count + 1 && host[host.count - domain.utf8.count - 1] == UInt8(ascii: ".")
            && host.suffix(domain.utf8.count).elementsEqual(domain.utf8)
    }
}
