//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// The names under which programs write the time of a record.
enum TimeNames {
    private static let names = NameSet(
        "timestamp",
        "time",
        "@timestamp",
        "ts",
        "@t",
        "_time",
        "eventTime",
        "event_time",
        "startedDateTime",
        "datetime",
        "date_time",
        "date",
        "start_time",
        "startTime",
        "time_iso8601",
        "time_local",
        "asctime",
        "timeMillis",
        "instant",
        "timeUnixNano",
        "startTimeUnixNano",
        "__REALTIME_TIMESTAMP",
        "logTimestamp",
        "created_at",
        "createdAt",
        "requestTime",
        "local_time",
        "time_stamp",
        "requestReceivedTimestamp",
        "started_at",
        "eventTimestamp",
        "EdgeStartTimestamp"
    )

    /// Times at which a record was received or stored, used if there is no other.
    private static let laterNames = NameSet(
        "receiveTimestamp",
        "observedTimeUnixNano",
        "ingestionTime",
        "insertTime",
        "publishTime"
    )

    /// Whether a member of this name is the time of its record.
    static func isTime(_ name: Span<UInt8>) -> Bool {
        self.names.contains(name) || self.laterNames.contains(name)
    }

    /// Whether the time is that of what happened, not that at which the record was stored.
    static func isFirstChoice(_ name: Span<UInt8>) -> Bool {
        self.names.contains(name)
    }
}
#endif
