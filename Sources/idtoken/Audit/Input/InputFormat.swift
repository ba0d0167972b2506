//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser

/// The format of captured records.
enum InputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// One token on each line.
    case tokens
    /// What `curl -v` prints, raw HTTP requests, or blocks of header lines.
    case headers
    /// One JSON object on each line.
    case ndjson
    /// One HTTP archive.
    case har

    /// The beginning of an HTTP archive, without white space; log lines of containers begin with `{"log":"`.
    private static let archive = Array(#"{"log":{"#.utf8)
    /// The most lines and bytes that are looked at.
    private static let mostLines = 64
    private static let mostBytes = 65_536

    /// Recognises a format by its beginning, or returns nil if more input is needed.
    ///
    /// A pipe may deliver single characters.
    ///
    /// - Parameters:
    ///   - bytes: The first bytes of a file.
    ///   - isEnd: Whether nothing comes after them.
    init?(detecting bytes: [UInt8], isEnd: Bool) {
        let isEnough = isEnd || bytes.count >= Self.mostBytes
        var text = bytes.prefix(Self.mostBytes).drop { $0 <= UInt8(ascii: " ") }
        if text.first == UInt8(ascii: "{") {
            let beginning = text.filter { $0 > UInt8(ascii: " ") }.prefix(Self.archive.count)
            guard isEnough || beginning.count == Self.archive.count || !Self.archive.starts(with: beginning) else {
                return nil
            }
            self = beginning.elementsEqual(Self.archive) ? .har : .ndjson
            return
        }
        // A line can be recognised only once it is complete.
        if !isEnough { text = text[..<(text.lastIndex(of: UInt8(ascii: "\n")) ?? text.startIndex)] }
        let lines = text.split(separator: UInt8(ascii: "\n"), maxSplits: Self.mostLines)
        if lines.prefix(Self.mostLines).contains(where: { Self.isOfHeaderDump($0) }) {
            self = .headers
        } else if isEnough || lines.count > Self.mostLines || lines.contains(where: { Self.isToken($0) }) {
            self = .tokens
        } else {
            return nil
        }
    }

    func makeSplitter() -> any RecordSplitter {
        switch self {
        case .tokens, .ndjson: LineSplitter()
        case .headers: HeaderDumpSplitter()
        case .har: HARSplitter()
        }
    }

    /// Whether a line cannot be anything but a token, with or without `Bearer`: a header in JSON begins with `eyJ`.
    private static func isToken(_ line: ArraySlice<UInt8>) -> Bool {
        let words = line.split { $0 <= UInt8(ascii: " ") }
        guard let token = words.last, token.starts(with: "eyJ".utf8) else { return false }
        let isAlone =
            words.count == 1
            || words.count == 2 && String(decoding: words[0], as: UTF8.self).lowercased() == "bearer"
        return isAlone && token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).count == 3
    }

    private static func isOfHeaderDump(_ line: ArraySlice<UInt8>) -> Bool {
        if let first = line.first, "*<>".utf8.contains(first), line.dropFirst().first == UInt8(ascii: " ") {
            return true
        }
        let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        if HeaderDumpSplitter.isRequestLine(text) { return true }
        let name = String(decoding: text.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self).lowercased()
        return text.contains(UInt8(ascii: ":"))
            && ["authorization", "x-serverless-authorization", "host"].contains(name)
    }
}
#endif
