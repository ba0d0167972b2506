//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport

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
        let directives = fields.all("Cache-Control").flatMap { Self.directives($0) }
        // A key set must be kept for some time, so what forbids that means the shortest time.
        if directives.contains(where: { $0.name == "no-store" || $0.name == "no-cache" }) { return .zero }
        let maxAges = directives.filter { $0.name == "max-age" }.map { Self.seconds($0.argument) }
        if !maxAges.isEmpty {
            // Of several the shortest counts, and what is no number means none (RFC 9111 §4.2.1).
            guard let shortest = maxAges.map({ $0 ?? 0 }).min() else { return .zero }
            return .seconds(shortest - Self.age(fields))
        }
        let expires = fields.all("Expires")
        guard let first = expires.first else { return nil }
        // Anything but one valid date is a time long past (RFC 9111 §5.3).
        guard expires.allSatisfy({ $0 == first }), let end = HTTPDate.seconds(first) else { return .zero }
        guard let start = fields.all("Date").first.flatMap({ HTTPDate.seconds($0) }) else {
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
        let first = fields.all("Age").first?.split(separator: ",").first
        return first.flatMap { Self.seconds(String($0)) } ?? 0
    }

    /// Cuts a `Cache-Control` value at its commas, those in quotes aside.
    private static func directives(_ value: String) -> [(name: String, argument: String?)] {
        var parts: [String] = [""]
        var isQuoted = false
        for character in value {
            if character == "\"" { isQuoted.toggle() }
            if character == ",", !isQuoted {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts.map { part in
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = sides.first.map { $0.filter { !$0.isWhitespace }.lowercased() } ?? ""
            return (name, sides.count == 2 ? String(sides[1]) : nil)
        }
    }

    /// Reads digits, in quotes or not; too many saturate.
    private static func seconds(_ text: String?) -> Int? {
        guard let text else { return nil }
        let digits = text.filter { !$0.isWhitespace && $0 != "\"" }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
            return nil
        }
        return min(Int(digits) ?? Self.mostSeconds, Self.mostSeconds)
    }
}

extension Int {
    /// The difference, or the nearest number there is.
    func saturatingSubtraction(_ other: Int) -> Int {
        let (difference, overflow) = self.subtractingReportingOverflow(other)
        return overflow ? (self < 0 ? .min : .max) : difference
    }
}
