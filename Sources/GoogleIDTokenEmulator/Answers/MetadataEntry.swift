//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import GoogleIDToken

/// An entry of the metadata server: a folder, or a value.
indirect enum MetadataEntry: Sendable {
    case folder([(name: String, entry: MetadataEntry)])
    case value(IDTokenJSON)
    /// A list of texts, which is a line each in plain text.
    case lines([String])
    /// A value that is made for each request, and is not part of the JSON of its folder.
    case made(Made)

    enum Made: Sendable {
        case accessToken, identityToken
    }

    /// The entry at a path below this one, or nil.
    subscript(path: ArraySlice<String>) -> MetadataEntry? {
        guard let first = path.first else { return self }
        guard case .folder(let entries) = self else { return nil }
        return entries.first { $0.name.isExactly(first) }?.entry[path.dropFirst()]
    }

    /// The names in a folder, those of folders with a slash at the end; for other entries none.
    var names: [String] {
        guard case .folder(let entries) = self else { return [] }
        return entries.map { name, entry in
            if case .folder = entry { return "\(name)/" }
            return name
        }
    }

    /// The entry as plain text.
    var text: String {
        switch self {
        case .folder: self.names.map { "\($0)\n" }.joined()
        case .value(let value): value.stringValue ?? value.json
        case .lines(let lines): lines.map { "\($0)\n" }.joined()
        case .made: ""
        }
    }

    /// The entry, with all that is below it, as JSON; nil if it is made for each request.
    var json: IDTokenJSON? {
        switch self {
        case .folder(let entries):
            .object(entries.compactMap { name, entry in entry.json.map { (Self.jsonName(name), $0) } })
        case .value(let value): value
        case .lines(let lines): .array(lines.map { .string($0) })
        case .made: nil
        }
    }

    /// The name in JSON, in camel case, as `numericProjectId` for `numeric-project-id`; names of accounts stay as they are.
    private static func jsonName(_ name: String) -> String {
        guard !name.utf8.contains(UInt8(ascii: "@")) else { return name }
        let words = name.split(separator: "-")
        return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
#endif
