//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import FoundationEssentials
internal import GoogleIDToken
internal import IDTokenPlatform

/// A file of fixture cases: a JSON object with `description`, `defaults` and `cases`.
public struct FixtureFile: Sendable {
    private static let maximumSize = 64 * 1024 * 1024

    /// The file's path.
    public let path: String
    /// The cases, in the order of the file.
    public let cases: [FixtureCase]

    /// Loads a fixture file, or every `.json` file directly in a folder.
    ///
    /// - Parameter path: The path of a file or folder.
    /// - Returns: The files in the order of their names, at least one.
    /// - Throws: ``FixtureError`` if there is no file, or a file cannot be read or is invalid.
    public static func load(_ path: String) throws(FixtureError) -> [FixtureFile] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            return [try FixtureFile(path: path)]
        }
        let files = names.filter { $0.hasSuffix(".json") }.sorted()
        guard !files.isEmpty else {
            throw FixtureError(file: path, "the folder contains no .json file; give a folder with fixture files.")
        }
        var loaded: [FixtureFile] = []
        for name in files {
            loaded.append(try FixtureFile(path: "\(path)/\(name)"))
        }
        return loaded
    }

    private init(path: String) throws(FixtureError) {
        let json = try Self.readJSON(path)
        guard case .object(let file) = json else {
            throw FixtureError(file: path, "the file must contain one JSON object.")
        }
        try Self.checkMembers(of: file, among: ["description", "defaults", "cases"], in: path, place: "the file")
        let defaults: [IDTokenJSON.Member]?
        switch file["defaults"] {
        case nil: defaults = nil
        case .object(let object)?: defaults = object
        default: throw FixtureError(file: path, "defaults must be an object.")
        }
        guard let cases = file["cases"]?.arrayValue, !cases.isEmpty else {
            throw FixtureError(file: path, "the file has no cases; give them in the array cases.")
        }
        var reader = FixtureCaseReader(path: path, defaults: defaults)
        var read: [FixtureCase] = []
        for (index, value) in cases.enumerated() {
            read.append(try reader.read(value, number: index + 1))
        }
        self.path = path
        self.cases = read
    }

    /// Parses a file as JSON and keeps duplicate names, which key documents may contain on purpose.
    static func readJSON(_ path: String) throws(FixtureError) -> IDTokenJSON {
        let bytes = try Self.readBytes(path)
        do throws(JSONError) {
            return try JSONReader.read(bytes, duplicateNames: .keep)
        } catch {
            let place = error.place(in: bytes)
            throw FixtureError(
                file: path,
                "line \(place.line), column \(place.column): \(error.reason.rawValue); correct the JSON there."
            )
        }
    }

    static func readBytes(_ path: String) throws(FixtureError) -> [UInt8] {
        do throws(FileError) {
            return try OpenFile(reading: path).readAll(atMost: Self.maximumSize)
        } catch {
            throw FixtureError(file: path, "\(error); give a fixture file of at most 64 MiB.")
        }
    }

    /// Rejects members that the format does not have, and duplicate members.
    static func checkMembers(
        of object: [IDTokenJSON.Member],
        among known: Set<String>,
        in path: String,
        place: String
    ) throws(FixtureError) {
        var seen: Set<String> = []
        for member in object {
            guard known.contains(member.name) else {
                throw FixtureError(
                    file: path,
                    "\(place) has the unknown member \(IDTokenJSON.string(member.name).json); it may have "
                        + "\(known.sorted().joined(separator: ", "))."
                )
            }
            guard seen.insert(member.name).inserted else {
                throw FixtureError(file: path, "\(place) has the member \(member.name) twice; remove one.")
            }
        }
    }
}
