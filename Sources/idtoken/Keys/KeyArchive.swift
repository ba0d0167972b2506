//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import IDTokenPlatform

/// A folder that keeps the keys that were published, so that captured tokens verify after the keys have rotated.
///
/// There is a file for each day in UTC, such as `2026-01-31.ndjson`. Each time that a key is seen, the file gets a
/// line: a JSON object with `seen` (the time), `source` (the URL or file), and the key as a JWK (`kid`, `kty`, `alg`,
/// `use`, `n`, `e`). Lines are never changed or removed. A new version of a file is written next to the old one and
/// replaces it in one step, under a lock on the file `.lock`, so that readers see whole files even if a writer is
/// killed.
struct KeyArchive {
    let folder: String

    /// Adds the keys of a document.
    ///
    /// - Parameters:
    ///   - document: The document.
    ///   - source: The URL or file that it was read from.
    ///   - time: The time at which it was seen, in seconds since 1970.
    /// - Throws: ``CommandFailure`` if the folder cannot be read or written.
    func add(_ document: KeyDocument, source: String, at time: Double) throws {
        guard TimeText.seconds(time.utcText) != nil else {
            throw CommandFailure(
                status: .usage,
                message: "the time of --seen is not in the years 1970 to 9999; give a time in these years."
            )
        }
        let name = "\(time.utcText.prefix(10)).ndjson"
        do throws(FileError) {
            try Folder.make(self.folder)
            let lock = try OpenFile(locking: "\(self.folder)/.lock")
            try lock.lock()
            self.removePartialFiles()
            var content = try self.content(ofDay: name)
            if let last = content.last, last != UInt8(ascii: "\n") { content.append(UInt8(ascii: "\n")) }
            for key in document.keySet.keys {
                content += Self.line(key, source: source, at: time).utf8
                content.append(UInt8(ascii: "\n"))
            }
            try Folder.replace(name, in: self.folder, with: content)
        } catch {
            throw CommandFailure(
                status: .unreadableInput,
                message:
                    "The archive \(self.folder) cannot be written: \(error). Check that its parent folder exists and "
                    + "that this user may write to it."
            )
        }
    }

    private static func line(_ key: KeySet.Key, source: String, at time: Double) -> String {
        let webKey = IDTokenJSON.webKeyMembers(
            id: key.id,
            algorithm: TrustProfile.googleIDToken.algorithm,
            modulus: key.modulus,
            exponent: key.exponent
        )
        let members = [("seen", IDTokenJSON.string(time.utcText)), ("source", .string(source))] + webKey
        return IDTokenJSON.object(members).json
    }

    /// Removes the files that killed writers have left; this is safe because the lock allows one writer only.
    private func removePartialFiles() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: self.folder)) ?? []
        for name in names where name.hasPrefix(".") && name.hasSuffix(".partial") {
            Folder.remove("\(self.folder)/\(name)")
        }
    }

    private func content(ofDay name: String) throws(FileError) -> [UInt8] {
        let path = "\(self.folder)/\(name)"
        return FileManager.default.fileExists(atPath: path) ? try OpenFile(reading: path).readAll() : []
    }
}

extension KeyArchive {
    /// Reads all lines.
    ///
    /// A line that does not describe a key is skipped; ``ArchivedKeys/reportProblems()`` reports it.
    ///
    /// - Returns: The keys, with the times at which they were seen.
    /// - Throws: ``CommandFailure`` if the folder or a file in it cannot be read, or no line describes a key.
    func read() throws -> ArchivedKeys {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: self.folder)
                .filter { $0.hasSuffix(".ndjson") && !$0.hasPrefix(".") }
                .sorted()
        } catch {
            throw CommandFailure(
                status: .unreadableInput,
                message:
                    "The archive \(self.folder) cannot be read; check that the folder exists and that this user may "
                    + "read it."
            )
        }
        var keys = ArchivedKeys()
        for name in names {
            let content: [UInt8]
            do throws(FileError) {
                content = try self.content(ofDay: name)
            } catch {
                throw CommandFailure(
                    status: .unreadableInput,
                    message:
                        "The archive file \(self.folder)/\(name) cannot be read: \(error). Check that this user may "
                        + "read it."
                )
            }
            let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() where !line.isEmpty {
                if !keys.add(Array(line), day: String(name.dropLast(".ndjson".count))) {
                    keys.damaged.append("\(self.folder)/\(name), line \(index + 1)")
                }
            }
        }
        guard !keys.isEmpty else {
            _ = keys.reportProblems()
            throw CommandFailure(
                status: .unreadableInput,
                message: "The archive \(self.folder) contains no keys; run 'idtoken keys archive \(self.folder)' "
                    + "to add those that are published now."
            )
        }
        return keys
    }
}
#endif
