//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import IDTokenBytes

/// The header fields of a response, whose names are compared without case (RFC 9110 §5.1).
package struct HeaderFields: Sendable {
    private let fields: [(name: String, value: String)]

    package init(_ fields: [(name: String, value: String)]) {
        self.fields = fields
    }

    /// Returns the values of all fields with a name, in their original order.
    ///
    /// - Parameter name: The name in lower case.
    /// - Returns: The values.
    package func all(_ name: String) -> [String] {
        self.fields.filter { Bytes.areEqual($0.name.utf8.span, ignoringCaseOf: name) }.map(\.value)
    }
}

extension HeaderFields {
    /// The difference between this machine's clock and a server's.
    package enum Clock: Sendable {
        case inTime
        /// This machine's clock is ahead of the server's, or behind if the offset is negative.
        case offset(Duration)
    }

    /// The largest clock offset, in seconds, that is ignored; the transfer of a response may take that long.
    private static let toleratedOffset: UInt = 5

    /// Returns the difference between the clocks, or nil if the response does not state the time.
    ///
    /// - Parameter now: The time of the response's arrival, in seconds since 1970.
    /// - Returns: The difference.
    package func clock(now: Int) -> Clock? {
        guard let date = self.all("date").first.flatMap({ HTTPDate.seconds($0) }) else { return nil }
        let offset = now.saturatingSubtraction(date)
        // The date of a response from a cache is as old as its `Age` states.
        let age = self.all("age").first.flatMap { UInt32($0) }.map { Int($0) } ?? 0
        let difference = offset.saturatingSubtraction(age)
        return difference.magnitude > Self.toleratedOffset ? .offset(.seconds(difference)) : .inTime
    }

    /// Returns the time that the server asks to wait, in either form of RFC 9110 §10.2.3.
    ///
    /// - Parameter now: The time of the response's arrival, in seconds since 1970.
    /// - Returns: The wait, or nil if the server does not ask for one.
    package func retryAfter(now: Int) -> Duration? {
        guard let value = self.all("retry-after").first else { return nil }
        if let seconds = UInt32(value) { return .seconds(seconds) }
        return HTTPDate.seconds(value).map { .seconds(max($0.saturatingSubtraction(now), 0)) }
    }
}
