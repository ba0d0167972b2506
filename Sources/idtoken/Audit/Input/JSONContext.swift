//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// What a JSON record says beside its tokens: its time, the request, and where each token stands.
struct JSONContext {
    private(set) var record = CapturedRecord()
    /// The places of the values that hold the tokens, in their order.
    private(set) var places: [String]
    /// The values at the place of the credential.
    private(set) var credentials: [JSONPlace] = []

    private let fields: CapturedRecord.Fields
    private var times: TimeCandidates
    private var laterTimes = TimeCandidates(isNamed: false)
    private var method: String?
    private var target: String?

    /// Reads the context of a record.
    ///
    /// - Parameters:
    ///   - bytes: The text around it.
    ///   - range: The object.
    ///   - tokens: The places of its tokens.
    ///   - fields: The places that the user has named.
    init(_ bytes: Span<UInt8>, _ range: Range<Int>, tokens: [Range<Int>], fields: CapturedRecord.Fields) {
        self.fields = fields
        self.places = Array(repeating: "", count: tokens.count)
        self.times = TimeCandidates(isNamed: fields.time != nil)
        self.record.carried = Array(repeating: nil, count: fields.carried.count)
        var nextToken = 0
        let hasFields = !fields.isEmpty
        var walker = JSONWalker(range, tokens: tokens)
        while let value = walker.next(in: bytes) {
            if value.kind == .string {
                while nextToken < tokens.count, tokens[nextToken].lowerBound < value.range.upperBound {
                    self.places[nextToken] = JSONPlace.text(walker.path, in: bytes)
                    nextToken += 1
                }
            }
            // Deeper values say nothing of the record, unless the user has named their place.
            if hasFields || walker.depth <= 2 { self.take(value, walker.path, bytes) }
        }
        if let path = fields.time {
            self.record.time =
                self.times.isEmpty
                ? .unknown(reason: "--time-field \(path.text) is missing") : self.times.time("field")
        } else {
            self.record.time = (self.times.isEmpty ? self.laterTimes : self.times).time("field")
        }
        if self.record.request == nil, self.target != nil || self.method != nil {
            self.record.request = [self.method, self.target].compactMap { $0 }.joined(separator: " ")
        }
    }

    private mutating func take(_ value: JSONPlace, _ path: [JSONPlace.Step], _ bytes: Span<UInt8>) {
        if let field = self.fields.time {
            if field.matches(path, in: bytes) {
                var hasIndex = false
                for step in path { if case .index = step { hasIndex = true } }
                self.times.add(JSONPlace.text(path, in: bytes), Self.time(value, bytes), isElement: hasIndex)
            }
        } else if value.kind != .container {
            self.takeTime(value, path, bytes)
        }
        if self.fields.credential?.matches(path, in: bytes) == true { self.credentials.append(value) }
        for (index, field) in self.fields.carried.enumerated() where field.matches(path, in: bytes) {
            self.record.carried[index] = self.record.carried[index] ?? Self.text(value, bytes).withoutTokens
        }
        if value.kind == .string { self.takeRequest(value, path, bytes) }
    }

    /// Whether a member of a member is that of the record itself: what programs that store records put around them.
    private static func isOfRecord(_ outer: Span<UInt8>, _ inner: Span<UInt8>) -> Bool {
        Bytes.areEqual(outer, "_source".utf8.span)
            || Bytes.areEqual(outer, "result".utf8.span) && Bytes.areEqual(inner, "_time".utf8.span)
            || Bytes.areEqual(outer, "message".utf8.span) && Bytes.areEqual(inner, "publishTime".utf8.span)
    }

    /// The members of times that are objects.
    private static let secondsOfTimes = NameSet("$date", "epochSecond", "seconds")

    private mutating func takeTime(_ value: JSONPlace, _ path: [JSONPlace.Step], _ bytes: Span<UInt8>) {
        guard path.count <= 2, case .name(let first) = path.first else { return }
        var name = bytes.extracting(first)
        var isMongo = false
        if path.count == 2 {
            guard case .name(let second) = path[1] else { return }
            let inner = bytes.extracting(second)
            if Self.isOfRecord(name, inner) {
                name = inner
            } else {
                // MongoDB, log4j and protocol buffers write a time as an object.
                isMongo = Bytes.areEqual(inner, "$date".utf8.span) && Bytes.areEqual(name, "t".utf8.span)
                guard Self.secondsOfTimes.contains(inner) else { return }
            }
        }
        let isFirstChoice = isMongo || TimeNames.isFirstChoice(name)
        guard isFirstChoice || TimeNames.isTime(name) else { return }
        let text = JSONPlace.text(path, in: bytes)
        if isFirstChoice {
            self.times.add(text, Self.time(value, bytes))
        } else {
            self.laterTimes.add(text, Self.time(value, bytes))
        }
    }

    private static func time(_ value: JSONPlace, _ bytes: Span<UInt8>) -> ReadTime? {
        let text = bytes.extracting(value.range)
        return switch value.kind {
        case .container: nil
        case .other: TimeSpelling.number(text, 0..<text.count)
        case .string:
            Bytes.firstIndex(of: UInt8(ascii: "\\"), in: text) == nil
                ? TimeSpelling.whole(text) : TimeSpelling.whole(JSONText.unescaped(text).utf8.span)
        }
    }

    /// Objects that describe the request.
    private static let requests = NameSet("httpRequest", "request", "req", "http", "requestContext", "protoPayload")
    private static let methods = NameSet(
        "method",
        "requestMethod",
        "request_method",
        "http_method",
        "verb",
        "httpMethod"
    )
    private static let targets = NameSet(
        "url",
        "uri",
        "path",
        "requestUrl",
        "request_uri",
        "target",
        "requestUri",
        "http_path",
        "request_url"
    )
    private static let peers = NameSet(
        "remote_addr",
        "remoteIp",
        "remote_ip",
        "client_ip",
        "clientIp",
        "remoteAddr",
        "remote_address",
        "peer",
        "sourceIPAddress",
        "sourceIp",
        "source_ip",
        "downstream_remote_address",
        "clientAddress",
        "callerIp",
        "remoteAddress",
        "client_addr"
    )

    private mutating func takeRequest(_ value: JSONPlace, _ path: [JSONPlace.Step], _ bytes: Span<UInt8>) {
        guard path.count <= 2, case .name(let last) = path.last, 3...25 ~= last.count else { return }
        if path.count == 2 {
            guard case .name(let first) = path[0] else { return }
            guard Self.requests.contains(bytes.extracting(first)) else { return }
        }
        let name = bytes.extracting(last)
        if self.record.peer == nil, Self.peers.contains(name) {
            self.record.peer = Self.text(value, bytes).withoutTokens
        } else if self.method == nil, Self.methods.contains(name) {
            self.method = Self.text(value, bytes).withoutTokens
        } else if self.target == nil, Self.targets.contains(name) {
            self.target = Self.text(value, bytes).withoutTokens
        } else if path.count == 1, self.record.request == nil, Bytes.areEqual(name, "request".utf8.span) {
            self.record.request = Self.text(value, bytes).withoutTokens
        }
    }

    /// The text of a value; that of an object or an array is JSON.
    static func text(_ value: JSONPlace, _ bytes: Span<UInt8>) -> String {
        if value.kind == .string { return JSONText.unescaped(bytes.extracting(value.range)) }
        return JSONText.plain(bytes.extracting(value.range))
    }
}
#endif
