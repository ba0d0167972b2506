//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// The times that a record has, from which its time is chosen.
struct TimeCandidates {
    private var found: [(name: String, time: ReadTime)] = []
    private var unreadable: [String] = []
    private var repeated: String?
    private var names: [String] = []
    private var hasTooMany = false
    /// Whether the user has named the place, so that no other counts.
    private let isNamed: Bool

    /// Times that differ by less are those of one event, written with different precision; in seconds.
    private static let tolerance = 1.0
    private static let most = 64

    init(isNamed: Bool) {
        self.isNamed = isNamed
    }

    var isEmpty: Bool { self.names.isEmpty }

    /// Adds what stands in a place.
    mutating func add(_ name: String, _ time: ReadTime?, isElement: Bool = false) {
        guard self.names.count < Self.most else {
            self.hasTooMany = true
            return
        }
        if !isElement, self.names.contains(where: { $0.isExactly(name) }) { self.repeated = self.repeated ?? name }
        self.names.append(name)
        if let time { self.found.append((name, time)) } else { self.unreadable.append(name) }
    }

    /// The time, or why there is none.
    ///
    /// - Parameter kind: What the names are, such as `field`; empty if they say so themselves.
    /// - Returns: The time.
    func time(_ kind: String = "") -> CapturedTime {
        let kind = kind.isEmpty ? "" : kind + " "
        if self.hasTooMany { return .unknown(reason: "the record has more than \(Self.most) times") }
        if let repeated { return .unknown(reason: "\(kind)\(repeated) occurs twice") }
        guard let first = self.found.first else {
            return self.unreadable.first.map { .unknown(reason: "\(kind)\($0) is not a time") } ?? .none
        }
        if self.isNamed, let other = self.unreadable.first {
            return .unknown(reason: "\(kind)\(other) is not a time in every place")
        }
        var latest = first
        var earliest = first.time.seconds
        for other in self.found.dropFirst() {
            if other.time.seconds > latest.time.seconds { latest = other }
            earliest = min(earliest, other.time.seconds)
        }
        if latest.time.seconds - earliest > Self.tolerance {
            let all = self.found.prefix(4).map { "\($0.name) \($0.time.seconds.utcText)" }
            return .conflicting(
                latest: latest.time.seconds,
                basis: "the later of different times, \(kind)" + all.joined(separator: " and ")
            )
        }
        let remark = latest.time.remark.map { ", " + $0 } ?? ""
        return .known(latest.time.seconds, basis: "\(kind)\(latest.name)\(remark)")
    }
}
#endif
