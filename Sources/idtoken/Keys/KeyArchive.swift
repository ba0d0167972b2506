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
/// line: a JSON object with `seen` (the time), `source` (the URL or file), `keySet` (the URL of the keys of the issuer, if
/// it is not that of Google ID tokens), the key as a JWK, and the checksum of the line. Lines are never changed or removed, and files of past days may be compressed
/// with gzip: `2026-01-31.ndjson.gz`. A new version of a file is written next to the old one and
/// replaces it in one step, under a lock on the file `.lock`, so that readers see whole files even if a writer is
/// killed.
struct KeyArchive {
    let folder: String
    /// The issuer whose keys are added and read.
    var profile = TrustProfile.googleIDToken

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
                content += ArchiveLine.bytes(key, of: self.profile, source: source, at: time)
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

    /// Removes the files that killed writers have left; this is safe because the lock allows one writer only.
    private func removePartialFiles() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: self.folder)) ?? []
        for name in names where name.hasPrefix(".") && name.hasSuffix(".partial") {
            Folder.remove("\(self.folder)/\(name)")
        }
    }

    /// Reads a file line by line, and unpacks it if it is compressed.
    ///
    /// - Returns: Why the file, or the rest of it, cannot be used; nil if it can.
    private static func forEachLine(of path: String, _ body: ([UInt8]) -> Void) throws(FileError) -> String? {
        var file = InputFile(path: path, file: try OpenFile(reading: path))
        var rest: [UInt8] = []
        var count = 0
        do {
            while !file.isAtEnd {
                rest += try file.read(count: &count)
                guard rest.count <= Self.longestLine else {
                    return "has a line that is too long, and is skipped from there"
                }
                let lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                for line in lines.dropLast() { body(Array(line)) }
                rest = lines.last.map { Array($0) } ?? []
            }
        } catch {
            return "is skipped: \((error as? CommandFailure)?.message ?? "\(error)")"
        }
        if !rest.isEmpty { body(rest) }
        return file.complaint.map { "is damaged: \($0)" }
    }

    /// In bytes; more than a block of a file, and than any line that this command writes.
    private static let longestLine = 1 << 20

    private func content(ofDay name: String) throws(FileError) -> [UInt8] {
        let path = "\(self.folder)/\(name)"
        return FileManager.default.fileExists(atPath: path) ? try OpenFile(reading: path).readAll() : []
    }
}

extension KeyArchive {
    /// The names of its files, in the order of the days, or nil if the folder cannot be read.
    ///
    /// `LC_ALL=C` sorts names in the same way.
    var dayFiles: [String]? {
        try? FileManager.default.contentsOfDirectory(atPath: self.folder)
            .filter { $0.contains(".ndjson") && !$0.hasPrefix(".") }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Reads all lines.
    ///
    /// A line that does not describe a key is skipped; ``ArchivedKeys/reportProblems()`` reports it.
    ///
    /// - Returns: The keys, with the times at which they were seen.
    /// - Throws: ``CommandFailure`` if the folder or a file in it cannot be read, or no line describes a key.
    func read() throws -> ArchivedKeys {
        guard let names = self.dayFiles else {
            throw CommandFailure(
                status: .unreadableInput,
                message:
                    "The archive \(self.folder) cannot be read; check that the folder exists and that this user may "
                    + "read it."
            )
        }
        var keys = ArchivedKeys(of: self.profile)
        for name in names {
            let path = "\(self.folder)/\(name)"
            let day = String(name.prefix(10))
            do throws(FileError) {
                var lineCount = 0
                let flaw = try Self.forEachLine(of: path) { line in
                    lineCount += 1
                    guard !line.isEmpty, !keys.add(line) else { return }
                    keys.noteDamage(
                        "\(path), line \(lineCount)",
                        reason: "does not describe a key, or was changed after it was written, and is skipped",
                        day: day
                    )
                }
                if let flaw { keys.noteDamage(path, reason: flaw, day: day) }
            } catch {
                throw CommandFailure(
                    status: .unreadableInput,
                    message: "The archive file \(path) cannot be read: \(error). Check that this user may read it."
                )
            }
        }
        guard !keys.isEmpty else {
            _ = keys.reportProblems()
            throw CommandFailure(
                status: .unreadableInput,
                message: "The archive \(self.folder) contains no keys of the issuer "
                    + "\(self.profile.name); run 'idtoken keys archive\(self.issuerOption) \(self.folder)' to add those that are published now."
            )
        }
        return keys
    }

    private var issuerOption: String {
        self.profile === TrustProfile.googleIDToken ? "" : " --issuer \(self.profile.name)"
    }
}
#endif
