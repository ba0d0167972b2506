//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// Uses of tokens, counted by verdict, with the first and the last time.
struct UseCounts: Hashable, Sendable {
    var verified = 0
    var rejected = 0
    var undecided = 0
    /// When the first of the uses was captured, in seconds since 1970, if the time of any is known.
    var first: Double?
    /// When the last of them was.
    var last: Double?
    /// How many were captured after the token had expired.
    var afterExpiry = 0

    var total: Int { self.verified + self.rejected + self.undecided }

    subscript(verdict: AuditRow.Verdict) -> Int {
        switch verdict {
        case .verified: self.verified
        case .rejected: self.rejected
        case .undecided: self.undecided
        }
    }

    /// Counts one use.
    mutating func add(_ verdict: AuditRow.Verdict, at time: Double?, afterExpiry: Bool) {
        switch verdict {
        case .verified: self.verified += 1
        case .rejected: self.rejected += 1
        case .undecided: self.undecided += 1
        }
        if afterExpiry { self.afterExpiry += 1 }
        guard let time else { return }
        self.first = self.first.map { min($0, time) } ?? time
        self.last = self.last.map { max($0, time) } ?? time
    }
}

/// Uses by a name, such as a caller, a key ID or a code.
///
/// The first names are counted apart, and all others together, so that memory stays bounded whatever the input holds.
struct NamedUses: Sendable {
    struct Entry: Sendable {
        /// The name; one that is long is shortened, see ``Swift/String/boundedForReport``.
        let name: String
        var uses = UseCounts()
        /// What is told about the name, taken from its first use.
        var remark = ""
    }

    /// The place of the names that are not counted apart.
    static let others = 0

    private let limit: Int
    private var places: [ExactString: Int] = [:]
    /// All that are counted; the first entry is ``others``.
    private(set) var entries = [Entry(name: "")]

    /// - Parameter limit: How many names are counted apart.
    init(limit: Int) {
        self.limit = limit
    }

    /// The entries with a name.
    var named: ArraySlice<Entry> { self.entries.dropFirst() }

    /// The uses of names that are not counted apart.
    var otherUses: UseCounts { self.entries.first?.uses ?? UseCounts() }

    /// The place of a name, which is made for a new one, or ``others``.
    mutating func place(of name: String, remark: @autoclosure () -> String = "") -> Int {
        let name = name.boundedForReport
        if let known = self.places[ExactString(name)] { return known }
        guard self.entries.count <= self.limit else { return Self.others }
        self.places[ExactString(name)] = self.entries.count
        self.entries.append(Entry(name: name, remark: remark().boundedForReport))
        return self.entries.count - 1
    }

    subscript(place: Int) -> Entry {
        self.entries.indices.contains(place) ? self.entries[place] : Entry(name: "")
    }

    /// The entry of a name, if the name is counted apart.
    subscript(named name: String) -> Entry? {
        self.places[ExactString(name.boundedForReport)].map { self[$0] }
    }

    /// Counts a use of the name at a place.
    mutating func add(_ verdict: AuditRow.Verdict, at time: Double?, afterExpiry: Bool, to place: Int) {
        guard self.entries.indices.contains(place) else { return }
        self.entries[place].uses.add(verdict, at: time, afterExpiry: afterExpiry)
    }
}
#endif
