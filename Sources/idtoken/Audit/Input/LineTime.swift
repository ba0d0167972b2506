//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// The time of a line of text.
enum LineTime {
    private static let levels = NameSet(
        "INFO",
        "WARN",
        "WARNING",
        "ERROR",
        "DEBUG",
        "TRACE",
        "FATAL",
        "NOTICE",
        "CRITICAL",
        "SEVERE",
        "GIN"
    )

    /// Reads the time that a line begins with, perhaps after a priority, a level or a name.
    static func atStart(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> ReadTime? {
        var index = self.endOfPriority(bytes, start, end)
        if let pair = self.inPairs(bytes, index, end) { return pair }
        for attempt in 0..<2 {
            var place = index
            while place < end, "[\"( ".utf8.contains(bytes[place]) { place += 1 }
            if let time = TimeSpelling.beginning(bytes, place, end) ?? self.number(bytes, place, end) {
                var time = time
                while time.end < end, "])\"".utf8.contains(bytes[time.end]) { time.end += 1 }
                return time
            }
            guard attempt == 0, let next = self.endOfLevel(bytes, place, end) else { return nil }
            index = next
        }
        return nil
    }

    /// The end of `<34>` and of `<34>1 ` of syslog.
    private static func endOfPriority(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var first = start
        // The count of RFC 6587 §3.4.1 may stand before.
        while first < min(end, start + 6), UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[first] { first += 1 }
        if first > start, first < end, bytes[first] == UInt8(ascii: " ") { first += 1 } else { first = start }
        guard first < end, bytes[first] == UInt8(ascii: "<") else { return start }
        var cursor = TimeCursor(position: first + 1, end: end)
        while cursor.takeNumber(bytes, 1) != nil, cursor.position < first + 5 {}
        guard cursor.take(bytes, UInt8(ascii: ">")) else { return start }
        var version = cursor
        if version.takeNumber(bytes, 1) != nil, version.take(bytes, UInt8(ascii: " ")) { return version.position }
        return cursor.position
    }

    private static func endOfLevel(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
        var cursor = TimeCursor(position: start, end: end)
        guard let word = cursor.takeWord(bytes) else { return nil }
        guard Self.levels.contains(bytes.extracting(word)) else { return nil }
        while cursor.position < end, "]: ".utf8.contains(bytes[cursor.position]) { cursor.position += 1 }
        return cursor.position
    }

    /// Seconds with ten digits or milliseconds with thirteen, which a space follows.
    private static func number(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> ReadTime? {
        var stop = start
        while stop < min(end, start + 24), "0123456789.".utf8.contains(bytes[stop]) { stop += 1 }
        var whole = start
        while whole < stop, bytes[whole] != UInt8(ascii: ".") { whole += 1 }
        guard whole - start == 10 || whole - start == 13, bytes[start] == UInt8(ascii: "1"), stop < end,
            "] \t,".utf8.contains(bytes[stop])
        else { return nil }
        return TimeSpelling.number(bytes, start..<stop)
    }

    /// Names of pairs that may stand before that of the time.
    private static let earlyNames = NameSet("level", "lvl", "severity", "logger", "caller", "pid", "thread")
    private static let timeNames = NameSet("time", "ts", "timestamp", "t", "datetime", "@timestamp")

    /// Reads the time of `level=info ts=2026-11-26T01:30:21Z msg=…`; after another name, its sender may have chosen it.
    private static func inPairs(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> ReadTime? {
        var index = start
        for _ in 0..<5 {
            let name = index
            while index < min(end, name + 12), TokenScanner.segment.contains(bytes[index]) || bytes[index] == 0x40 {
                index += 1
            }
            guard index > name, index + 1 < end, bytes[index] == UInt8(ascii: "=") else { return nil }
            let text = bytes.extracting(name..<index)
            index += 1
            let isQuoted = bytes[index] == UInt8(ascii: "\"")
            let value = isQuoted ? index + 1 : index
            var stop = value
            while stop < end, isQuoted ? bytes[stop] != UInt8(ascii: "\"") : bytes[stop] > 0x20 { stop += 1 }
            if Self.timeNames.contains(text) {
                guard var time = TimeSpelling.whole(bytes.extracting(value..<stop)) else { return nil }
                time.end = isQuoted ? min(stop + 1, end) : stop
                return time
            }
            guard Self.earlyNames.contains(text) else { return nil }
            index = isQuoted ? stop + 1 : stop
            while index < end, bytes[index] == UInt8(ascii: " ") { index += 1 }
        }
        return nil
    }

    /// Reads the times in brackets before the first quote, as access logs have one; what is in quotes is the sender's.
    static func inBrackets(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> TimeCandidates {
        var times = TimeCandidates(isNamed: false)
        let stop = Bytes.firstIndex(of: UInt8(ascii: "\""), in: bytes.extracting(..<end), from: start) ?? end
        let text = bytes.extracting(..<stop)
        var index = start
        while let bracket = Bytes.firstIndex(of: UInt8(ascii: "["), in: text, from: index) {
            index = bracket + 1
            guard bracket == start || bytes[bracket - 1] == UInt8(ascii: " ") else { continue }
            guard let time = TimeSpelling.beginning(bytes, index, stop), time.end < stop,
                bytes[time.end] == UInt8(ascii: "]")
            else { continue }
            times.add("time in brackets", time, isElement: true)
            index = time.end
        }
        return times
    }
}
#endif
