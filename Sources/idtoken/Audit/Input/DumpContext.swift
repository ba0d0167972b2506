//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// What a dump of a request says beside its tokens: the request, and the date of the response.
struct DumpContext {
    private(set) var time = CapturedTime.none
    private(set) var request: String?

    init(_ bytes: Span<UInt8>, _ parts: [DumpPart], offset: Int) {
        var times = TimeCandidates(isNamed: false)
        var isFinal = true
        for part in parts where part.kind == .requestHead || part.kind == .responseHead {
            let range = part.range.lowerBound + offset..<part.range.upperBound + offset
            for line in Self.lines(bytes, range) {
                if part.kind == .requestHead {
                    if self.request == nil, HeaderDump.isRequestLine(bytes, line) {
                        self.request = Self.methodAndTarget(bytes, line).withoutTokens
                    }
                } else if let status = HeaderDump.status(bytes, line) {
                    isFinal = !(100..<200 ~= status)
                } else if isFinal {
                    let end = HeaderDump.endOfName(bytes, line.lowerBound, line.upperBound)
                    let name = bytes.extracting(line.lowerBound..<end)
                    guard Bytes.areEqual(name, ignoringCaseOf: "date") else { continue }
                    let value = bytes.extracting(end + 1..<line.upperBound)
                    times.add("Date of the response", TimeSpelling.whole(value), isElement: true)
                }
            }
        }
        self.time = times.time()
    }

    /// The name of the header in which a token stands, or what else it stands in.
    static func place(of token: Int, in part: DumpPart, _ bytes: Span<UInt8>, offset: Int) -> String {
        switch part.kind {
        case .requestBody: return "body of the request"
        case .responseBody: return "body of the response"
        case .remark: return ""
        case .requestHead, .responseHead:
            var start = token
            while start > part.range.lowerBound + offset, bytes[start - 1] != 0x0A { start -= 1 }
            let end = HeaderDump.endOfName(bytes, start, token)
            return end > start ? JSONText.plain(bytes.extracting(start..<end)) : "request line"
        }
    }

    private static func lines(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let text = bytes.extracting(..<range.upperBound)
            let end = Bytes.firstIndex(of: 0x0A, in: text, from: start) ?? range.upperBound
            lines.append(start..<(end > start && bytes[end - 1] == 0x0D ? end - 1 : end))
            start = end + 1
        }
        return lines
    }

    private static func methodAndTarget(_ bytes: Span<UInt8>, _ line: Range<Int>) -> String {
        let words = line.map { bytes[$0] }.split(separator: UInt8(ascii: " "))
        return words.dropLast().map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
}
#endif
