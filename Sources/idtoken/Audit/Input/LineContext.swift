//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken
internal import IDTokenBytes

/// What a line of text says beside its tokens: its time, the request, the sender, and the header that it is.
struct LineContext {
    private(set) var time = CapturedTime.none
    private(set) var request: String?
    private(set) var peer: String?
    /// The name of the header that the line contains, or empty.
    private(set) var place = ""
    /// The JSON object with which the line ends.
    private(set) var object: Range<Int>?
    /// Whether only the name of a container stands before the object, so that the object is the record.
    private(set) var isObject = false

    init(_ bytes: Span<UInt8>, _ line: Range<Int>) {
        let start = Self.endOfContainerName(bytes, Self.endOfColours(bytes, line)..<line.upperBound)
        var rest = start
        if let time = LineTime.atStart(bytes, start, line.upperBound) {
            rest = Self.endOfStreamName(bytes, time.end, line.upperBound)
            // What stands before the time in brackets may be the sender's, as `X-Forwarded-For` is.
            var times = LineTime.inBrackets(bytes, rest, line.upperBound)
            if times.isEmpty {
                self.time = .known(time.seconds, basis: "start of the line" + (time.remark.map { ", " + $0 } ?? ""))
            } else {
                // One with a year says more than one without.
                if time.remark?.isExactly(TimeSpelling.noYear) != true { times.add("start of the line", time) }
                self.time = times.time()
            }
        } else {
            let times = LineTime.inBrackets(bytes, start, line.upperBound)
            if !times.isEmpty {
                self.time = times.time()
                self.peer = Self.address(bytes, start, line.upperBound)
            }
        }
        self.request = Self.request(bytes, rest, line.upperBound)
        self.place = Self.headerName(bytes, rest, line.upperBound)
        if let brace = Bytes.firstIndex(of: UInt8(ascii: "{"), in: bytes.extracting(..<line.upperBound), from: rest) {
            var framer = JSONFramer(start: brace)
            if case .complete(let end) = framer.advance(in: bytes.extracting(..<line.upperBound)),
                Self.isBlank(bytes, end, line.upperBound)
            {
                self.object = brace..<end
                self.isObject = brace == start && start > line.lowerBound
            }
        }
    }

    private static func isBlank(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var index = start
        while index < end, bytes[index] <= 0x20 { index += 1 }
        return index >= end
    }

    /// The end of the colours that a line begins with.
    private static func endOfColours(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Int {
        var index = line.lowerBound
        while index < line.upperBound, bytes[index] == 0x1B {
            let (value, next) = TokenEscape.read(bytes, at: index, end: line.upperBound)
            guard value == TokenEscape.colour else { break }
            index = next
        }
        return index
    }

    /// The end of `[pod/web-1/app] ` of kubectl, and of `web-1  | ` of Docker Compose.
    private static func endOfContainerName(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Int {
        let end = min(line.upperBound, line.lowerBound + 256)
        var index = line.lowerBound
        if index + 5 < end, Bytes.areEqual(bytes.extracting(index..<index + 5), "[pod/".utf8.span) {
            guard let close = Bytes.firstIndex(of: UInt8(ascii: "]"), in: bytes.extracting(..<end), from: index),
                close + 1 < end, bytes[close + 1] == UInt8(ascii: " ")
            else { return line.lowerBound }
            return close + 2
        }
        index = Self.notName.firstIndex(in: bytes, index..<min(end, line.lowerBound + 64))
        guard index > line.lowerBound else { return index }
        let name = index
        while index < end, bytes[index] == UInt8(ascii: " ") { index += 1 }
        guard index > name, index + 1 < end, bytes[index] == UInt8(ascii: "|"), bytes[index + 1] == UInt8(ascii: " ")
        else { return line.lowerBound }
        return index + 2
    }

    private static let notName = ByteSet { !TokenScanner.segment.contains($0) && $0 != UInt8(ascii: ".") }

    /// The end of ` stdout F ` of container runtimes, after the time.
    static func endOfStreamName(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        guard start + 10 <= end else { return start }
        let name = bytes.extracting(start..<start + 8)
        guard Bytes.areEqual(name, " stdout ".utf8.span) || Bytes.areEqual(name, " stderr ".utf8.span),
            bytes[start + 9] == UInt8(ascii: " ")
        else { return start }
        return start + 10
    }

    /// The first word, if it is an IP address, as in the common log format.
    private static func address(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> String? {
        var index = start
        var marks = 0
        while index < min(end, start + 46), bytes[index] != UInt8(ascii: " ") {
            switch bytes[index] {
            case UInt8(ascii: "."), UInt8(ascii: ":"): marks += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): break
            default: return nil
            }
            index += 1
        }
        guard marks >= 2, index < end else { return nil }
        return JSONText.plain(bytes.extracting(start..<index))
    }

    private static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]

    /// Method and target in the first quotes with a request in them, or at the start.
    private static func request(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> String? {
        let text = bytes.extracting(..<end)
        var index = start
        while index < end {
            for method in Self.methods {
                let word = index + method.utf8.count
                guard word < end, bytes[word] == UInt8(ascii: " "),
                    Bytes.areEqual(bytes.extracting(index..<word), method.utf8.span)
                else { continue }
                var stop = word + 1
                while stop < end, bytes[stop] > 0x20, bytes[stop] != UInt8(ascii: "\"") { stop += 1 }
                return JSONText.plain(bytes.extracting(index..<stop)).withoutTokens
            }
            guard let quote = Bytes.firstIndex(of: UInt8(ascii: "\""), in: text, from: index) else { return nil }
            index = quote + 1
        }
        return nil
    }

    /// Headers that credentials are sent in.
    private static let headers = NameSet(
        "authorization",
        "x-serverless-authorization",
        "proxy-authorization",
        "cookie",
        "set-cookie",
        "x-id-token",
        "x-goog-iap-jwt-assertion",
        "x-forwarded-authorization",
        "x-forwarded-access-token",
        "x-amzn-oidc-data"
    )
    private static let host = NameSet("host")

    private static func headerName(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> String {
        var first = start
        while first < end, " \t><*".utf8.contains(bytes[first]) { first += 1 }
        let stop = HeaderDump.endOfName(bytes, first, end)
        guard stop > first else { return "" }
        let name = bytes.extracting(first..<stop)
        guard Self.headers.contains(name) else { return "" }
        return JSONText.plain(bytes.extracting(first..<stop))
    }

    /// Whether a line begins like a header that credentials are sent in, or `Host`.
    static func isKnownHeader(_ name: Span<UInt8>) -> Bool {
        Self.headers.contains(name) || Self.host.contains(name)
    }
}
#endif
