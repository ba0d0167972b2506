//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser

/// How captured records are written down.
enum InputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// A token a line.
    case tokens
    /// What `curl -v` prints, raw HTTP requests, or blocks of header lines.
    case headers
    /// A JSON object a line.
    case ndjson
    /// One HTTP archive.
    case har

    /// Recognises a format by its beginning.
    ///
    /// - Parameter bytes: The first bytes of a file.
    init(detecting bytes: [UInt8]) {
        let text = bytes.drop { $0 <= UInt8(ascii: " ") }
        if text.first == UInt8(ascii: "{") {
            self = Self.isArchive(text.prefix { $0 != UInt8(ascii: ":") }) ? .har : .ndjson
            return
        }
        let lines = text.split(separator: UInt8(ascii: "\n"), maxSplits: 64).prefix(64)
        self = lines.contains { Self.isOfHeaderDump($0) } ? .headers : .tokens
    }

    func makeSplitter() -> any RecordSplitter {
        switch self {
        case .tokens, .ndjson: LineSplitter()
        case .headers: HeaderDumpSplitter()
        case .har: HARSplitter()
        }
    }

    /// Whether an object begins with the name `log`, as every HTTP archive does.
    private static func isArchive(_ beginning: ArraySlice<UInt8>) -> Bool {
        beginning.filter { $0 > UInt8(ascii: " ") }.elementsEqual("{\"log\"".utf8)
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
