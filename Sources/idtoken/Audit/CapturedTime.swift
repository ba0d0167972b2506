//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import CurlTransport
internal import GoogleIDToken

/// When a record was captured, as logs write times: in seconds since 1970.
enum CapturedTime {
    /// Reads text as ``TimeText`` does, or a number of seconds, milliseconds, microseconds or nanoseconds.
    static func seconds(_ value: IDTokenJSON) -> Double? {
        switch value {
        case .string(let text): TimeText.seconds(text)
        case .number: value.doubleValue.flatMap { self.scaled($0) }
        default: nil
        }
    }

    /// Reads the date of an HTTP response (RFC 9110 §5.6.7).
    static func seconds(httpDate text: String) -> Double? {
        HTTPDate.seconds(text).map { Double($0) }
    }

    /// Seconds since 1970 have ten digits until the year 2286; longer numbers count milliseconds or smaller parts.
    private static func scaled(_ number: Double) -> Double? {
        switch abs(number) {
        case ..<1e11: number
        case ..<1e14: number / 1e3
        case ..<1e17: number / 1e6
        case ..<1e20: number / 1e9
        default: nil
        }
    }
}
#endif
