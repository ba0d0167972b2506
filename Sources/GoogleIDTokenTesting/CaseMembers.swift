//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken

/// The members of a case, which take precedence over the defaults of its file.
struct CaseMembers {
    private static let longestChange = 200

    let name: String
    let path: String
    private let own: [IDTokenJSON.Member]
    private let defaults: [IDTokenJSON.Member]?

    init(
        name: String,
        own: [IDTokenJSON.Member],
        defaults: [IDTokenJSON.Member]?,
        known: Set<String>,
        path: String
    ) throws(FixtureError) {
        try FixtureFile.checkMembers(of: own, among: known, in: path, place: "case '\(name)'")
        if let defaults {
            try FixtureFile.checkMembers(
                of: defaults,
                among: known.subtracting(["name", "change"]),
                in: path,
                place: "defaults"
            )
        }
        self.name = name
        self.own = own
        self.defaults = defaults
        self.path = path
    }

    /// Returns the value of a member.
    ///
    /// A case with its own `headers` does not inherit a default `token`, and vice versa.
    subscript(member: String) -> IDTokenJSON? {
        if let value = self.own[member] { return value }
        if member == "headers", self.own["token"] != nil { return nil }
        if member == "token", self.own["headers"] != nil { return nil }
        return self.defaults?[member]
    }

    /// Returns the description of what the case changes.
    ///
    /// It is short, since it is printed in the row of a failed case.
    func change() throws(FixtureError) -> String? {
        guard let value = self["change"] else { return nil }
        guard let change = value.stringValue, (1...Self.longestChange).contains(change.count) else {
            throw self.error("change must be a string of 1 to \(Self.longestChange) characters")
        }
        return change
    }

    func strings(_ member: String) throws(FixtureError) -> [String]? {
        guard let value = self[member] else { return nil }
        guard let strings = value.stringsValue else {
            throw self.error("\(member) must be an array of strings")
        }
        return strings
    }

    func seconds(_ member: String) throws(FixtureError) -> Double? {
        guard let value = self[member] else { return nil }
        guard let seconds = value.doubleValue, abs(seconds) < 1e15 else {
            throw self.error("\(member) must be a number of seconds")
        }
        return seconds
    }

    /// Returns a duration that is exact to the nanosecond; `Duration.seconds` of a `Double` is not even exact to the
    /// second.
    func duration(_ member: String) throws(FixtureError) -> Duration? {
        guard let seconds = try self.seconds(member) else { return nil }
        let whole = seconds.rounded(.down)
        return .seconds(Int64(whole)) + .nanoseconds(Int64(((seconds - whole) * 1e9).rounded()))
    }

    func error(_ problem: String) -> FixtureError {
        FixtureError(file: self.path, "case '\(self.name)': \(problem)\(problem.hasSuffix(".") ? "" : ".")")
    }
}
