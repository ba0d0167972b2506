//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import IDTokenBytes

/// The freshness lifetime of a key document, as its HTTP response states it (RFC 9111 §4.2).
///
/// The lifetime is `max-age` minus `Age`, or else `Expires` minus `Date` minus `Age`, or else one hour. This machine's
/// clock is used only if a response has `Expires` but no `Date`. The result is between one minute and one day.
enum CacheLifetime {
    /// The lifetime if the response says nothing about caching.
    static let fallback: Duration = .seconds(60 * 60)
    /// The shortest lifetime, even with `no-store`: otherwise every request would cause a fetch.
    static let shortest: Duration = .seconds(60)
    /// The longest lifetime, whatever the response says.
    static let longest: Duration = .seconds(24 * 60 * 60)

    /// The value at which numbers of seconds saturate (RFC 9111 §1.2.2).
    private static let mostSeconds = 1 << 31

    /// Reads the lifetime from a response.
    ///
    /// - Parameters:
    ///   - fields: The response's header fields.
    ///   - now: This machine's time, in seconds since 1970.
    /// - Returns: The time for which the document is fresh from now on, or nil if the response says nothing about it.
    static func read(_ fields: HeaderFields, now: Int) -> Duration? {
        Self.stated(fields, now: now).map { min(max($0, Self.shortest), Self.longest) }
    }

    private static func stated(_ fields: HeaderFields, now: Int) -> Duration? {
        let directives = fields.all("cache-control").flatMap { Self.directives($0) }
        // Keys must be kept for some time, so `no-store` and `no-cache` mean the shortest lifetime.
        if directives.contains(where: { $0.isNamed("no-store") || $0.isNamed("no-cache") }) { return .zero }
        let maxAges = directives.filter { $0.isNamed("max-age") }.map { $0.argument.flatMap { Self.seconds($0) } }
        if !maxAges.isEmpty {
            // The shortest of several values counts, and an invalid value means 0 (RFC 9111 §4.2.1).
            guard let shortest = maxAges.map({ $0 ?? 0 }).min() else { return .zero }
            return .seconds(shortest - Self.age(fields))
        }
        let expires = fields.all("expires")
        guard let first = expires.first else { return nil }
        // An invalid or repeated date is treated as a time in the past (RFC 9111 §5.3).
        guard expires.allSatisfy({ $0.isExactly(first) }), let end = HTTPDate.seconds(first) else { return .zero }
        guard let start = fields.all("date").first.flatMap({ HTTPDate.seconds($0) }) else {
            return .seconds(Self.clamped(end.saturatingSubtraction(now)))
        }
        return .seconds(Self.clamped(end.saturatingSubtraction(start)) - Self.age(fields))
    }

    private static func clamped(_ seconds: Int) -> Int {
        min(max(seconds, 0), Self.mostSeconds)
    }

    /// Returns the seconds for which caches have held the response.
    ///
    /// The first value of a list counts, and an invalid value means 0 (RFC 9111 §5.1).
    private static func age(_ fields: HeaderFields) -> Int {
        let first = fields.all("age").first?.utf8.split(separator: UInt8(ascii: ",")).first
        return first.flatMap { Self.seconds(Array($0)) } ?? 0
    }

    /// A directive of `Cache-Control`, without white space and quotes.
    private struct Directive {
        var name: [UInt8] = []
        var argument: [UInt8]?

        /// Whether the directive has a name, given in lower case; the comparison ignores case (RFC 9111 §5.2).
        func isNamed(_ name: String) -> Bool {
            Bytes.areEqual(self.name.span, ignoringCaseOf: name)
        }
    }

    /// Splits a `Cache-Control` value at its commas, except commas in quotes.
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

    /// Parses digits; large values saturate.
    private static func seconds(_ text: [UInt8]) -> Int? {
        let digits = text.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") && $0 != UInt8(ascii: "\"") }
        guard !digits.isEmpty, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
        return digits.reduce(0) { min($0 * 10 + Int($1 - UInt8(ascii: "0")), Self.mostSeconds) }
    }
}

extension Int {
    /// Returns the difference, or the nearest representable number.
    func saturatingSubtraction(_ other: Int) -> Int {
        let (difference, overflow) = self.subtractingReportingOverflow(other)
        return overflow ? (self < 0 ? .min : .max) : difference
    }
}
