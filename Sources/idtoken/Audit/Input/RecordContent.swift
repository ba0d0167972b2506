//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Reads one record.
struct RecordContent {
    private let record: RawRecord
    private let fields: CapturedRecord.Fields
    private let format: InputFormat?
    private var result = CapturedRecord()
    private var found: [TokenScanner.Found] = []

    init(_ bytes: Span<UInt8>, _ record: RawRecord, fields: CapturedRecord.Fields, format: InputFormat?) {
        self.record = record
        self.fields = fields
        self.format = format
        var scanner = TokenScanner(record.range)
        while let token = scanner.next(in: bytes) {
            if let end = record.tokensEnd, token.range.lowerBound >= end { continue }
            self.found.append(token)
        }
        self.addBeginnings(bytes)
        self.result.flaw = record.flaw ?? (Self.hasGzip(bytes, record.range) ? Self.gzipFlaw : nil)
        self.result.carried = Array(repeating: nil, count: fields.carried.count)
    }

    /// Adds tokens that are cut inside their headers, which stand between those that were found.
    private mutating func addBeginnings(_ bytes: Span<UInt8>) {
        let end = self.record.tokensEnd ?? self.record.range.upperBound
        var beginnings: [TokenScanner.Found] = []
        var position = self.record.range.lowerBound
        for token in self.found {
            HeaderBeginning.add(to: &beginnings, bytes, position..<max(position, token.range.lowerBound))
            position = max(position, token.range.upperBound)
        }
        HeaderBeginning.add(to: &beginnings, bytes, position..<max(position, end))
        guard !beginnings.isEmpty else { return }
        self.found = (self.found + beginnings).sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private static let gzipFlaw =
        "it contains data that is compressed with gzip, which is read only where a file begins with it; unpack it first"

    private static func hasGzip(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let text = bytes.extracting(range)
        var index = 0
        while let mark = Bytes.firstIndex(of: 0x1F, in: text, from: index), mark + 2 < text.count {
            if text[mark + 1] == 0x8B, text[mark + 2] == 0x08 { return true }
            index = mark + 1
        }
        return false
    }

    mutating func read(_ bytes: Span<UInt8>) -> CapturedRecord {
        let isJSONExpected = self.fields.credential != nil || self.format == .ndjson || self.format == .har
        switch self.record.kind {
        case .json:
            if !self.found.isEmpty || self.fields.credential != nil { self.readJSON(bytes, self.record.range) }
        case .text:
            if !self.found.isEmpty { self.readLine(bytes) }
            if isJSONExpected {
                self.result.flaw = self.result.flaw ?? "it is not a JSON object"
            }
            if self.format == .tokens, self.found.isEmpty { self.takeWholeLine(bytes) }
        case .fragment:
            self.takeTokens(bytes)
            if isJSONExpected, !self.found.isEmpty || self.record.flaw == nil {
                self.result.flaw = self.result.flaw ?? "it is not a complete JSON object"
            }
        case .dump(let parts): if !self.found.isEmpty { self.readDump(bytes, parts) }
        case .row(let header):
            if !self.found.isEmpty || self.fields.credential != nil { self.readRow(bytes, header) }
        }
        self.result.hasCredential =
            self.result.hasCredential || self.fields.credential == nil && !self.result.tokens.isEmpty
        if self.record.isInBody, !self.found.isEmpty {
            self.result.time = .unknown(reason: "it may be part of the body before it, whose length is not known")
        }
        return self.result
    }

    /// Takes the tokens that were found, with one place for all of them or one each.
    private mutating func takeTokens(_ bytes: Span<UInt8>, place: String = "", places: [String] = []) {
        var line = self.record.line
        var position = self.record.range.lowerBound
        for (index, token) in self.found.enumerated() {
            let text = bytes.extracting(..<max(token.range.lowerBound, position))
            while let end = Bytes.firstIndex(of: 0x0A, in: text, from: position) {
                line += 1
                position = end + 1
            }
            let own = places.indices.contains(index) ? places[index] : place
            self.result.tokens.append(
                CapturedToken(
                    text: token.text,
                    line: line,
                    place: token.isInBase64 ? (own.isEmpty ? "base64" : own + " in base64") : own,
                    isCut: token.isCut
                )
            )
        }
    }

    private mutating func readJSON(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        let context = JSONContext(bytes, range, tokens: self.found.map(\.range), fields: self.fields)
        self.result.time = context.record.time
        self.result.request = context.record.request
        self.result.peer = context.record.peer
        self.result.carried = context.record.carried
        self.takeTokens(bytes, places: context.places)
        for value in context.credentials {
            self.takeCredential(of: value, bytes)
        }
    }

    /// Takes what stands in the place of the credential, if it is not a token.
    private mutating func takeCredential(of value: JSONPlace, _ bytes: Span<UInt8>) {
        guard !value.range.isEmpty, value.kind != .other else { return }
        let hasToken = self.found.contains { value.range.contains($0.range.lowerBound) }
        let texts = value.kind == .string ? [JSONContext.text(value, bytes)] : HeaderValues.credentials(value, bytes)
        if hasToken || !texts.isEmpty { self.result.hasCredential = true }
        guard !hasToken else { return }
        for text in texts { self.takeText(text, place: self.fields.credential?.text ?? "") }
    }

    /// Takes text that should be a token, so that it gets a row.
    private mutating func takeText(_ text: String, place: String) {
        let words = text.utf8.split { $0 <= 0x20 }
        guard let last = words.last else { return }
        let isBearer =
            words.count == 2 && words[0].count == 6
            && String(words[0])?.lowercased().utf8.elementsEqual("bearer".utf8) == true
        let token = words.count == 1 || isBearer ? String(Substring(last)) : text
        self.result.tokens.append(CapturedToken(text: token, line: self.record.line, place: place, isCut: false))
    }

    private mutating func takeWholeLine(_ bytes: Span<UInt8>) {
        var text: [UInt8] = []
        Bytes.append(bytes.extracting(self.record.range), to: &text)
        self.takeText(String(decoding: text, as: UTF8.self), place: "")
    }

    private mutating func readLine(_ bytes: Span<UInt8>) {
        // A token alone has no context.
        if self.found.first?.range == self.record.range, self.fields.time == nil { return self.takeTokens(bytes) }
        let text = bytes.extracting(..<self.record.range.upperBound)
        let end = Bytes.firstIndex(of: 0x0A, in: text, from: self.record.range.lowerBound) ?? text.count
        let context = LineContext(bytes, self.record.range.lowerBound..<end)
        var places: [String] = []
        if let object = context.object {
            let inner = JSONContext(
                bytes,
                object,
                tokens: self.found.map(\.range),
                fields: context.isObject ? self.fields : CapturedRecord.Fields()
            )
            if context.isObject {
                self.result.time = inner.record.time
                self.result.carried = inner.record.carried
            } else {
                self.result.time = context.time
            }
            self.result.request = inner.record.request ?? context.request
            self.result.peer = inner.record.peer ?? context.peer
            places = inner.places.enumerated()
                .map { index, place in
                    self.found[index].range.lowerBound < object.lowerBound ? "" : place
                }
        } else {
            self.result.time = context.time
            self.result.request = context.request
            self.result.peer = context.peer
        }
        if let field = self.fields.time, !context.isObject {
            self.result.time = .unknown(reason: "--time-field \(field.text) is missing")
        }
        self.takeTokens(bytes, place: context.place, places: places)
    }

    private mutating func readDump(_ bytes: Span<UInt8>, _ parts: [DumpPart]) {
        let offset = self.record.range.lowerBound
        let context = DumpContext(bytes, parts, offset: offset)
        self.result.time = context.time
        if let field = self.fields.time {
            self.result.time = .unknown(reason: "--time-field \(field.text) is missing")
        }
        self.result.request = context.request
        var index = 0
        for token in self.found {
            let start = token.range.lowerBound
            while index + 1 < parts.count, parts[index + 1].range.lowerBound + offset <= start { index += 1 }
            guard index < parts.count else { break }
            let part = parts[index]
            var line = part.line
            var position = part.range.lowerBound + offset
            while let end = Bytes.firstIndex(of: 0x0A, in: bytes.extracting(..<max(start, position)), from: position) {
                line += 1
                position = end + 1
            }
            let place = DumpContext.place(of: start, in: part, bytes, offset: offset)
            self.result.tokens.append(
                CapturedToken(text: token.text, line: line, place: place, isCut: token.isCut)
            )
        }
    }

    private mutating func readRow(_ bytes: Span<UInt8>, _ header: TableHeader) {
        guard
            let row = TableRow(
                bytes,
                from: self.record.range.lowerBound,
                end: self.record.range.upperBound,
                separator: header.separator
            )
        else { return self.takeTokens(bytes) }
        var times = TimeCandidates(isNamed: self.fields.time != nil)
        var laterTimes = TimeCandidates(isNamed: false)
        for (name, cell) in zip(header.names, row.cells) {
            let text = bytes.extracting(cell)
            if let field = self.fields.time {
                if field.isName(name) { times.add(name, TimeSpelling.whole(text)) }
            } else if TimeNames.isFirstChoice(name.utf8.span) {
                times.add(name, TimeSpelling.whole(text))
            } else if TimeNames.isTime(name.utf8.span) {
                laterTimes.add(name, TimeSpelling.whole(text))
            }
            for (index, field) in self.fields.carried.enumerated() where field.isName(name) {
                self.result.carried[index] = JSONText.plain(bytes.extracting(cell)).withoutTokens
            }
            if let field = self.fields.credential, field.isName(name), !cell.isEmpty {
                self.result.hasCredential = true
                if !self.found.contains(where: { cell.contains($0.range.lowerBound) }) {
                    self.takeText(JSONText.plain(bytes.extracting(cell)), place: "column " + name)
                }
            }
        }
        if let field = self.fields.time, times.isEmpty {
            self.result.time = .unknown(reason: "--time-field \(field.text) is missing")
        } else {
            self.result.time = (times.isEmpty ? laterTimes : times).time("column")
        }
        let places = self.found.map { token in
            let index = row.cells.firstIndex { $0.upperBound > token.range.lowerBound } ?? 0
            return index < header.names.count ? "column " + header.names[index] : ""
        }
        self.takeTokens(bytes, places: places)
    }
}
#endif
