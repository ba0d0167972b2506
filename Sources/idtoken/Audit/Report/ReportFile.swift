//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import Foundation
internal import IDTokenPlatform

/// The file that a report is written to.
///
/// It replaces an earlier report, and nothing else: a path that was given by mistake must not cost anybody a log.
struct ReportFile {
    private let folder: String
    private let name: String
    private let path: String
    /// In seconds since 1970.
    private let startedAt = Date().timeIntervalSince1970
    private var keys: ReportEvidence.Keys?

    /// Checks that the file can be written, before the run that fills it.
    ///
    /// - Parameter path: The file's path.
    /// - Throws: ``CommandFailure`` if its folder does not exist or cannot be written, or the file is no report.
    init(_ path: String) throws {
        self.path = path
        let url = URL(filePath: path)
        self.name = url.lastPathComponent
        self.folder = url.deletingLastPathComponent().path(percentEncoded: false)
        guard !path.isEmpty, path != "-", path.utf8.last != UInt8(ascii: "/") else {
            throw CommandFailure(
                status: .usage,
                message: "--report needs the name of a file, such as report.html; the rows go to standard output."
            )
        }
        guard FileManager.default.isWritableFile(atPath: self.folder) else {
            throw self.failure("its folder does not exist, or this user may not write to it")
        }
        guard FileManager.default.fileExists(atPath: path) else { return }
        let start = try? OpenFile(reading: path)
        guard start?.kind == .regular else { throw self.failure("it exists, and is not a regular file") }
        var bytes: [UInt8] = []
        guard (try? start?.read(appendingTo: &bytes, upTo: Self.beginning.utf8.count)) != nil,
            bytes.isEmpty || bytes.elementsEqual(Self.beginning.utf8)
        else { throw self.failure("it exists, and is not a report; give another name, or remove the file") }
    }

    /// How each report begins, and no other page.
    static let beginning = "<!DOCTYPE html><!-- A report of idtoken audit -->"

    /// Notes the digest of the keys, and makes an empty report.
    mutating func begin(_ keys: OpenedKeys) -> AuditReport {
        self.keys = ReportEvidence.Keys(keys.origin)
        var report = AuditReport(history: keys.notes.history)
        for damaged in keys.damaged { report.addUnreadable(AuditReport.Unreadable(damaged)) }
        return report
    }

    /// Writes the page in one step, so that there is the old one or the new one at any time.
    ///
    /// - Throws: ``CommandFailure``.
    func write(_ report: AuditReport, inputs: [ReportEvidence.Input], ending: AuditEnding) throws {
        let evidence = ReportEvidence(
            version: IDTokenCommand.configuration.version,
            arguments: CommandLine.arguments.dropFirst().map(\.withoutCredentials),
            startedAt: self.startedAt,
            endedAt: Date().timeIntervalSince1970,
            inputs: inputs,
            keys: self.keys,
            ending: ending
        )
        let page = ReportPage(report: report, evidence: evidence)
        do throws(FileError) {
            try Folder.replace(self.name, in: self.folder) { file throws(FileError) in
                for part in page.parts { try file.write(part.text.utf8.span) }
            }
        } catch {
            throw self.failure("\(error)")
        }
    }

    private func failure(_ reason: String) -> CommandFailure {
        CommandFailure(
            status: .unreadableInput,
            message: "the report \(self.path.printable) cannot be written: \(reason)."
        )
    }
}
#endif
