//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import IDTokenBytes

/// How long a fetched key document stays fresh by what its response says (RFC 9111 §4.2).
///
/// In this order: `max-age` less `Age`; `Expires` less `Date` less `Age`; an hour. This machine's clock plays no part unless a
/// response has `Expires` and no `Date`. What comes out is between a minute and a day.
enum CacheLifetime {
    /// Without a word about caching in the response.
    static let fallback: Duration = .seconds(60 * 60)
    /// At least, whatever the response says: also for `no-store`, since every request would fetch otherwise.
    static let shortest: Duration = .seconds(60)
    /// At most, whatever the response says.
    static let longest: Duration = .seconds(24 * 60 * 60)

    /// Where a number of seconds saturates (RFC 9111 §1.2.2).
    private static let mostSeconds = 1 << 31

    /// Reads a response's lifetime.
    ///
    /// - Parameters:
    ///   - fields: The response's header fields.
    ///   - now: This machine's time in seconds since 1970.
    /// - Returns: For how long the document is fresh from now on, or nil if the response says nothing of it.
    static func read(_ fields: HeaderFields, now: Int) -> Duration? {
        Self.stated(fields, now: now).map { min(max($0, Self.shortest), Self.longest) }
    }

    private static func stated(_ fields: HeaderFields, now: Int) -> Duration? {
        let directives = fields.all("cache-control").flatMap { Self.directives($0) }
        // A key set must be kept for some time, so what forbids that means the shortest time.
        if directives.contains(where: { $0.isNamed("no-store") || $0.isNamed("no-cache") }) { return .zero }
        let maxAges = directives.filter { $0.isNamed("max-age") }.map { $0.argument.flatMap { Self.seconds($0) } }
        if !maxAges.isEmpty {
            // Of several the shortest counts, and what is no number means none (RFC 9111 §4.2.1).
            guard let shortest = maxAges.map({ $0 ?? 0 }).min() else { return .zero }
            return .seconds(shortest - Self.age(fields))
        }
        let expires = fields.all("expires")
        guard let first = expires.first else { return nil }
        // Anything but one valid date is a time long past (RFC 9111 §5.3).
        guard expires.allSatisfy({ $0.isExactly(first) }), let end = HTTPDate.seconds(first) else { return .zero }
        guard let start = fields.all("date").first.flatMap({ HTTPDate.seconds($0) }) else {
            return .seconds(Self.clamped(end.saturatingSubtraction(now)))
        }
        return .seconds(Self.clamped(end.saturatingSubtraction(start)) - Self.age(fields))
    }

    private static func clamped(_ seconds: Int) -> Int {
        min(max(seconds, 0), Self.mostSeconds)
    }

    /// The seconds that caches on the way have held the response; the first of a list, and 0 if it is no number
    /// (RFC 9111 §5.1).
    private static func age(_ fields: HeaderFields) -> Int {
        let first = fields.all("age").first?.utf8.split(separator: UInt8(ascii: ",")).first
        return first.flatMap { Self.seconds(Array($0)) } ?? 0
    }

    /// One part of a `Cache-Control` value, without white space and quotes.
    private struct Directive {
        var name: [UInt8] = []
        var argument: [UInt8]?

        /// Whether this is its name, given in lower case; case does not count (RFC 9111 §5.2).
        func isNamed(_ name: String) -> Bool {
            Bytes.areEqual(self.name.span, ignoringCaseOf: name)
        }
    }

    /// Cuts a `Cache-Control` value at its commas, those in quotes aside.
    private static func directives(_ value: String) -> [Directive] {
        var directives: [Directive] = []
        var directive = Directive()
        var isQuoted = false
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: " "), UInt8(ascii: "\t"): break
            case UInt8(ascii: ",") where !isQuoted:
                directives.append(directive)
                directive = Directive()
            case UInt8(ascii: "=") where directive.argument == nil: directive.argument = []
            default:
                if directive.argument == nil { directive.name.append(byte) } else { directive.argument?.append(byte) }
            }
        }
        return directives + [directive]
    }

    /// Reads digits; too many saturate.
    private static func seconds(_ text: [UInt8]) -> Int? {
        let digits = text.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") && $0 != UInt8(ascii: "\"") }
        guard !digits.isEmpty, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
        return digits.reduce(0) { min($0 * 10 + Int($1 - UInt8(ascii: "0")), Self.mostSeconds) }
    }
}

extension Int {
    /// The difference, or the nearest number there is.
    func saturatingSubtraction(_ other: Int) -> Int {
        let (difference, overflow) = self.subtractingReportingOverflow(other)
        return overflow ? (self < 0 ? .min : .max) : difference
    }
}
