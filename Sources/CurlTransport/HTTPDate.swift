//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import CCurl

/// Parses HTTP dates (RFC 9110 §5.6.7) in all three formats.
package enum HTTPDate {
    /// Parses a date.
    ///
    /// - Parameter text: A date such as `Thu, 23 Jun 2016 16:54:06 GMT`.
    /// - Returns: Seconds since 1970, or nil if the text is not a date.
    package static func seconds(_ text: String) -> Int? {
        // libcurl also accepts formats that are not HTTP dates; all HTTP dates begin with the day of the week.
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        guard text.utf8.count < 64, days.contains(where: { text.utf8.starts(with: $0.utf8) }) else { return nil }
        let seconds = unsafe curl_getdate(text, nil)
        return seconds == -1 ? nil : Int(seconds)
    }
}
