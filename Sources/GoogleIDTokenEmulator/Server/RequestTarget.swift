//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import Foundation

/// The target of a request (RFC 9112 §3.2): a path with a query, which a client of a proxy puts behind scheme and host.
package struct RequestTarget: Sendable {
    /// The host and the port of a target in absolute form, as a client of a proxy sends it, or nil.
    package let authority: String?
    /// The path as it was received, with a slash at its beginning.
    package let path: String
    /// The query.
    package let query: FormFields

    package init(_ text: String) {
        let bytes = text.utf8[...]
        let (authority, rest) = Self.split(bytes)
        self.authority = authority
        let path = rest.prefix { $0 != UInt8(ascii: "?") }
        self.path = path.isEmpty ? "/" : String(decoding: path, as: UTF8.self)
        self.query = FormFields(Array(rest.dropFirst(path.count + 1))[...])
    }

    private static func split(_ bytes: Substring.UTF8View.SubSequence) -> (authority: String?, rest: Substring.UTF8View)
    {
        for scheme in ["http://", "https://"] where bytes.starts(with: scheme.utf8) {
            let rest = bytes.dropFirst(scheme.utf8.count)
            let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
            return (String(decoding: authority, as: UTF8.self), rest.dropFirst(authority.count))
        }
        return (nil, bytes)
    }

    /// The decoded segments of the path; if it ends with a slash, the last one is empty.
    var segments: [String] {
        self.path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst()
            .map { String(decoding: $0, as: UTF8.self) }
            .map { $0.removingPercentEncoding ?? $0 }
    }

    /// The segments after a path, or nil if the target's path does not begin with it.
    ///
    /// - Parameter start: A path with slashes at its beginning and its end.
    /// - Returns: The segments, decoded.
    func segments(after start: String) -> [String]? {
        guard self.path.utf8.starts(with: start.utf8) else { return nil }
        return Array(self.segments.dropFirst(start.utf8.count { $0 == UInt8(ascii: "/") } - 1))
    }
}
#endif
